"""Addresses of the alert centre."""

from django.urls import path

from . import alert_views as views

app_name = "alerts"
urlpatterns = [
    path("", views.alert_list, name="list"),
    path("calendar/", views.alert_calendar, name="calendar"),
    path("thresholds/", views.threshold_list, name="thresholds"),
    path("thresholds/<str:rule_id>/", views.threshold_edit, name="threshold"),
    path("<int:pk>/", views.alert_detail, name="alert"),
    path("<int:pk>/papers/<int:paper>/", views.alert_paper, name="paper"),
]
