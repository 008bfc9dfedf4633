"""Units and posts in the auditors' admin."""

import pytest

from foundation.organizations.models import Organization, OrganizationName, Post, UnitCategory

from ..support.people import make_unit
from ..support.reading_room import ReadingRoom

pytestmark = pytest.mark.django_db


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
