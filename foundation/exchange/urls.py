"""Addresses of imports."""

from django.urls import path

from . import views

app_name = "exchange"

urlpatterns = [
    path("", views.batch_list, name="batch-list"),
    path("new/", views.upload, name="upload"),
    path("<str:number>/", views.batch_detail, name="batch"),
    path("<str:number>/progress/", views.batch_progress, name="batch-progress"),
    path("<str:number>/read/", views.batch_read, name="batch-read"),
    path("<str:number>/file/", views.batch_file, name="batch-file"),
    path("<str:number>/marked/", views.batch_marked, name="batch-marked"),
    path("<str:number>/columns/", views.batch_columns, name="batch-columns"),
    path("<str:number>/decide/", views.batch_decide, name="batch-decide"),
    path("<str:number>/suggestions/", views.batch_take_suggestions, name="batch-suggestions"),
    path("<str:number>/apply/", views.batch_apply, name="batch-apply"),
    path("<str:number>/undo/", views.batch_undo, name="batch-undo"),
]
