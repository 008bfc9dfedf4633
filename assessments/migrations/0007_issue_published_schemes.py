"""Schemes of years that were published count as issued on the day of the first publication; all others are drafts.

A migration of its own: rows that were changed in a transaction forbid altering their table in the same one.
"""

from django.db import migrations
from django.db.models import Min
from django.utils import timezone

ISSUER = "system"
DOCUMENT = "—"


def issue(apps, schema_editor):
    """Mark the schemes of published years."""
    scheme, publication = apps.get_model("assessments", "Scheme"), apps.get_model("assessments", "Publication")
    first = publication.objects.order_by().values("cycle").annotate(at=Min("at")).values_list("cycle", "at")
    for cycle, at in first:
        scheme.objects.filter(cycle=cycle, state="draft").update(
            state="issued", issued_on=timezone.localdate(at), document_no=DOCUMENT, issuer_name=ISSUER
        )


def back(apps, schema_editor):
    """Make them drafts again: the columns are about to go."""
    scheme = apps.get_model("assessments", "Scheme")
    scheme.objects.filter(state="issued").update(state="draft", issued_on=None)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0006_scheme_states")]

    operations = [migrations.RunPython(issue, back)]
