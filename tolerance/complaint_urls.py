"""Addresses of the register of reports and of requests to see who made one."""

from django.urls import path

from .views import complaints, identities

app_name = "complaints"
urlpatterns = [
    path("", complaints.complaint_list, name="list"),
    path("new/", complaints.complaint_new, name="new"),
    path("case/<str:case_no>/", complaints.complaint_case, name="case"),
    path("case/<str:case_no>/step/", complaints.complaint_step, name="case-step"),
    path("case/<str:case_no>/handler/", complaints.complaint_assign, name="assign"),
    path("case/<str:case_no>/identity/", identities.identity_new, name="identity-new"),
    path("case/<str:case_no>/ask/", identities.identity_ask, name="ask"),
    path("requests/", identities.request_list, name="requests"),
    path("requests/<str:case_no>/", identities.request_case, name="request"),
    path("requests/<str:case_no>/step/", identities.request_step, name="request-step"),
    path("requests/<str:case_no>/look/", identities.request_look, name="look"),
]
