"""The page on which the leader decides about tolerance asks as often as any other page, whatever hangs on the case."""

import pytest

from tests.support.people import client_of
from tests.support.queries import assert_query_baseline

from .test_shelter_story import date, story  # noqa: F401 - the story as a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.mark.parametrize(("step", "name"), [("decide", "tolerance_decide"), ("send_back", "tolerance_send_back")])
def test_the_page_at_the_decision_asks_ten_times_at_most(tree, story, step, name):  # noqa: F811
    county, office = story
    person = county.people["A-FIN"]
    case = office.deliberating(years=[2023, 2024], event_on=date(2023, 6, 1), officials=[person], units=[tree.finance])
    address = f"/shelter/cases/{case.case_no}/?step={step}"
    browser = client_of(office["leader"])
    assert "measure_set_aside|" in browser.get(f"/shelter/cases/{case.case_no}/?step=decide").content.decode()
    browser.get(address)
    with assert_query_baseline(name):
        assert browser.get(address).status_code == 200
