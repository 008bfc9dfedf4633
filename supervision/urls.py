"""Addresses of supervision."""

from django.urls import path

from .views import conflicts, coverage, documents, handlings, matters, periods, reuses, talk_templates, tools

app_name = "supervision"
urlpatterns = [
    path("avoidance/", conflicts.conflict_list, name="conflict-list"),
    path("avoidance/compute/", conflicts.conflict_compute, name="conflict-compute"),
    path("avoidance/<str:case_no>/", conflicts.conflict_detail, name="conflict"),
    path("avoidance/<str:case_no>/step/", conflicts.conflict_step, name="conflict-step"),
    path("handlings/", handlings.handling_list, name="handling-list"),
    path("handlings/new/<int:pk>/", handlings.handling_new, name="handling-new"),
    path("handlings/<str:case_no>/", handlings.handling_detail, name="handling"),
    path("handlings/<str:case_no>/step/", handlings.handling_step, name="handling-step"),
    path("periods/", periods.period_list, name="period-list"),
    path("periods/file/", periods.period_file, name="period-file"),
    path("personal-matters/", matters.matters, name="matters"),
    path("personal-matters/<int:year>/", matters.matters_year, name="matters-year"),
    path("personal-matters/<int:year>/ask/", matters.matters_ask, name="matters-ask"),
    path("personal-matters/<int:year>/file/", matters.matters_file, name="matters-file"),
    path("personal-matters/<int:year>/changes/", matters.matters_changes, name="matters-changes"),
    path("personal-matters/<int:year>/checks/", matters.matters_checks, name="matters-checks"),
    path("personal-matters/<int:year>/draw/", matters.matters_draw, name="matters-draw"),
    path("personal-matters/check/<int:pk>/", matters.matters_check, name="matters-check"),
    path("personal-matters/change/new/<int:pk>/", matters.matters_change_new, name="matters-change-new"),
    path("personal-matters/check/new/<int:pk>/", matters.matters_key_check, name="matters-key-check"),
    path("reuse/", reuses.desk, name="reuse-desk"),
    path("reuse/file/", reuses.desk_file, name="reuse-file"),
    path("reuse/proposals/", reuses.reuse_list, name="reuse-list"),
    path("reuse/new/<int:pk>/", reuses.reuse_new, name="reuse-new"),
    path("reuse/<str:case_no>/", reuses.reuse_detail, name="reuse"),
    path("reuse/<str:case_no>/edit/", reuses.reuse_edit, name="reuse-edit"),
    path("reuse/<str:case_no>/step/", reuses.reuse_step, name="reuse-step"),
    path("talks-and-letters/", tools.tool_list, name="tools"),
    path("talks-and-letters/outlines/", talk_templates.outline_list, name="outlines"),
    path("talks-and-letters/outlines/<slug:topic>/", talk_templates.outline_edit, name="outline"),
    path("talks-and-letters/coverage/", coverage.talk_coverage, name="talk-coverage"),
    path("talks-and-letters/<slug:slug>/", tools.tool_list, name="tool-list"),
    path("talks-and-letters/<slug:slug>/new/<int:pk>/", tools.tool_new, name="tool-new"),
    path("talks-and-letters/case/<str:case_no>/", tools.tool_detail, name="tool"),
    path("talks-and-letters/case/<str:case_no>/step/", tools.tool_step, name="tool-step"),
    path("talks-and-letters/case/<str:case_no>/documents/<slug:slug>/", documents.document, name="document"),
    path("talks-and-letters/issues/<int:pk>/settle/", tools.issue_settle, name="issue-settle"),
]
