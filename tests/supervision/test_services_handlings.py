"""A decision is entered by one, confirmed by another, and restricts from its day of effect; figures worked out by hand."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.casework.models import CaseEvent
from foundation.casework.services.engine import available, perform
from foundation.common.actors import SystemActor
from foundation.common.results import DomainError
from officials.models import RatingConstraint, Restriction
from officials.selectors.restrictions import promotability_of
from supervision.models import Handling
from supervision.services.handlings import enter, lift_ended, preview
from tests.factories.people import make_person
from tests.support.people import make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def person(tree):
    return make_person("麦荣俊", tree.finance, managed_by="县级党委管理干部", post_text="市财政局副局长")


@pytest.fixture
def clerk(tree):
    return make_persona("supervision_section", tree.county_a)


@pytest.fixture
def leader(tree):
    return make_persona("department_leader", tree.county_a)


def decision(kind, day, **values):
    """A decision of the county's own bodies."""
    body = "SUPERVISORY_COMMISSION" if kind.startswith("GOV") else "DISCIPLINE_COMMISSION"
    if kind.startswith("ORG"):
        body = "PARTY_COMMITTEE"
    given = {
        "kind": kind,
        "document_no": f"鹤纪〔{day.year}〕{day.month}{day.day:02d}号",
        "body": body,
        "body_level": "COUNTY",
        "body_name": "中共鹤山市纪律检查委员会",
        "decided_on": day,
        "effective_on": day,
        "summary": "违反中央八项规定精神",
    }
    return given | values


def in_force(clerk, leader, person, kind, day, **values):
    case = enter(actor=clerk, official=person, **decision(kind, day, **values))
    return perform(case, "confirm", actor=leader)


def spans(case):
    rows = Restriction.objects.filter(source_no=case.case_no).order_by("starts_on", "part")
    return [(row.part, row.starts_on, row.ends_on) for row in rows]


def test_entering_restricts_nobody_and_says_who_entered(clerk, person):
    case = enter(actor=clerk, official=person, **decision("GOV_DEMERIT", date(2025, 3, 15)))
    assert (case.status, case.case_no, case.former_post) == ("entered", "CL-A-2025-001", "市财政局副局长")
    assert not Restriction.objects.exists()
    assert Entry.objects.get(action="supervision.handling.entered").target_no == case.case_no
    assert CaseEvent.objects.get(case_no=case.case_no).actor_id == clerk.pk


@pytest.mark.rule("R-DIS-GOV_DEMERIT")
@pytest.mark.rule("GRD-GOV_DEMERIT")
def test_a_demerit_of_15_march_2025_restricts_until_14_march_2026(clerk, leader, person):
    case = in_force(clerk, leader, person, "GOV_DEMERIT", date(2025, 3, 15))
    assert spans(case) == [("", date(2025, 3, 15), date(2026, 3, 14))]
    assert list(RatingConstraint.objects.values_list("year", "effect")) == [(2025, "COMMENT_ONLY")]
    entry = Entry.objects.get(action="supervision.handling.confirm")
    assert entry.data["periods"][0]["until"] == "2026-03-14"
    (post, rank, *_others) = promotability_of(person, date(2025, 6, 1))
    assert (post.on, rank.on) == (date(2026, 3, 15), date(2026, 3, 15))


def test_whoever_entered_it_does_not_confirm_it(clerk, person):
    case = enter(actor=clerk, official=person, **decision("PTY_WARN", date(2025, 3, 15)))
    (confirm,) = [offer for offer in available(case, clerk) if offer.step.name == "confirm"]
    assert [reason.code for reason in confirm.reasons] == ["HANDLING_SAME_PERSON"]
    with pytest.raises(DomainError):
        perform(case, "confirm", actor=clerk)
    assert not Restriction.objects.exists()


@pytest.mark.rule("R-DIS-20")
def test_a_party_sanction_inside_a_party_period_adds_the_101_days_left(clerk, leader, person):
    first = in_force(clerk, leader, person, "PTY_WARN", date(2024, 6, 10))
    values = decision("PTY_SERIOUS", date(2025, 3, 1))
    periods, refusals, notices = preview(person, values)
    assert (refusals, [notice.code for notice in notices]) == ([], ["ADDED_TO_EARLIER"])
    assert "101" in notices[0].text
    assert "2026.12.10" in notices[0].text
    second = in_force(clerk, leader, person, "PTY_SERIOUS", date(2025, 3, 1))
    assert spans(second) == [("", date(2025, 3, 1), date(2026, 12, 10))]
    row = Restriction.objects.get(source_no=second.case_no)
    assert (row.explanation["added_days"], row.explanation["added_from"]) == (101, first.case_no)


def test_revoking_the_earlier_one_takes_its_days_back_from_the_later(clerk, leader, person):
    first = in_force(clerk, leader, person, "PTY_WARN", date(2024, 6, 10))
    second = in_force(clerk, leader, person, "PTY_SERIOUS", date(2025, 3, 1))
    perform(first, "revoke", actor=leader, reason="复查撤销", revoked_by="鹤纪复〔2025〕1号")
    assert spans(second) == [("", date(2025, 3, 1), date(2026, 8, 31))]
    assert Restriction.objects.get(source_no=first.case_no).lifted_on is not None
    assert not RatingConstraint.objects.standing().filter(source_no=first.case_no).exists()


def test_revoking_needs_the_body_and_its_document(clerk, leader, person):
    case = in_force(clerk, leader, person, "PTY_WARN", date(2024, 6, 10))
    with pytest.raises(DomainError) as refused:
        perform(case, "revoke", actor=leader, reason="复查撤销", revoked_by=" ")
    assert refused.value.reasons[0].code == "REVOKED_BY_MISSING"
    assert Restriction.objects.standing().exists()


@pytest.mark.rule("R-DIS-PTY_PROBATION-AFTER")
def test_the_period_of_a_probation_runs_from_the_day_rights_are_restored(clerk, leader, person):
    case = in_force(clerk, leader, person, "PTY_PROBATION", date(2024, 5, 10), probation_months=12)
    assert spans(case) == [("PROBATION", date(2024, 5, 10), None)]
    with pytest.raises(DomainError) as refused:
        perform(case, "restore", actor=clerk, reason="考察期满", restored_on=date(2025, 5, 9))
    assert refused.value.reasons[0].code == "R-DIS-PTY_PROBATION"
    perform(case, "restore", actor=clerk, reason="考察期满", restored_on=date(2025, 5, 10))
    assert spans(case) == [
        ("PROBATION", date(2024, 5, 10), date(2025, 5, 9)),
        ("AFTER", date(2025, 5, 10), date(2027, 5, 9)),
    ]
    assert Handling.objects.get().rights_restored_on == date(2025, 5, 10)


@pytest.mark.rule("R-DIS-ORG_REMOVE-LEADING_POST")
@pytest.mark.rule("R-DIS-ORG_REMOVE-HIGHER_POST")
def test_removal_bars_leading_posts_for_one_year_and_higher_ones_for_two(clerk, leader, person):
    in_force(clerk, leader, person, "ORG_REMOVE", date(2025, 1, 10))
    found = {one.act: one.on for one in promotability_of(person, date(2025, 6, 1))}
    assert found["LEADING_POST"] == date(2026, 1, 10)
    assert found["POST"] == found["RANK"] == date(2027, 1, 10)


WRONG = {
    "effect before the decision": ({"effective_on": date(2025, 3, 1)}, "EFFECTIVE_BEFORE_DECISION", "effective_on"),
    "another period without a reason": ({"months": 18}, "MONTHS_DIFFER", "period_reason"),
    "a body without authority": ({"body": "ORGANIZATION_DEPARTMENT"}, "BODY_PROPOSES_ONLY", "body"),
    "a body of the unit": ({"body_level": "UNIT"}, "LEVEL_WITHOUT_AUTHORITY", "body_level"),
}


@pytest.mark.parametrize(("values", "code", "field"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_refused_at_its_field_with_nothing_saved(clerk, person, values, code, field):
    with pytest.raises(DomainError) as refused:
        enter(actor=clerk, official=person, **decision("PTY_WARN", date(2025, 3, 15)) | values)
    assert [(reason.code, reason.facts["field"]) for reason in refused.value.reasons] == [(code, field)]
    assert refused.value.reasons[0].text
    assert not Handling.objects.exists()


def test_the_same_decision_is_entered_once(clerk, leader, person):
    in_force(clerk, leader, person, "PTY_WARN", date(2025, 3, 15))
    with pytest.raises(DomainError) as refused:
        enter(actor=clerk, official=person, **decision("PTY_WARN", date(2025, 3, 15)))
    assert refused.value.reasons[0].code == "HANDLING_ENTERED"


def test_a_period_that_has_ended_is_lifted_by_itself_and_no_other(clerk, leader, person):
    ended = in_force(clerk, leader, person, "PTY_WARN", date(2020, 3, 15))
    running = in_force(clerk, leader, person, "GOV_DISMISS", date(2024, 1, 1))
    assert lift_ended(actor=SystemActor("sweep"), day=date(2026, 1, 1)) == 1
    assert lift_ended(actor=SystemActor("sweep"), day=date(2026, 1, 1)) == 0
    ended.refresh_from_db()
    running.refresh_from_db()
    assert (ended.status, running.status) == ("lifted", "in_force")


def test_a_running_period_is_not_lifted_by_hand(clerk, leader, person):
    case = in_force(clerk, leader, person, "GOV_DISMISS", date(2024, 1, 1))
    with pytest.raises(DomainError) as refused:
        perform(case, "lift", actor=leader, reason="解除")
    assert refused.value.reasons[0].code == "HANDLING_RUNNING"


def test_nobody_enters_a_decision_elsewhere_or_without_the_right(tree, person, leader):
    with pytest.raises(PermissionDenied):
        enter(actor=leader, official=person, **decision("PTY_WARN", date(2025, 3, 15)))
    stranger = make_persona("supervision_section", tree.county_b)
    with pytest.raises(PermissionDenied):
        enter(actor=stranger, official=person, **decision("PTY_WARN", date(2025, 3, 15)))


def test_nobody_sees_a_decision_about_themselves(tree, clerk, leader):
    own = make_person("陈立", tree.finance, serial=77)
    in_force(clerk, leader, own, "PTY_WARN", date(2025, 3, 15))
    user = make_persona("supervision_section", tree.county_a, username="own")
    user.person_key = own.id_hash
    user.save()
    with pytest.raises(Http404):
        Handling.objects.get_visible(user=user, perm="supervision.view_handling", official=own)
    assert not Restriction.objects.visible_to(user, "officials.view_restriction").exists()


def test_nothing_is_entered_about_a_record_in_the_trash(clerk, person):
    person.trashed_at, person.trash_reason = timezone.now(), "重复建档"
    person.save()
    with pytest.raises(DomainError) as refused:
        enter(actor=clerk, official=person, **decision("PTY_WARN", date(2025, 3, 15)))
    assert refused.value.code == "IN_TRASH"
    assert not Handling.objects.exists()
