"""Addresses of the record."""

from django.urls import path

from .export_urls import urlpatterns as exports
from .roster_urls import urlpatterns as roster
from .views import corrections, editing, person, record_acts

app_name = "officials"
urlpatterns = [
    *roster,
    *exports,
    path("new/", editing.person_create, name="person-create"),
    path("corrections/", corrections.correction_list, name="correction-list"),
    path("corrections/<str:case_no>/", corrections.correction_detail, name="correction"),
    path("corrections/<str:case_no>/step/", corrections.correction_step, name="correction-step"),
    path("<int:pk>/", person.person_page, name="person"),
    path("<int:pk>/photo/", person.person_photo, name="photo"),
    path("<int:pk>/photo/set/", record_acts.photo_set, name="photo-set"),
    path("<int:pk>/unmask/", person.person_unmask, name="person-unmask"),
    path("<int:pk>/trash/", record_acts.person_trash, name="person-trash"),
    path("<int:pk>/restore/", record_acts.person_restore, name="person-restore"),
    path("<int:pk>/correct/<slug:section>/", corrections.correction_ask, name="correction-ask"),
    path("<int:pk>/edit/<slug:section>/", editing.section_edit, name="section-edit"),
    path("<int:pk>/rows/<slug:section>/", editing.rows_edit, name="rows-edit"),
]
