"""The pages of openings, appeals and differences: what they show to whom, and what they say when something is refused."""

import re
from datetime import date

import pytest
from django.urls import reverse

from assessments.choices import CycleStatus
from assessments.models import Appeal, Cycle, Measure, Opening
from assessments.services.appeals import file_appeal
from assessments.services.openings import open_preview
from assessments.services.publishing import publish, reopen
from foundation.casework.services.engine import perform
from tests.factories.county import ACTOR
from tests.support.people import client_of, make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def office(assessment_office):
    """A browser of the assessment office."""
    return client_of(assessment_office)


@pytest.fixture
def town(tree):
    """A browser of the liaison of the health department."""
    return client_of(make_persona("unit_liaison", tree.health))


@pytest.fixture
def opening(county, assessment_office):
    """2024 open to the units today."""
    return open_preview(county.calculated(2024), actor=assessment_office, reason="通知")


def post(client, name, *args, **data):
    return client.post(reverse(f"assessments:{name}", args=args), data, headers=ENGLISH)


def get(client, name, *args, **query):
    return client.get(reverse(f"assessments:{name}", args=args), query, headers=ENGLISH)


NEW = ("appeal-new", "A", 2024, "A-HEA")
SOUND = {"target": "figure:G2", "wanted": "99", "grounds": "漏报一项"}


# --- the run's page ---------------------------------------------------------------------------------------------------
def marks(answer):
    return [mark.state for mark in answer.context["stations"]]


def test_the_stations_lead_from_the_calculation_to_the_publication(county, office, assessment_office):
    run = county.calculated(2024)
    shown = get(office, "run", run.number)
    assert (shown.context["next"], marks(shown)) == ("open", ["done", "current", "todo", "todo", "todo"])
    assert post(office, "run-open", run.number, reason="通知").status_code == 302
    shown = get(office, "run", run.number)
    assert (shown.context["next"], marks(shown)) == ("wait", ["done", "done", "current", "todo", "todo"])
    Opening.objects.update(due_on=date(2025, 3, 10))
    shown = get(office, "run", run.number)
    assert (shown.context["next"], marks(shown)) == ("ask", ["done", "done", "done", "current", "todo"])
    post(office, "run-publish", run.number, reason="审定")
    shown = get(office, "run", run.number)
    assert (shown.context["next"], marks(shown)) == ("sign", ["done", "done", "done", "current", "todo"])
    publish(run, actor=ACTOR)
    shown = get(office, "run", run.number)
    assert (shown.context["next"], marks(shown)) == ("", ["done"] * 5)


def test_an_outdated_run_asks_for_a_calculation(county, office):
    run = county.calculated(2024)
    county.figures(2024, county.last, G1="84")
    shown = get(office, "run", run.number)
    assert (shown.context["next"], marks(shown)) == ("calculate", ["done", "stopped"])


def test_open_appeals_are_the_next_act(opening, office, town):
    post(town, *NEW, **SOUND)
    assert get(office, "run", opening.run.number).context["next"] == "appeals"


def test_opening_without_a_reason_is_refused_at_its_field(county, office):
    answer = post(office, "run-open", county.calculated(2024).number, reason="")
    assert answer.status_code == 422
    assert answer.context["open_form"].errors["reason"]
    assert not Opening.objects.exists()


def test_objections_are_named_and_the_typed_decision_stays(opening, office):
    answer = post(office, "run-publish", opening.run.number, reason="市委审定")
    assert answer.status_code == 422
    assert "The units may object until" in answer.content.decode()
    assert answer.context["publish_form"]["reason"].value() == "市委审定"


def test_a_reader_without_the_right_sees_no_act(opening, unit_liaison, cadre_section):
    for user in (unit_liaison, cadre_section):
        shown = get(client_of(user), "run", opening.run.number)
        assert shown.status_code == 200
        assert "/publish/" not in shown.content.decode()


def test_a_locked_year_is_not_calculated_and_a_corrected_one_says_what_is_in_force(county, office):
    run = county.published(2024)
    button = reverse("assessments:calculate", args=["A", 2024])
    assert button not in get(office, "cycle", "A", 2024).content.decode()
    reopen(county.cycles[2024], actor=ACTOR, reason="更正")
    words = get(office, "cycle", "A", 2024).content.decode()
    assert button in words
    assert f"Run {run.number} stays in force" in words
    assert f"Run {run.number} stays in force" in get(office, "run", run.number).content.decode()


# --- the unit's page --------------------------------------------------------------------------------------------------
def test_the_opened_result_offers_the_appeal_to_the_unit_alone(opening, town, office):
    address = reverse("assessments:appeal-new", args=["A", 2024, "A-HEA"])
    mine, others = (get(client, "unit", "A", 2024, "A-HEA").content.decode() for client in (town, office))
    assert address in mine
    assert address not in others
    assert "open to the unit" in mine


def test_without_an_opened_run_there_is_nothing_to_object_to(county, town):
    county.calculated(2024)
    assert get(town, *NEW).status_code == 404


# --- filing -----------------------------------------------------------------------------------------------------------
def test_an_appeal_is_filed_from_the_list_of_what_the_run_shows(opening, town):
    shown = get(town, *NEW)
    assert [key for key, _line in shown.context["form"].fields["target"].choices[1][1]] == ["figure:G1", "figure:G2"]
    answer = post(town, *NEW, **SOUND)
    case = Appeal.objects.get()
    assert answer.url == reverse("assessments:appeal", args=[case.case_no])
    assert "漏报一项" in town.get(answer.url).content.decode()
    assert case.case_no in get(town, "appeal-list").content.decode()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"wanted": ""}, "Either write the figure"),
        ({"wanted": "优"}, "scored by a number"),
        ({"target": "figure:NO"}, "Select a valid choice"),
        ({"grounds": ""}, "This field is required"),
    ],
)
def test_what_was_typed_stays_when_filing_is_refused(opening, town, values, said):
    answer = post(town, *NEW, **SOUND | {"grounds": "我的理由"} | values)
    assert answer.status_code == 422
    words = answer.content.decode()
    assert said in words
    assert "我的理由" in words or values.get("grounds") == ""
    assert not Appeal.objects.exists()


def test_after_the_window_the_form_asks_why_it_comes_late(opening, town):
    Opening.objects.update(due_on=date(2025, 3, 10))
    assert "late_reason" in get(town, *NEW).context["form"].fields
    refused = post(town, *NEW, **SOUND)
    assert refused.status_code == 422
    assert "2025.03.10" in refused.content.decode()
    assert post(town, *NEW, **SOUND, late_reason="迟延").status_code == 302
    assert Appeal.objects.get().status == "late"


# --- the case ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def case(opening, tree):
    """The appeal of the health department."""
    liaison = make_persona("unit_liaison", tree.health, username="filer")
    return file_appeal(opening, tree.health, actor=liaison, target="figure:G2", wanted="99", grounds="漏报")


@pytest.mark.parametrize(
    ("button", "value", "agrees", "answered"), [("agree", "94", True, "99"), ("disagree", "96", False, "96")]
)
def test_the_department_agrees_or_says_what_is_right(case, unit_liaison, button, value, agrees, answered):
    answer = post(
        client_of(unit_liaison), "appeal-step", case.case_no, step=button, version=1, value=value, reason="核"
    )
    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.status, case.agrees, case.answered) == ("answered", agrees, answered)


def test_only_who_says_what_is_right_is_asked_for_it(case, office, unit_liaison):
    shown = get(client_of(unit_liaison), "appeal", case.case_no)
    assert re.findall('name="step" value="([a-z]+)"', shown.content.decode()) == ["agree", "disagree"]
    assert list(shown.context["form"].fields) == ["step", "version", "value", "reason"]
    perform(case, "withdraw", actor=make_persona("unit_liaison", case.organization, username="withdraws"), reason="误")
    assert "value" not in get(office, "appeal", case.case_no).context["form"].fields


def test_the_office_accepts_the_figure_that_stands_in_the_form(case, office, unit_liaison):
    perform(case, "answer", actor=unit_liaison, reason="属实")
    shown = get(office, "appeal", case.case_no)
    assert shown.context["form"]["value"].value() == "99"
    assert [offer.step.name for offer in shown.context["offers"]] == ["accept", "reject"]
    post(office, "appeal-step", case.case_no, step="accept", version=2, value="99", reason="属实")
    case.refresh_from_db()
    assert (case.status, case.settled) == ("accepted", "99")


def test_a_refused_step_keeps_the_reason_and_moves_nothing(case, office, unit_liaison):
    perform(case, "answer", actor=unit_liaison, reason="属实")
    answer = post(office, "appeal-step", case.case_no, step="accept", version=1, value="99", reason="我写的长理由")
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "我写的长理由" in words
    assert "Somebody changed this case" in words
    case.refresh_from_db()
    assert case.status == "answered"


def test_appeals_are_narrowed_and_other_units_are_not_listed(case, office, tree):
    def shown(client, **query):
        return [each.case_no for each in get(client, "appeal-list", **query).context["page"]]

    assert shown(office) == shown(office, year=2024) == shown(office, status="open") == [case.case_no]
    assert shown(office, year=2023) == shown(office, status="accepted") == []
    assert shown(client_of(make_persona("unit_liaison", tree.finance, username="answers"))) == [case.case_no]
    section = make_persona("unit_liaison", tree.finance_section, username="section")
    assert shown(client_of(section)) == []


# --- differences ------------------------------------------------------------------------------------------------------
@pytest.fixture
def corrected(county):
    """2024 published, then corrected so that the health department is last, calculated again."""
    before = county.published(2024)
    reopen(county.cycles[2024], actor=ACTOR, reason="申诉成立")
    county.swap_last(2024)
    return before, county.calculated(2024)


def test_a_difference_says_in_words_what_moved(corrected, office):
    before, after = corrected
    shown = get(office, "run-difference", after.number)
    assert shown.context["before"] == before
    rows = {row["unit"].code: row for row in shown.context["shown"]}
    assert (rows["A-FIN"]["rank_move"].word, rows["A-HEA"]["rank_move"].word) == ("1 place up", "1 place down")
    assert (rows["A-FIN"]["flag_move"].direction, rows["A-HEA"]["flag_move"].direction) == ("up", "down")
    assert rows["A-HEA"]["streak"] == (0, 1)
    assert rows["A-HEA"]["step"] == ("none", "reminder_talk")
    assert rows["A-HEA"]["grade"] is not None
    words = shown.content.decode()
    for text in ("newly at the bottom", "no longer at the bottom", "1 place up", "1 place down"):
        assert text in words
    assert shown.context["moved"] == {"up": 1, "down": 1, "grades": 1, "flags": 2}


def test_a_difference_is_narrowed_to_a_category(corrected, office):
    _before, after = corrected
    assert len(get(office, "run-difference", after.number, category="GENERAL", all="1").context["shown"]) == 5
    assert get(office, "run-difference", after.number, category="KEY").context["shown"] == []


def test_measures_that_lost_their_ground_lead_to_the_difference(corrected, office):
    before, after = corrected
    publish(after, actor=ACTOR)
    assert Cycle.objects.get(year=2024).status == CycleStatus.PUBLISHED
    case = Measure.objects.get(organization__code="A-FIN")
    assert case.status == "withdrawn"
    address = f"{reverse('assessments:run-difference', args=[after.number])}?from={before.number}"
    assert address in get(office, "measure", case.case_no).content.decode()
    assert address in get(office, "measure-list").content.decode()


def test_the_first_run_has_nothing_to_compare_with(county, office):
    shown = get(office, "run-difference", county.calculated(2024).number)
    assert shown.status_code == 200
    assert "first run of the year" in shown.content.decode()
