"""What an approved measure opens in supervision, and what its later fate does to that."""

from datetime import date

import pytest
from django.utils import timezone

from assessments.models import Measure
from assessments.selectors.measure_tools import tool_of
from assessments.services.publishing import publish, reopen
from foundation.audit.models import Entry
from foundation.casework.models import CaseEvent, Notice
from foundation.casework.services.engine import available, perform
from foundation.common.results import DomainError
from officials.models import Official, RatingConstraint, Restriction
from supervision.models import AdjustmentLead, Admonishment, Reminder
from supervision.selectors.sources import cases_of_source
from supervision.services.sources import reinstate_by_source
from tests.factories.county import ACTOR
from tests.support.people import client_of, make_persona
from tests.support.tools import talk_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def people(tree):
    return {
        "section": make_persona("supervision_section", tree.county_a),
        "leader": make_persona("department_leader", tree.county_a),
        "cadres": make_persona("cadre_section", tree.county_a),
    }


def measure_of(county, step) -> Measure:
    """The measure of the county's last unit, reviewed, with the given step of the ladder."""
    county.published(2024)
    case = Measure.objects.get()
    Measure.objects.filter(pk=case.pk).update(step=step)
    case.refresh_from_db()
    return perform(case, "review", actor=ACTOR, reason="属实")


def approved(county, people, step="reminder_talk") -> Measure:
    return perform(measure_of(county, step), "approve", actor=people["leader"], reason="同意")


def codes(refused) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


@pytest.mark.parametrize(
    ("step", "model", "status"),
    [
        ("reminder_talk", Reminder, "approved"),
        ("admonishment", Admonishment, "agreed"),
        ("post_adjustment", AdjustmentLead, "open"),
    ],
)
def test_the_approval_opens_what_its_step_names_and_both_know_each_other(county, people, step, model, status):
    case = approved(county, people, step)
    (tool,) = cases_of_source("assessments.measure", case.case_no)
    assert (type(tool), tool.status, tool.source) == (model, status, "RANKING")
    assert (tool.official, tool.organization) == (county.people[county.last.code], county.last)
    assert tool.proposed_by_id == people["leader"].pk
    assert CaseEvent.objects.get(case_no=case.case_no, action="approve").data["tool"] == tool.case_no
    assert tool_of(case) == tool
    opened = Entry.objects.get(target_no=tool.case_no)
    assert (opened.data["source_no"], opened.org_path) == (case.case_no, county.last.path)


def test_the_matter_names_unit_year_points_and_place_in_chinese_whoever_approves(county, people):
    case = approved(county, people)
    # 95 − 3·4 = 83 points of weight 60, 100 − 2·4 = 92 per cent of weight 40: 49.8 + 36.8
    assert tool_of(case).summary == (
        f"{county.last.name}在2024年度考核中列末位（得分86.60分，本类别5个单位中排名第5）。"
        "对该单位主要领导（局长）实施谈话提醒。"
    )


def test_a_lead_brings_the_result_as_evidence(county, people):
    case = approved(county, people, "post_adjustment")
    assert tool_of(case).evidence == {
        "unit": county.last.code,
        "unit_name": county.last.name,
        "post": "局长",
        "days": 366,
        "year": 2024,
        "run": case.run.number,
        "score": "86.60",
        "rank": 5,
        "n": 5,
        "grade": tool_of(case).evidence["grade"],
        "streak": 1,
    }


def test_an_admonishment_of_the_ladder_names_its_situation_and_needs_the_committees_approval(county, people):
    case = approved(county, people, "admonishment")
    tool = tool_of(case)
    assert tool.situations == ["ADM9"]
    with pytest.raises(DomainError) as refused:
        perform(tool, "approve", actor=people["section"])
    assert [reason.facts["field"] for reason in refused.value.reasons] == ["approved_by", "approved_on", "approval_no"]
    assert not Restriction.objects.exists()


def test_a_leader_without_a_unit_gets_the_case_at_the_unit_of_the_measure(county, people):
    case = measure_of(county, "reminder_talk")
    Official.objects.filter(pk=case.official_id).update(home=None)
    tool = tool_of(perform(case, "approve", actor=people["leader"], reason="同意"))
    assert (tool.organization, tool.case_no[:5]) == (county.last, "TX-A-")


@pytest.mark.parametrize("step", ["reminder_talk", "admonishment", "post_adjustment"])
def test_of_a_leader_in_the_trash_nothing_is_approved(county, people, step):
    case = measure_of(county, step)
    Official.objects.filter(pk=case.official_id).update(trashed_at=timezone.now(), trash_reason="重复")
    with pytest.raises(DomainError) as refused:
        perform(case, "approve", actor=people["leader"], reason="同意")
    assert refused.value.code == "IN_TRASH"
    assert Measure.objects.get().status == "reviewed"
    assert cases_of_source("assessments.measure", case.case_no) == []


def test_nobody_records_a_measure_as_carried_out_before_its_talk(county, people):
    case = approved(county, people)
    with pytest.raises(DomainError) as refused:
        perform(case, "execute", actor=people["cadres"], reason="已谈话")
    assert codes(refused) == ["MEASURE_TOOL_NOT_DONE"]
    talk_for(case)
    assert perform(case, "execute", actor=people["cadres"], reason="已谈话").status == "executed"


def correct(county):
    """Another unit comes last: the approved measure loses its ground."""
    reopen(county.cycles[2024], actor=ACTOR, reason="申诉成立")
    county.swap_last(2024)
    publish(county.calculated(2024), actor=ACTOR, reason="更正")


def test_a_tool_whose_measure_lost_its_ground_says_so_and_is_not_carried_out(county, people):
    case = approved(county, people)
    correct(county)
    tool = tool_of(case)
    assert CaseEvent.objects.filter(case_no=tool.case_no).values_list("action", flat=True).last() == "basis_changed"
    offers = {offer.step.name: [one.code for one in offer.reasons] for offer in available(tool, people["section"])}
    assert offers == {"hold": ["GROUND_LOST"]}
    with pytest.raises(DomainError) as refused:
        talk_for(case)
    assert codes(refused) == ["GROUND_LOST"]


def test_when_the_ground_is_back_the_talk_may_be_held(county, people):
    case = approved(county, people)
    correct(county)
    reopen(county.cycles[2024], actor=ACTOR, reason="复核")
    county.figures(2024, county.units[-2], G1="86", G2="94")
    publish(county.calculated(2024), actor=ACTOR, reason="恢复")
    told = [event.action for event in CaseEvent.objects.filter(case_no=tool_of(case).case_no).order_by("seq")]
    assert told == ["open", "basis_changed", "basis_restored"]
    assert talk_for(case).status == "held"


def test_taking_the_decision_back_withdraws_what_is_not_carried_out_and_settles_the_notice(county, people):
    case = approved(county, people)
    correct(county)
    assert Notice.objects.get(message="assessments.basis_changed").resolved_at is None
    case = perform(case, "revoke", actor=people["leader"], reason="考核结果更正")
    assert (case.status, tool_of(case).status) == ("withdrawn", "withdrawn")
    assert Notice.objects.get(message="assessments.basis_changed").resolved_at
    event = CaseEvent.objects.get(case_no=tool_of(case).case_no, action="withdraw")
    assert (event.reason, event.actor_id) == ("考核结果更正", people["leader"].pk)


def test_taking_back_a_delivered_admonishment_lifts_what_it_restricts_and_it_can_be_restored(county, people):
    case = approved(county, people, "admonishment")
    talk_for(case, date(2026, 3, 2))
    perform(case, "execute", actor=people["cadres"], reason="已诫勉")
    perform(Measure.objects.get(), "revoke", actor=people["leader"], reason="容错认定")
    row = Restriction.objects.get()
    assert (row.lifted_on, row.lift_reason) == (timezone.localdate(), "容错认定")
    assert RatingConstraint.objects.get().lifted_on == timezone.localdate()
    reinstate_by_source(
        actor=people["leader"], source_kind="assessments.measure", source_no=case.case_no, reason="认定撤销"
    )
    row.refresh_from_db()
    assert (row.lifted_on, row.starts_on, row.ends_on) == (None, date(2026, 3, 2), date(2026, 9, 1))
    assert tool_of(case).status == "delivered"


def test_the_lead_of_a_measure_taken_back_waits_for_nobody(county, people):
    case = approved(county, people, "post_adjustment")
    perform(case, "revoke", actor=people["leader"], reason="更正")
    assert tool_of(case).status == "withdrawn"


def test_the_pages_of_measure_and_tool_lead_to_each_other(county, people):
    case = approved(county, people, "admonishment")
    tool, leader = tool_of(case), client_of(people["leader"])
    address = f"/supervision/talks-and-letters/case/{tool.case_no}/"
    assert f'href="{address}"' in leader.get(f"/measures/{case.case_no}/").content.decode()
    page = leader.get(address)
    assert f'href="/measures/{case.case_no}/"' in page.content.decode()
    # proposal and review were the measure's: the admonishment begins with the department's consent
    assert [str(mark.label) for mark in page.context["steps"]][:2] == ["部长已同意", "党委主要负责同志已批准"]
    assert [mark.state for mark in page.context["steps"]][:2] == ["current", "todo"]


def test_who_may_not_see_the_talk_reads_its_number_only(county, people):
    case = approved(county, people)
    page = client_of(people["cadres"]).get(f"/measures/{case.case_no}/").content.decode()
    assert tool_of(case).case_no in page
    assert "/supervision/talks-and-letters/case/" not in page


def test_the_page_of_a_tool_warns_of_a_lost_ground_and_a_lead_shows_its_evidence(county, people):
    case = approved(county, people, "post_adjustment")
    client = client_of(people["leader"])
    address = f"/supervision/talks-and-letters/case/{tool_of(case).case_no}/"
    page = client.get(address)
    assert not page.context["lost_ground"]
    shown = dict(page.context["evidence"])
    assert (shown["考核总分"], shown["连续列末位年数"]) == ("86.60", "1")
    correct(county)
    page = client.get(address)
    assert page.context["lost_ground"]
    assert "依据已变化" in page.content.decode()
