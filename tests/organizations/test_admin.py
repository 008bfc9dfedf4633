"""Units and posts in the auditors' admin."""

from datetime import date, timedelta

import pytest

from foundation.organizations.models import (
    ApprovedNumbers,
    Organization,
    OrganizationName,
    Post,
    Reorganisation,
    Succession,
    UnitCategory,
)

from ..support.people import make_unit
from ..support.reading_room import ReadingRoom

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


class TestUnits(ReadingRoom):
    model = Organization
    search = "A-FIN-U1"

    def make(self, unit, number):
        return make_unit(f"{unit.code}-U{number}", parent=unit, rank=100 + number)


class TestNames(ReadingRoom):
    model = OrganizationName
    search = "旧名 1"

    def make(self, unit, number):
        return OrganizationName.objects.create(organization=unit, name=f"旧名 {number}")


class TestCategories(ReadingRoom):
    model = UnitCategory
    search = "A-FIN"

    def make(self, unit, number):
        return UnitCategory.objects.create(organization=unit, year=2000 + number, category="ECONOMIC")


class TestPosts(ReadingRoom):
    model = Post
    search = "局长 1"

    def make(self, unit, number):
        return Post.objects.create(organization=unit, title=f"局长 {number}")


class TestApprovedNumbers(ReadingRoom):
    model = ApprovedNumbers
    search = "文1号"

    def make(self, unit, number):
        day = date(2020, 1, 1) + timedelta(days=number)
        return ApprovedNumbers.objects.create(organization=unit, starts_on=day, leaders=3, document_no=f"文{number}号")


class TestReorganisations(ReadingRoom):
    model = Reorganisation
    search = "文1号"

    def make(self, unit, number):
        changes = {"rows": [], "moved": []}
        return Reorganisation.objects.create(
            number=f"{unit.code}{number}",
            kind="rename",
            unit=unit,
            effective_on=date(2020, 1, 1),
            document_no=f"文{number}号",
            changes=changes,
        )


class TestSuccessions(ReadingRoom):
    model = Succession
    search = "文1号"

    def make(self, unit, number):
        before = make_unit(f"{unit.code}-S{number}", parent=unit, rank=200 + number)
        return Succession.objects.create(
            predecessor=before, successor=unit, kind="merge", effective_on=date(2020, 1, 1), document_no=f"文{number}号"
        )
