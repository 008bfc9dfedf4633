"""Addresses of supervision."""

from django.urls import path

from .views import handlings

app_name = "supervision"
urlpatterns = [
    path("handlings/", handlings.handling_list, name="handling-list"),
    path("handlings/new/<int:pk>/", handlings.handling_new, name="handling-new"),
    path("handlings/<str:case_no>/", handlings.handling_detail, name="handling"),
    path("handlings/<str:case_no>/step/", handlings.handling_step, name="handling-step"),
]
