"""Addresses of the papers of cases."""

from django.urls import path

from . import views

app_name = "casework"
urlpatterns = [
    path("<str:kind>/<str:case_no>/attachments/", views.attachment_add, name="attachment-add"),
    path("<str:kind>/<str:case_no>/attachments/<int:pk>/", views.attachment, name="attachment"),
    path(
        "<str:kind>/<str:case_no>/attachments/<int:pk>/withdraw/",
        views.attachment_withdraw,
        name="attachment-withdraw",
    ),
]
