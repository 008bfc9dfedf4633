"""Which step the page of a case shows first."""

import pytest

from foundation.casework.case_pages import chosen
from foundation.casework.flow import Step
from foundation.casework.services.engine import Offer
from foundation.common.results import Reason

pytestmark = pytest.mark.unit


def offer(name, *, waits=True, blocked=False):
    step = Step(name, name, frozenset({"open"}), "done", "x.y", waits=waits)
    return Offer(step, (Reason("NOT_YET", {}),) if blocked else ())


ASK, CLEAR, CONSENT = offer("ask", waits=False), offer("clear", blocked=True), offer("consent")


@pytest.mark.parametrize(
    ("offers", "wanted", "shown"),
    [
        ([ASK, CLEAR, CONSENT], "clear", CLEAR),
        ([ASK, CLEAR, CONSENT], "", CONSENT),
        ([ASK, CLEAR, CONSENT], "unknown", CONSENT),
        ([ASK, CLEAR], None, CLEAR),
        ([ASK], None, ASK),
        ([], "ask", None),
    ],
)
def test_what_is_asked_for_then_what_leads_on_and_can_be_taken(offers, wanted, shown):
    assert chosen(offers, wanted) is shown
