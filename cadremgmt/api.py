"""Every address below /api/v1/."""

from django.urls import path

from assessments.api.urls import urlpatterns as assessments
from foundation.casework.alert_api import urlpatterns as alerts
from foundation.casework.api import urlpatterns as papers
from foundation.exchange.api import urlpatterns as imports
from foundation.organizations.api import urlpatterns as units
from officials.api.exports import urlpatterns as people_files
from officials.api.quotas import urlpatterns as quotas
from officials.api.records import urlpatterns as records
from officials.api.restrictions import urlpatterns as restrictions
from officials.api.roster import urlpatterns as roster
from supervision.api.conflicts import urlpatterns as conflicts
from supervision.api.matters import urlpatterns as matters
from supervision.api.periods import urlpatterns as periods
from supervision.api.reuses import urlpatterns as reuses
from supervision.api.revisits import urlpatterns as revisits
from tolerance.api.cases import urlpatterns as tolerance_cases
from tolerance.api.clearances import urlpatterns as clearances
from tolerance.api.filings import urlpatterns as filings

from .openapi import DocsView, SchemaView

app_name = "v1"
urlpatterns = [
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    *units,
    *quotas,
    *roster,
    *records,
    *restrictions,
    *people_files,
    *revisits,
    *reuses,
    *periods,
    *papers,
    *alerts,
    *conflicts,
    *matters,
    *clearances,
    *filings,
    *tolerance_cases,
    *imports,
    *assessments,
]
