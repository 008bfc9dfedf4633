"""Counties are entered once, from the command line of the one who runs the system."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from foundation.audit.models import Entry
from foundation.organizations.models import Organization

pytestmark = pytest.mark.django_db


def enter(*arguments) -> str:
    said = StringIO()
    call_command("create_jurisdiction", *arguments, stdout=said)
    return said.getvalue()


def test_a_county_is_entered_once_and_recorded():
    assert enter("440784", "鹤山市", "--short-name", "鹤山") == "440784\t鹤山市\n"
    enter("440784", "鹤山市")
    county = Organization.objects.get()
    assert (county.short_name, county.kind, county.jurisdiction_id) == ("鹤山", "jurisdiction", None)
    entry = Entry.objects.get(action="organizations.jurisdiction.created")
    assert (entry.actor_name, entry.target_no, entry.org_path) == ("command", "440784", county.path)


def test_the_next_county_stands_beside_the_first():
    enter("440784", "鹤山市")
    enter("440785", "恩平市")
    first, second = Organization.objects.order_by("path")
    assert len(first.path) == len(second.path)
    assert first.path < second.path


def test_the_code_of_a_unit_is_no_county(tree):
    with pytest.raises(CommandError):
        enter("A-FIN", "财政局")
