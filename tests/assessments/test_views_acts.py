"""What the pages do: order, publish, open for correction, take a step; and what they say when it is refused."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from assessments.choices import CycleStatus, JobState
from assessments.models import Cycle, Measure, PublishRequest, RecalculationJob, Run
from assessments.services.appeals import file_appeal
from assessments.services.openings import open_preview
from foundation.casework.services.engine import perform
from foundation.common.actors import SystemActor
from foundation.organizations.models import UnitCategory
from foundation.regulations.services.overrides import set_override
from tests.factories.county import make_small_county
from tests.support.people import client_of, make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def office(assessment_office):
    """A browser of the assessment office."""
    return client_of(assessment_office)


def said(answer) -> str:
    """The messages that the next page shows."""
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def post(client, name, *args, **data):
    return client.post(reverse(f"assessments:{name}", args=args), data, headers=ENGLISH)


def get(client, name, *args, **headers):
    return client.get(reverse(f"assessments:{name}", args=args), headers=ENGLISH | headers)


# --- ordering and watching --------------------------------------------------------------------------------------------
def test_an_order_leads_to_its_progress_and_the_run(county, office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = post(office, "calculate", "A", 2024)
    job = RecalculationJob.objects.get()
    assert answer.url == reverse("assessments:order", args=[job.batch.number])
    shown = office.get(answer.url, headers=ENGLISH)
    assert shown.context["progress"].is_finished
    assert Run.objects.get().number in shown.content.decode()
    assert "hx-trigger" not in shown.content.decode().split('id="order"')[1].split(">")[0]


def test_progress_is_asked_for_again_until_the_order_ends(county, office, assessment_office):
    post(office, "calculate", "A", 2024)  # nothing is committed, so nothing runs
    number = RecalculationJob.objects.get().batch.number
    whole, part = get(office, "order", number), get(office, "order", number, **{"HX-Request": "true"})
    assert 'hx-trigger="every 1s"' in part.content.decode()
    assert "<html" not in part.content.decode()
    assert "<html" in whole.content.decode()
    assert part.context["progress"].done == 0


def test_a_refused_order_names_what_stands_against_it(county, office, django_capture_on_commit_callbacks):
    county.figures(2024, county.last, G1=None)
    with django_capture_on_commit_callbacks(execute=True):
        answer = post(office, "calculate", "A", 2024)
    assert RecalculationJob.objects.get().state == JobState.REFUSED
    shown = office.get(answer.url, headers=ENGLISH).content.decode()
    assert "1 figure is missing or wrong" in shown
    cycle = get(office, "cycle", "A", 2024)
    (line,) = cycle.context["refusals"]
    assert (line["code"], line["unit_code"], line["indicator"]) == ("GAP_RAW", "A-FIN", "G1")
    assert county.units[0].name in cycle.content.decode()  # the department that must submit it


def test_a_year_without_units_says_so_and_is_not_ready(county, office):
    UnitCategory.objects.filter(year=2024).delete()
    (line,) = get(office, "cycle", "A", 2024).context["refusals"]
    assert line["code"] == "NO_UNITS"
    home = office.get("/", headers=ENGLISH).content.decode()
    assert "import the units of the year first" in home
    assert "the calculation can start" not in home


def test_a_year_with_everything_is_ready(county, office):
    assert get(office, "cycle", "A", 2024).context["refusals"] == []
    assert "the calculation can start" in office.get("/", headers=ENGLISH).content.decode()


def test_who_may_not_calculate_is_not_shown_what_is_missing(county, cadre_section):
    county.figures(2024, county.last, G1=None)
    assert get(client_of(cadre_section), "cycle", "A", 2024).context["refusals"] == []


# --- publishing -------------------------------------------------------------------------------------------------------
def test_publishing_is_asked_by_one_and_signed_by_another(county, office, department_leader):
    run = county.heard(2024)
    answer = post(office, "run-publish", run.number, reason="审定")
    case = PublishRequest.objects.get()
    assert answer.url == reverse("assessments:publish-request", args=[case.case_no])
    assert case.case_no in said(answer)
    assert Cycle.objects.get().status == CycleStatus.OPEN
    mine = get(office, "publish-request", case.case_no)
    assert [(offer.step.name, offer.blocked) for offer in mine.context["offers"]] == [
        ("confirm", True),
        ("refuse", False),
        ("withdraw", False),
    ]
    assert "Somebody else must sign" in mine.content.decode()
    signed = post(client_of(department_leader), "publish-request-step", case.case_no, step="confirm", version=1)
    assert signed.status_code == 302
    assert Cycle.objects.get().status == CycleStatus.PUBLISHED
    assert "opened: 1" in get(office, "publish-request", case.case_no).content.decode()
    shown = get(office, "run", run.number)
    assert shown.context["is_published"]
    assert county.people["A-FIN"].name in shown.content.decode()
    assert "审定" in shown.content.decode()


@pytest.fixture
def opened(county, assessment_office):
    """2024 open to the units."""
    return open_preview(county.calculated(2024), actor=assessment_office, reason="通知")


def test_who_asks_to_publish_over_open_appeals_is_told_which_and_what_to_do(opened, tree, office):
    liaison = make_persona("unit_liaison", tree.finance)
    appeal = file_appeal(opened, tree.finance, actor=liaison, target="figure:G1", wanted="90", grounds="漏报")
    number, where = opened.run.number, reverse("assessments:appeal", args=[appeal.case_no])
    page = get(office, "run", number)
    assert page.context["next"] == "appeals"
    assert "all the same" not in page.content.decode()
    refused = post(office, "run-publish", number, reason="审定", override_reason="时限")
    assert (refused.status_code, PublishRequest.objects.count()) == (422, 0)
    for text in (page.content.decode(), refused.content.decode()):
        for told in (f'href="{where}"', "甲县财政局", "figure of an indicator G1 重点工作", "waits for the department"):
            assert told in text
    assert "decide on it first" in refused.content.decode()
    assert refused.context["publish_form"]["reason"].value() == "审定"


def test_who_signs_is_told_of_the_appeals_that_came_in_since(opened, tree, office, department_leader):
    post(office, "run-publish", opened.run.number, reason="审定", override_reason="时限")
    liaison = make_persona("unit_liaison", tree.finance)
    appeal = file_appeal(opened, tree.finance, actor=liaison, target="figure:G1", wanted="90", grounds="漏报")
    run = get(office, "run", opened.run.number)
    assert (run.context["next"], [mark.state for mark in run.context["stations"]][2]) == ("sign", "current")
    assert appeal.case_no in run.content.decode()
    leader, case = client_of(department_leader), PublishRequest.objects.get()
    page = get(leader, "publish-request", case.case_no)
    assert [offer.blocked for offer in page.context["offers"] if offer.step.name == "confirm"] == [True]
    signed = post(leader, "publish-request-step", case.case_no, step="confirm", version=1)
    assert (signed.status_code, Cycle.objects.get().status) == (422, CycleStatus.OPEN)
    for text in (page.content.decode(), signed.content.decode()):
        assert f'href="{reverse("assessments:appeal", args=[appeal.case_no])}"' in text
        assert "figure of an indicator G1 重点工作" in text


def test_a_run_that_no_unit_was_shown_asks_for_a_word_on_it_from_the_start(county, office):
    run = county.calculated(2024)
    assert 'name="override_reason"' in get(office, "run", run.number).content.decode()
    refused = post(office, "run-publish", run.number, reason="审定")
    assert (refused.status_code, PublishRequest.objects.count()) == (422, 0)
    assert "not shown a preview" in refused.content.decode()
    assert post(office, "run-publish", run.number, reason="审定", override_reason="已书面征求意见").status_code == 302
    shown = get(office, "publish-request", PublishRequest.objects.get().case_no)
    assert "已书面征求意见" in shown.content.decode()


def test_a_signature_that_others_follow_says_so(county, office, department_leader):
    set_override(
        actor=SystemActor("test"), rule_id="ASM-PUBLISH-SIGNERS", value=3, starts_on=date(2020, 1, 1), basis="办法",
        jurisdiction="A",
    )  # fmt: skip
    post(office, "run-publish", county.heard(2024).number, reason="审定")
    case = PublishRequest.objects.get()
    signed = post(client_of(department_leader), "publish-request-step", case.case_no, step="confirm", version=1)
    assert said(signed) == "Recorded: Sign, others follow."
    assert Cycle.objects.get().status == CycleStatus.OPEN


def test_an_outdated_run_is_refused_with_the_way_out(county, office):
    run = county.calculated(2024)
    county.figures(2024, county.last, G1="81")
    answer = post(office, "run-publish", run.number, reason="我的依据")
    assert answer.status_code == 422
    assert "Calculate again" in answer.content.decode()
    assert answer.context["publish_form"]["reason"].value() == "我的依据"
    assert Cycle.objects.get().status == CycleStatus.OPEN


def test_a_published_year_is_opened_for_correction_with_a_reason(county, office):
    county.published(2024)
    assert "must be corrected" in said(post(office, "cycle-reopen", "A", 2024, reason=""))
    assert Cycle.objects.get().status == CycleStatus.PUBLISHED
    post(office, "cycle-reopen", "A", 2024, reason="申诉成立")
    assert Cycle.objects.get().status == CycleStatus.CORRECTING


def test_the_difference_is_shown_before_the_correction_is_published(county, office):
    county.published(2024)
    post(office, "cycle-reopen", "A", 2024, reason="申诉成立")
    county.swap_last(2024)
    after = county.calculated(2024)
    shown = get(office, "run-difference", after.number)
    assert {row["unit"].code for row in shown.context["shown"]} == {"A-FIN", "A-HEA"}
    every = office.get(reverse("assessments:run-difference", args=[after.number]) + "?all=1", headers=ENGLISH)
    assert len(every.context["shown"]) == 5
    words = shown.content.decode()
    assert county.people["A-HEA"].name in words


def test_a_liaison_is_shown_the_own_unit_of_a_difference(county, office, unit_liaison):
    county.published(2024)
    post(office, "cycle-reopen", "A", 2024, reason="申诉成立")
    county.swap_last(2024)
    after = county.published(2024)
    before = Run.objects.order_by("pk").first()
    address = reverse("assessments:run-difference", args=[after.number]) + f"?from={before.number}&all=1"
    shown = client_of(unit_liaison).get(address, headers=ENGLISH)
    assert [row["unit"].code for row in shown.context["shown"]] == ["A-FIN"]
    assert county.people["A-HEA"].name not in shown.content.decode()


# --- measures ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def case(county):
    """The measure for the finance department."""
    county.published(2024)
    return Measure.objects.get()


def test_the_case_shows_facts_steps_and_the_buttons_of_the_reader(case, supervision_section, cadre_section):
    mine, other = (get(client_of(user), "measure", case.case_no) for user in (supervision_section, cadre_section))
    for shown in (mine, other):
        words = shown.content.decode()
        assert case.official.name in words
        assert case.run.number in words
    assert [offer.step.name for offer in mine.context["offers"]] == ["review"]
    assert other.context["offers"] == []
    assert [mark.state for mark in mine.context["steps"]] == ["current", "todo", "todo", "todo", "todo"]


def test_a_step_is_taken_with_its_reason(case, supervision_section):
    client = client_of(supervision_section)
    answer = post(client, "measure-step", case.case_no, step="review", version=1, reason="核实无误")
    assert answer.url == reverse("assessments:measure", args=[case.case_no])
    assert Measure.objects.get().status == "reviewed"
    shown = get(client, "measure", case.case_no)
    assert "核实无误" in shown.content.decode()
    assert [event.reason for event in shown.context["events"]][-1] == "核实无误"


@pytest.mark.parametrize(
    "data",
    [
        {"version": 1, "reason": "x"},
        {"step": "review", "reason": "x"},
        {"step": "explode", "version": 1, "reason": "x"},
    ],
)
def test_an_incomplete_step_is_refused_and_nothing_moves(case, supervision_section, data):
    answer = post(client_of(supervision_section), "measure-step", case.case_no, **data)
    assert answer.status_code == 422
    assert Measure.objects.get().status == "proposed"


def test_what_was_typed_stays_when_the_step_is_refused(case, supervision_section, department_leader):
    perform(case, "review", actor=supervision_section, reason="x")
    answer = post(
        client_of(department_leader), "measure-step", case.case_no, step="approve", version=1, reason="我的理由很长"
    )
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "我的理由很长" in words
    assert "Somebody changed this case" in words
    assert Measure.objects.get().status == "reviewed"


def test_a_reason_of_a_thousand_pages_is_refused(case, supervision_section):
    answer = post(
        client_of(supervision_section), "measure-step", case.case_no, step="review", version=1, reason="x" * 2001
    )
    assert answer.status_code == 422


def test_an_open_case_is_settled_for_a_holder_of_the_post_only(county, tree, supervision_section):
    holder = county.people["A-FIN"]
    holder.holdings.update(starts_on="2024-07-03")  # 182 days: too few
    county.published(2024)
    case = Measure.objects.get()
    assert (case.manual_reason, case.official) == ("short_tenure", holder)
    holder.holdings.all().delete()
    Measure.objects.filter(pk=case.pk).update(official=None, manual_reason="vacant")
    client = client_of(supervision_section)
    answer = post(
        client, "measure-step", case.case_no, step="propose", version=1, reason="x", official=county.people["A-HEA"].pk
    )
    assert answer.status_code == 422
    assert Measure.objects.get().status == "manual"


def test_measures_are_narrowed_by_year_status_and_step(case, office, supervision_section):
    def shown(**query):
        found = office.get(reverse("assessments:measure-list"), query).context["page"]
        return [each.case_no for each in found]

    assert shown() == shown(year=2024) == shown(status="open") == shown(status="proposed") == [case.case_no]
    assert shown(step="reminder_talk") == [case.case_no]
    assert shown(year=2023) == shown(status="closed") == shown(step="admonishment") == []
    assert shown(year="never") == [case.case_no]  # a wrong filter narrows nothing


def test_measures_of_other_counties_are_not_listed(case, tree):
    other = make_small_county(tree.county_b, units=[tree.other_department])
    other.published(2024)
    client = client_of(make_persona("assessment_office", tree.county_b))
    assert [each.organization.code for each in get(client, "measure-list").context["page"]] == ["B-FIN"]
