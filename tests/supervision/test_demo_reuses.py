"""The county's list of reuses of earlier years, taken over: every line is one case, the desk counts them, three proposals are under way."""

from collections import Counter
from datetime import date

import pytest
from django.utils import timezone

from cadremgmt.demo import county
from cadremgmt.demo.lists import lines_of
from cadremgmt.demo.reuses import begin_reuses, take_reuses
from cadremgmt.demo.sanctions import take_sanctions
from foundation.accounts.models import User
from supervision.models import Handling, ReuseProposal
from supervision.selectors.reuse_desk import desk_figures, sanctioned
from supervision.services.reuse_conditions import conditions_of
from tests.support.databases import copy_database, drop_database, using

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("taken_over")]
EVENTS = county.FOLDER / "events"
TOLD: list[str] = []


@pytest.fixture(scope="module")
def taken_over(heshan_copy, django_db_blocker):
    """The demo county with its sanctions and reuses."""
    with django_db_blocker.unblock():
        name = copy_database(heshan_copy, "reuses")
        with using(name):
            take_sanctions(TOLD.append, EVENTS / "sanctions.csv")
            take_reuses(TOLD.append, EVENTS / "reuses.csv")
            begin_reuses(TOLD.append)
            yield
        drop_database(name)


def test_every_line_of_the_list_is_a_reuse_on_its_own_day_under_its_own_document():
    lines = {line["document"]: date.fromisoformat(line["reused_on"]) for line in lines_of(EVENTS / "reuses.csv")}
    entered = ReuseProposal.objects.system().filter(status="reused")
    assert len(lines) == 13  # counted in the file
    assert dict(entered.values_list("document_no", "reused_on")) == lines
    assert Counter(entered.values_list("own_words", flat=True)) == {"平级任职": 5, "进一步使用": 4, "重新任职": 4}
    assert set(entered.values_list("mode", flat=True)) == {"EQUAL_LEVEL"}


def test_the_desk_counts_the_lines_of_both_lists():
    leader = User.objects.get(username="lingdao")
    figures = desk_figures(sanctioned(leader, timezone.localdate()))
    assert len(lines_of(EVENTS / "sanctions.csv")) == 27
    assert figures["decisions"] == Handling.objects.system().count() == 27
    assert (figures["reused"], figures["waiting"], figures["proposed"]) == (13, 1, 2)


def test_what_waits_has_its_opinion_and_all_conditions():
    case = ReuseProposal.objects.system().get(status="waiting")
    assert case.opinion == "AGREE"
    assert [one.state for one in conditions_of(case)] == ["HOLDS"] * 5


def test_taken_over_again_nothing_is_doubled():
    told = []
    assert take_reuses(told.append, EVENTS / "reuses.csv") == 0
    assert begin_reuses(told.append) == 0
