"""Every figure of a period opens the list that it counts."""

import re
from html import unescape

import pytest
from django.urls import reverse

from foundation.casework.services.engine import perform
from tests.support.people import client_of
from tests.tolerance.support import Office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
LINK = re.compile(r'<a href="(/shelter/cases/[^"]*first=[^"]*)">(\d+)</a>')


def decided(office, number, **found):
    case = office.deliberating(title_text=f"事项{number}", **found.pop("found", {}))
    return office.decide(case, document_no=f"甲组容〔2026〕{number}号", **found)


def test_each_number_is_a_link_to_as_many(tree):
    office = Office(tree)
    decided(office, 1)
    decided(office, 2, found={"exempting": ("TE1", "TE2")})
    refused = {"found": {"exempting": (), "excluding": ("TN1",), "units": [tree.health]}}
    decided(office, 3, outcome="NOT_TOLERATED", word="不予容错", **refused)
    told = office.told(decided(office, 4))
    perform(told, "reverse", actor=office["leader"], reason="复核撤销", review_document_no="甲组容复〔2026〕1号")
    client = client_of(office["section"])
    links = LINK.findall(client.get(reverse("tolerance:case-figures")).content.decode())
    numbers = [int(number) for _address, number in links]
    # units, officials; exempted, not tolerated; TE1, TE2, TN1; the cases of the one unit that applied
    assert numbers == [1, 0, 2, 1, 2, 1, 1, 3]
    counted = [client.get(unescape(address)).context["page"].paginator.count for address, _number in links]
    assert counted == numbers


@pytest.mark.parametrize(("given", "titles"), [("situation=TE2", {"事项2"}), ("status=decided", {"事项1", "事项2"})])
def test_the_desk_is_narrowed_by_situation_and_by_station(tree, given, titles):
    office = Office(tree)
    decided(office, 1)
    decided(office, 2, found={"exempting": ("TE1", "TE2")})
    page = client_of(office["section"]).get(f"{reverse('tolerance:case-list')}?{given}").context["page"]
    assert {case.title_text for case in page} == titles
