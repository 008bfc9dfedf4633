"""Addresses of the roster and of lists of people."""

from django.urls import path

from .views import roster

urlpatterns = [
    path("", roster.roster, name="roster"),
    path("suggestions/", roster.suggestions, name="suggestions"),
]
