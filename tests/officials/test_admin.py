"""People in the auditors' admin: identity numbers stand masked on every page."""

from datetime import date

import pytest

from foundation.organizations.models import Post
from officials.models import Official, PostHolding
from officials.services.people import identity_values

from ..support.people import client_of
from ..support.reading_room import ReadingRoom

pytestmark = pytest.mark.django_db
NUMBER = "44078419900101123X"


def person(unit, number) -> Official:
    return Official.objects.create(home=unit, **identity_values(f"4407841990010112{number:02}", f"某甲{number}"))


class TestOfficials(ReadingRoom):
    model = Official
    search = "某甲1"
    secrets = tuple(f"4407841990010112{number:02}" for number in range(25))

    def make(self, unit, number):
        return person(unit, number)

    def test_neither_cipher_nor_look_up_key_stands_on_a_page(self, auditor):
        one = person(self.tree.finance, 1)
        page = client_of(auditor).get(self.row_address(one)).content.decode()
        assert one.id_masked in page
        assert one.id_hash not in page
        assert bytes(one.id_cipher).hex() not in page
        assert "id_cipher" not in page

    def test_posts_held_stand_on_the_persons_page(self, auditor):
        one = person(self.tree.finance, 1)
        post = Post.objects.create(organization=self.tree.finance, title="局长")
        PostHolding.objects.create(official=one, post=post, starts_on=date(2020, 1, 1))
        assert "局长" in client_of(auditor).get(self.row_address(one)).content.decode()


class TestHoldings(ReadingRoom):
    model = PostHolding
    search = "局长 1"

    def make(self, unit, number):
        post = Post.objects.create(organization=unit, title=f"局长 {number}")
        return PostHolding.objects.create(official=person(unit, number), post=post, starts_on=date(2020, 1, 1))
