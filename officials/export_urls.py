"""Addresses of what is taken out of the record; part of the record's own."""

from django.urls import path

from .views import exports

urlpatterns = [
    path("export/", exports.export, name="export"),
    path("<int:pk>/form/", exports.person_form, name="person-form"),
    path("<int:pk>/form/<int:number>.svg", exports.person_form_page, name="person-form-page"),
    path("<int:pk>/form/<slug:ending>/", exports.person_form_file, name="person-form-file"),
]
