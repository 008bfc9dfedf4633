"""The story for which the product exists: a failed pilot, a unit at the bottom twice, shelter, and its reversal; every mechanism follows."""

from datetime import date

import pytest

from assessments.models import Measure, Run, RunUnit
from foundation.audit.models import Entry
from foundation.casework.models import CaseEvent
from foundation.casework.services.engine import perform
from foundation.common.results import DomainError
from officials.selectors.restrictions import promotability_of
from supervision.models import Admonishment
from tests.factories.county import ACTOR, make_small_county
from tests.support.people import client_of, make_persona
from tests.tolerance.support import Office
from tolerance.models import AssessmentEffect, DecidedEffect
from tolerance.services.case_effects import possible_effects

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
TODAY = date(2026, 3, 2)


@pytest.fixture
def story(tree):
    """Finance came last in 2023 and 2024; the measure of 2023 was declined, that of 2024 proposes an admonishment."""
    county = make_small_county(tree.county_a, units=[tree.finance], size=12, years=(2023, 2024))
    county.published(2023)
    first = Measure.objects.get(cycle__year=2023)
    perform(perform(first, "review", actor=ACTOR, reason="属实"), "decline", actor=make_persona("department_leader", tree.county_a, username="decliner"), reason="首次")  # fmt: skip
    county.published(2024)
    for person in county.people.values():
        person.refresh_from_db()
    return county, Office(tree)


def measure_2024() -> Measure:
    return Measure.objects.get(cycle__year=2024)


def result_of(unit, year) -> RunUnit:
    """The unit's result in the newest run of the year."""
    run = Run.objects.filter(cycle__year=year).order_by("-pk").first()
    return RunUnit.objects.get(run=run, unit=unit)


def verdict(county):
    (found,) = promotability_of(county.people["A-FIN"], TODAY, acts=("POST",))
    return found.is_free, [(reason.code, reason.facts["source_no"]) for reason in found.reasons]


def decided(county, office, tree, **more):
    case = office.deliberating(years=[2023, 2024], event_on=date(2023, 6, 1), officials=[], units=[tree.finance])
    keys = [one.key for _outcome, one in possible_effects(case, "EXEMPT") if one.is_proposed]
    return office.decide(case, effects=keys, **more)


def test_the_leader_reads_on_the_page_what_a_decision_would_change(tree, story):
    """What is offered are the effects themselves, by the outcome that brings them."""
    _county, office = story
    case = office.deliberating(years=[2023, 2024], event_on=date(2023, 6, 1), officials=[], units=[tree.finance])
    page = client_of(office["leader"]).get(f"/shelter/cases/{case.case_no}/?step=decide").content.decode()
    for _outcome, one in possible_effects(case, "EXEMPT", "MITIGATED"):
        assert f'value="{one.key}"' in page
        assert str(one.label) in page


def test_the_story(tree, story):
    county, office = story
    measure, published = measure_2024(), county.cycles[2024].published_run_id
    assert (measure.step, measure.status, result_of(tree.finance, 2024).streak) == ("admonishment", "proposed", 2)
    assert verdict(county) == (False, [("PENDING", measure.case_no)])

    case = office.told(decided(county, office, tree))

    assert sorted(row.kind for row in DecidedEffect.objects.filter(case_no=case.case_no)) == [
        "measure_set_aside", "shield", "shield",
    ]  # fmt: skip
    preview = result_of(tree.finance, 2024)
    assert (preview.flagged, preview.shielded, preview.streak, preview.step) == (True, True, 0, "none")
    assert preview.run_id != published
    assert county.cycles[2024].published_run_id == published, "what was published is not rewritten"
    assert measure_2024().status == "sheltered"
    assert verdict(county) == (True, [])
    told = CaseEvent.objects.get(case_no=case.case_no, action="decide").data
    assert [run["year"] for run in told["previews"]] == [2023, 2024]

    reviewed = perform(case, "ask_review", actor=office["liaison"], reason="有新的证据")
    perform(reviewed, "reverse", actor=office["leader"], reason="发现隐瞒", review_document_no="甲组容撤〔2026〕1号")

    assert measure_2024().status == "proposed"
    assert verdict(county) == (False, [("PENDING", measure.case_no)])
    again = Run.objects.get(pk=published)
    assert RunUnit.objects.get(run=again, unit=tree.finance).step == "admonishment"
    assert county.calculated(2024).pk == published, "the same inputs give the published run again"
    assert not AssessmentEffect.objects.system().effective().exists()
    assert DecidedEffect.objects.filter(case_no=case.case_no, reversed_at__isnull=True).count() == 0
    lines = Entry.objects.filter(target_no=case.case_no).order_by("pk").values_list("action", flat=True)
    assert [line.rpartition(".")[2] for line in lines][1:] == [
        "submit", "accept", "assign", "report", "decide", "feed_back", "ask_review", "reverse",
    ]  # fmt: skip


def test_what_a_measure_had_opened_is_withdrawn_with_it_and_put_back(tree, story):
    county, office = story
    section = make_persona("supervision_section", tree.county_a, username="reviewing")
    perform(measure_2024(), "review", actor=section, reason="属实")
    perform(measure_2024(), "approve", actor=office["leader"], reason="同意")

    tool = Admonishment.objects.get(source_no=measure_2024().case_no)
    assert verdict(county) == (False, [("PENDING", tool.case_no)])
    case = office.told(decided(county, office, tree))
    tool.refresh_from_db()
    assert (tool.status, measure_2024().status, verdict(county)) == ("withdrawn", "sheltered", (True, []))
    perform(case, "reverse", actor=office["leader"], reason="撤销", review_document_no="甲组容撤〔2026〕2号")
    tool.refresh_from_db()
    assert (tool.status, measure_2024().status) == ("agreed", "approved")
    assert verdict(county) == (False, [("PENDING", tool.case_no)])


def test_an_effect_whose_target_changed_meanwhile_refuses_the_decision_and_saves_nothing(tree, story):
    county, office = story
    case = office.deliberating(years=[2023, 2024], event_on=date(2023, 6, 1), officials=[], units=[tree.finance])
    keys = [one.key for _outcome, one in possible_effects(case, "EXEMPT") if one.kind == "measure_set_aside"]
    section = make_persona("supervision_section", tree.county_a, username="reviewing")
    perform(measure_2024(), "review", actor=section, reason="属实")
    perform(measure_2024(), "decline", actor=office["leader"], reason="不实施")
    with pytest.raises(DomainError) as refused:
        office.decide(case, effects=keys)
    assert {reason.code for reason in refused.value.reasons} == {"EFFECT_GONE"}
    case.refresh_from_db()
    assert (case.status, DecidedEffect.objects.count()) == ("deliberating", 0)


def test_a_reversed_decision_is_not_reversed_twice(tree, story):
    county, office = story
    case = office.told(decided(county, office, tree))
    perform(case, "reverse", actor=office["leader"], reason="撤销", review_document_no="一号")
    with pytest.raises(DomainError) as refused:
        perform(case, "reverse", actor=office["leader"], reason="撤销", review_document_no="二号")
    assert refused.value.code == "CASE_STEP_NOT_HERE"


def test_a_lighter_handling_lowers_the_proposal_by_one_step_and_its_reversal_raises_it(tree, story):
    county, office = story
    case = office.deliberating(
        exempting=(), mitigating=("TM1",), years=[2024], event_on=date(2024, 6, 1), units=[tree.finance], officials=[]
    )
    keys = [one.key for _outcome, one in possible_effects(case, "MITIGATED") if one.is_proposed]
    case = office.told(office.decide(case, "MITIGATED", "从轻处理", effects=keys))
    assert (measure_2024().step, measure_2024().status) == ("reminder_talk", "proposed")
    assert result_of(tree.finance, 2024).step == "reminder_talk"
    assert verdict(county) == (True, []), "a reminder talk restricts nothing"
    perform(case, "reverse", actor=office["leader"], reason="撤销", review_document_no="三号")
    assert measure_2024().step == "admonishment"
