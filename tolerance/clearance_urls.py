"""Addresses of clearances and of inquiries into false accusations."""

from django.urls import path

from .views import accusations, clearance_people, clearances

app_name = "clearances"
urlpatterns = [
    path("", clearances.clearance_board, name="board"),
    path("list/", clearances.clearance_list, name="list"),
    path("new/<int:pk>/", clearances.clearance_new, name="new"),
    path("apply/<int:pk>/", clearance_people.clearance_apply, name="apply"),
    path("applications/", clearance_people.application_list, name="applications"),
    path("hold/<int:pk>/", clearance_people.hold_new, name="hold-new"),
    path("holds/<int:pk>/", clearance_people.hold_review, name="hold"),
    path("case/<str:case_no>/", clearances.clearance_case, name="case"),
    path("case/<str:case_no>/step/", clearances.clearance_step, name="case-step"),
    path("case/<str:case_no>/announce/", clearances.clearance_announce, name="announce"),
    path("case/<str:case_no>/certificate/", clearances.clearance_certificate, name="certificate"),
    path("case/<str:case_no>/<slug:paper>.<str:ending>", clearances.clearance_paper, name="paper"),
    path("false-accusations/", accusations.accusation_list, name="accusations"),
    path("false-accusations/new/<str:case_no>/", accusations.accusation_new, name="accusation-new"),
    path("false-accusations/case/<str:case_no>/", accusations.accusation_case, name="accusation"),
    path("false-accusations/case/<str:case_no>/step/", accusations.accusation_step, name="accusation-step"),
]
