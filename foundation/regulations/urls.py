"""Addresses of the rulebook, mounted at /rulebook/."""

from django.urls import path

from .views import calendar, rulebook

app_name = "regulations"
urlpatterns = [
    path("", rulebook.rule_list, name="rule-list"),
    path("calendar/", calendar.this_year, name="calendar-now"),
    path("calendar/<int:year>/", calendar.calendar, name="calendar"),
    path("calendar/<int:year>/day/", calendar.day_set, name="calendar-day"),
    path("calendar/<int:year>/notice/", calendar.notice_enter, name="calendar-notice"),
    path("<str:rule_id>/", rulebook.rule_detail, name="rule"),
]
