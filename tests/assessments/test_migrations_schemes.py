"""Schemes that stood there before schemes had states: issued where the year was published, drafts elsewhere."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from assessments.models import Publication, Scheme

pytestmark = [pytest.mark.usefixtures("heshan_database"), pytest.mark.django_db]
NAME = next(name for name in MigrationLoader(None).disk_migrations if name[1].endswith("_issue_published_schemes"))[1]
MIGRATION = import_module(f"assessments.migrations.{NAME}")


def test_schemes_of_published_years_are_issued_on_the_day_of_publishing_and_others_stay_drafts():
    Scheme.objects.update(state="draft", issued_on=None, document_no="", issuer_name="")
    MIGRATION.issue(apps, None)
    for scheme in Scheme.objects.select_related("cycle"):
        first = Publication.objects.filter(cycle=scheme.cycle).order_by("at").first()
        day = timezone.localdate(first.at) if first else None
        assert (scheme.is_issued, scheme.issued_on) == (first is not None, day)
    assert Scheme.objects.filter(state="draft").count() == 7


def test_going_back_leaves_no_day_of_issue():
    MIGRATION.back(apps, None)
    assert not Scheme.objects.filter(issued_on__isnull=False).exists()
