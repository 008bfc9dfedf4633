"""Holds for reports: set with a reason, released with the clearance, standing again when it is withdrawn."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from foundation.casework.services.engine import perform
from foundation.common.results import DomainError
from officials.badges import badges_of
from officials.models import Restriction
from officials.selectors.restrictions import promotability_of
from supervision.models import Revisit
from tests.support.people import make_persona
from tolerance.effect_kinds import Subjects
from tolerance.models import DecidedEffect
from tolerance.services.clearance_effects import candidates_of
from tolerance.services.decided_effects import candidates_for
from tolerance.services.report_holds import hold_for_report, release_hold

from .clearing import REPORT, announced, cleared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
HELD_ON = date(2026, 1, 21)
END = {"cleared_on": date(2026, 3, 12), "document_no": "鹤组澄〔2026〕1号"}


def held(staff, person, report_no=REPORT["report_no"]):
    return hold_for_report(
        actor=staff["section"],
        official=person,
        report_no=report_no,
        reason="举报待核",
        starts_on=HELD_ON,
        review_on=date(2026, 4, 21),
    )


def may_be_promoted(person, day) -> bool:
    return promotability_of(person, day, ["POST"])[0].is_free


def test_a_hold_stands_against_promotion_until_it_is_lifted(staff, person):
    held(staff, person)
    assert not may_be_promoted(person, date(2026, 2, 1))
    (badge,) = badges_of([person.pk], date(2026, 2, 1), staff["section"])[person.pk]
    assert "举报待核" in str(badge.text)


def test_a_hold_needs_a_number_a_reason_and_a_later_day_of_review(staff, person):
    with pytest.raises(DomainError) as refused:
        hold_for_report(
            actor=staff["section"], official=person, report_no=" ", reason="", starts_on=HELD_ON, review_on=HELD_ON
        )
    assert [reason.facts["field"] for reason in refused.value.reasons] == ["report_no", "reason", "review_on"]


def test_a_second_review_moves_the_day_of_the_same_hold(staff, person):
    held(staff, person)
    hold_for_report(
        actor=staff["section"], official=person, report_no=REPORT["report_no"], reason="延期核查", starts_on=HELD_ON,
        review_on=date(2026, 7, 21),
    )  # fmt: skip
    assert Restriction.objects.get(official=person).review_on == date(2026, 7, 21)


@pytest.mark.rule("R-CLR-HOLD")
def test_the_hold_of_the_report_ends_with_the_clearance_whoever_chooses_what(staff, person):
    own, other = held(staff, person), held(staff, person, "信访〔2026〕8号")
    case = announced(staff, person)
    assert [(one.target, belongs) for one, belongs in candidates_of(case, date(2026, 3, 12))] == [
        (str(own.pk), True),
        (str(other.pk), False),
    ]
    case = perform(case, "clear", actor=staff["section"], **END)
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.lifted_on, other.lifted_on) == (date(2026, 3, 12), None)
    assert own.lift_source == f"澄清 {case.case_no}"
    (effect,) = DecidedEffect.objects.standing()
    assert (effect.case_no, effect.kind, effect.rule_id) == (case.case_no, "hold_released", "R-CLR-HOLD")


def test_another_hold_ends_when_it_is_chosen(staff, person):
    other = held(staff, person, "来信8")
    perform(announced(staff, person), "clear", actor=staff["section"], effects=[f"hold_released|{other.pk}"], **END)
    assert may_be_promoted(person, date(2026, 3, 13))


def test_an_effect_that_is_gone_stops_the_whole_step(staff, person):
    other, case = held(staff, person, "来信8"), announced(staff, person)
    release_hold(actor=staff["section"], hold=other, reason="已了结")
    with pytest.raises(DomainError) as refused:
        perform(case, "clear", actor=staff["section"], effects=[f"hold_released|{other.pk}"], **END)
    assert refused.value.code == "EFFECT_GONE"
    case.refresh_from_db()
    assert case.status == "consent_ok"
    assert not Revisit.objects.exists()


def test_withdrawing_the_clearance_holds_the_person_again_and_drops_the_visits(staff, person):
    own = held(staff, person)
    case = cleared(staff, person)
    assert may_be_promoted(person, date(2026, 3, 13))
    with pytest.raises(DomainError) as refused:
        perform(case, "withdraw", actor=staff["leader"], reason="发现新证据")
    assert [reason.facts["field"] for reason in refused.value.reasons] == ["withdrawn_by"]
    case = perform(
        case, "withdraw", actor=staff["leader"], reason="发现新证据", withdrawn_by="甲县纪委 甲纪〔2026〕3号"
    )
    own.refresh_from_db()
    assert (case.status, own.lifted_on) == ("withdrawn", None)
    assert not may_be_promoted(person, timezone.localdate())
    assert set(Revisit.objects.values_list("status", flat=True)) == {"cancelled"}
    assert DecidedEffect.objects.get().reversed_by.startswith("撤回澄清 甲县纪委")


def test_tolerance_offers_every_hold_and_proposes_none(staff, person):
    own = held(staff, person)
    subjects = Subjects(frozenset(), frozenset({person.pk}), (2026,), date(2026, 3, 12))
    for outcome in ("EXEMPT", "MITIGATED"):
        found = [one for one in candidates_for(subjects, outcome) if one.kind == "hold_released"]
        assert [(one.target, one.is_proposed) for one in found] == [(str(own.pk), False)]
    assert [one.kind for one in candidates_for(subjects, "NOT_TOLERATED")] == []


def test_a_hold_is_released_by_hand_with_a_reason_once(tree, staff, person):
    own = held(staff, person)
    with pytest.raises(PermissionDenied):
        release_hold(actor=make_persona("supervision_section", tree.county_b), hold=own, reason="x")
    with pytest.raises(DomainError):
        release_hold(actor=staff["section"], hold=own, reason=" ")
    assert release_hold(actor=staff["section"], hold=own, reason="已了结").lifted_on == timezone.localdate()
    with pytest.raises(DomainError) as refused:
        release_hold(actor=staff["section"], hold=own, reason="已了结")
    assert refused.value.code == "HOLD_LIFTED"
