"""Bad input of sanctions and handlings: each a clear verdict with its article, all faults at once."""

from datetime import date

import pytest

from supervision.rules.authority import Body, bodies_for
from supervision.rules.handling_checks import NOTICES, Handling, check_handling, check_reply, rule_months, verdict_of
from supervision.services.handling_law import handling_law_of
from supervision.services.period_law import law_of

from .sanction_support import periods_of, running_of, sanction_of
from .situation_files import book_of_files, situations

pytestmark = pytest.mark.unit
TODAY = date(2026, 4, 1)


def verdict(one):
    sanction = sanction_of(one["sanction"])
    body = Body(*one.get("body", (bodies_for(sanction.kind)[0], "COUNTY")))
    given = {key: one[key] for key in ("months_reason", "retired_on", "is_intentional", "committed_on") if key in one}
    running = running_of(one.get("earlier", ()))
    periods = periods_of(sanction, running) if running else ()
    law = handling_law_of(book_of_files(sanction.effective_on), sanction.kind)
    return check_handling(Handling(sanction, TODAY, body=body, **given), law, running, periods)


@pytest.mark.parametrize("one", situations("handling_checks"))
def test_situation(one):
    found = verdict(one)
    assert [found.allowed, *(reason.code for reason in found.reasons)] == one["expect"]


@pytest.mark.parametrize("one", situations("handling_checks"))
def test_every_reason_cites_its_article(one):
    for reason in verdict(one).reasons:
        # a rule of nobody's months has no article of its own: the kind is kept on record only
        assert reason.cite is not None or reason.facts.get("kind") in {"REMIND"}, reason


def test_the_stacked_end_is_told():
    found = verdict(
        {
            "sanction": {"kind": "PTY_SERIOUS", "day": date(2025, 3, 1)},
            "earlier": [{"kind": "PTY_WARN", "day": date(2024, 6, 10)}],
        }
    )
    (reason,) = found.reasons
    assert (reason.facts["earlier"], reason.facts["added_days"]) == ("1", 101)
    assert (reason.facts["own_ends_on"], reason.facts["ends_on"]) == (date(2026, 8, 31), date(2026, 12, 10))
    assert (reason.cite.law, reason.cite.article) == ("中国共产党纪律处分条例", "第21条")


def test_a_body_must_be_named():
    law = handling_law_of(book_of_files(TODAY), "PTY_WARN")
    found = check_handling(Handling(sanction_of({"kind": "PTY_WARN", "day": TODAY}), TODAY), law)
    assert [reason.code for reason in found.reasons] == ["BODY_MISSING"]


def test_benefits_are_adjusted_from_downgrading_upwards():
    for kind, adjusted in (("GOV_MAJOR", False), ("GOV_DOWNGRADE", True), ("GOV_REMOVE", True)):
        found = verdict({"sanction": {"kind": kind, "day": date(2026, 3, 2)}, "retired_on": date(2026, 1, 1)})
        assert found.reasons[0].facts["benefits_adjusted"] is adjusted


@pytest.mark.parametrize(
    ("kind", "months"), [("PTY_PROBATION", 24), ("ORG_REMOVE", None), ("GOV_DISMISS", None), ("UNFIT_ADJUST", 12)]
)
def test_months_by_rule(kind, months):
    found, rule_id = rule_months(sanction_of({"kind": kind, "day": TODAY}), law_of(book_of_files(TODAY), kind))
    assert found == months
    assert rule_id


@pytest.mark.rule("R-1.42")
@pytest.mark.parametrize(
    ("replied_on", "late_reason", "allowed", "codes"),
    [
        (date(2025, 10, 27), "", True, []),
        (date(2025, 10, 28), "", False, ["REPLY_LATE"]),
        (date(2025, 10, 28), "因公出差", True, ["REPLY_LATE_WITH_REASON"]),
        (date(2025, 9, 28), "", False, ["REPLY_BEFORE_LETTER"]),
        (date(2026, 4, 2), "", False, ["REPLY_IN_FUTURE", "REPLY_LATE"]),
    ],
)
def test_replies(replied_on, late_reason, allowed, codes):
    cite = book_of_files(TODAY).cite("R-1.42")
    found = check_reply(date(2025, 9, 29), date(2025, 10, 27), replied_on, TODAY, late_reason=late_reason, cite=cite)
    assert (found.allowed, [reason.code for reason in found.reasons]) == (allowed, codes)
    assert all(reason.cite == cite for reason in found.reasons)


def test_days_of_delay_are_told():
    found = check_reply(date(2025, 9, 29), date(2025, 10, 27), date(2025, 11, 3), TODAY)
    assert found.reasons[0].facts["days_late"] == 7


def test_a_notice_never_refuses():
    (late,) = check_reply(date(2025, 1, 1), date(2025, 1, 2), date(2025, 1, 3), TODAY, late_reason="病").reasons
    assert late.code in NOTICES
    assert verdict_of([late]).allowed
    assert not verdict_of([late, *check_reply(TODAY, TODAY, date(2026, 4, 2), TODAY).reasons]).allowed
