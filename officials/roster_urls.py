"""Addresses of the roster, of lists of people, of comparisons."""

from django.urls import path

from .views import comparison, list_choice, lists, roster

urlpatterns = [
    path("", roster.roster, name="roster"),
    path("suggestions/", roster.suggestions, name="suggestions"),
    path("compare/", comparison.compare, name="compare"),
    path("paste/", comparison.paste, name="paste"),
    path("lists/", lists.list_index, name="list-index"),
    path("lists/choose/", list_choice.list_choose, name="list-choose"),
    path("lists/add/", list_choice.list_add, name="list-add"),
    path("lists/keep/", list_choice.list_keep, name="list-keep"),
    path("lists/<int:pk>/", lists.list_page, name="list"),
    path("lists/<int:pk>/edit/", lists.list_edit, name="list-edit"),
    path("lists/<int:pk>/remove/", lists.list_remove, name="list-remove"),
    path("lists/<int:pk>/move/", lists.list_move, name="list-move"),
    path("lists/<int:pk>/combine/", lists.list_combine, name="list-combine"),
    path("lists/<int:pk>/share/", lists.list_share, name="list-share"),
    path("lists/<int:pk>/unshare/", lists.list_unshare, name="list-unshare"),
    path("lists/<int:pk>/trash/", lists.list_trash, name="list-trash"),
    path("lists/<int:pk>/restore/", lists.list_restore, name="list-restore"),
]
