"""The desk of fault tolerance as people use it: apply, submit, decide with effects, look at figures."""

import pytest
from django.urls import reverse
from django.utils import timezone

from officials.models import Official
from officials.services.people import identity_values
from tests.support.people import client_of
from tests.tolerance.support import BALLOTS, Office, answers
from tolerance.choices import Outcome
from tolerance.effect_kinds import Candidate, all_kinds
from tolerance.forms.cases import ToleranceStepForm
from tolerance.models import ToleranceCase

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def office(tree):
    return Office(tree)


def typed(tree, **changed):
    """What a liaison types: everything of the form."""
    points = {f"answer_{code}": answer for code, (answer, _text) in answers().items()}
    points |= {f"text_{code}": text for code, (_answer, text) in answers().items()}
    given = {
        "unit_name": tree.finance.name,
        "applicant_kind": "UNIT",
        "title_text": "改革试点推进",
        "event_on": "2025-06-18",
        "summary": "试点未达预期",
        "units": tree.finance.name,
        "years": "2024 2025",
        "claimed": ["TE1"],
    }
    return given | points | changed


def test_a_liaison_applies_and_submits(office, tree):
    client = client_of(office["liaison"])
    answer = client.post(reverse("tolerance:case-new"), typed(tree))
    case = ToleranceCase.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("tolerance:case", args=[case.case_no]))
    assert (case.status, case.years, case.claimed, case.parties.get().unit) == (
        "draft",
        [2024, 2025],
        ["TE1"],
        tree.finance,
    )
    page = client.get(answer.url)
    assert "提交申请" in page.content.decode()
    step = client.post(reverse("tolerance:case-step", args=[case.case_no]), {"step": "submit", "version": 1})
    case.refresh_from_db()
    assert (step.status_code, case.status) == (302, "submitted")


def test_an_unknown_name_is_said_and_nothing_typed_is_lost(office, tree):
    answer = client_of(office["liaison"]).post(reverse("tolerance:case-new"), typed(tree, officials="查无此人"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "查无此人" in page
    assert "试点未达预期" in page
    assert not ToleranceCase.objects.exists()


def test_a_draft_is_changed_with_what_stood_there(office, tree):
    person = Official.objects.create(home=tree.finance, **identity_values("440784197805069119", "曾启辉"))
    person.refresh_from_db()
    case = office.drafted(officials=[person])
    client, page = client_of(office["liaison"]), reverse("tolerance:case-edit", args=[case.case_no])
    assert "曾启辉 1978.05" in client.get(page).content.decode()
    assert client.post(page, typed(tree, title_text="另一事项")).status_code == 302
    case.refresh_from_db()
    assert (case.title_text, case.parties.get().unit) == ("另一事项", tree.finance)


def test_the_leader_decides_on_the_page_and_a_refusal_keeps_what_was_typed(office):
    case = office.deliberating()
    client = client_of(office["leader"])
    page = client.get(reverse("tolerance:case", args=[case.case_no])).content.decode()
    assert "可比案例" not in page
    assert "认定效果" in page
    today = timezone.localdate().isoformat()
    given = {
        "step": "decide", "version": case.version, "outcome": "EXEMPT", "word": "从轻处理", "meeting_on": today,
        "ballots": BALLOTS, "body": "ORGANIZATION_DEPARTMENT", "body_name": "甲县委组织部", "document_no": "一号", "decided_on": today,
    }  # fmt: skip
    step = reverse("tolerance:case-step", args=[case.case_no])
    refused = client.post(step, given)
    assert refused.status_code == 422
    assert "结论用语与认定结果不符" in refused.content.decode()
    assert "部长甲" in refused.content.decode()
    assert client.post(step, given | {"word": "免予追究"}).status_code == 302
    case.refresh_from_db()
    assert (case.status, case.outcome) == ("decided", "EXEMPT")


def test_a_decided_case_of_the_same_situation_stands_beside_the_draft_without_names(office):
    office.decide(office.deliberating())
    case = office.deliberating(title_text="第二件")
    page = client_of(office["leader"]).get(reverse("tolerance:case", args=[case.case_no])).content.decode()
    assert "可比案例" in page


def test_the_desk_lists_by_due_date_and_by_station(office):
    case = office.submitted()
    client = client_of(office["section"])
    for query in ("", "?view=board", "?status=open", "?unit=财政"):
        assert case.case_no in client.get(reverse("tolerance:case-list") + query).content.decode(), query
    assert case.case_no not in client.get(reverse("tolerance:case-list") + "?unit=卫生").content.decode()


def test_figures_count_units_and_situations_of_the_period(office):
    office.decide(office.deliberating())
    client, today = client_of(office["section"]), timezone.localdate()
    page = client.get(reverse("tolerance:case-figures") + f"?first={today}&last={today}").content.decode()
    assert "TE1 改革创新先行先试" in page
    backwards = client.get(reverse("tolerance:case-figures") + f"?first={today}&last=2000-01-01").content.decode()
    assert "截止日期不得早于起始日期" in backwards


def test_the_api_tells_cases_and_effects_without_names(office, tree):
    case = office.decide(office.deliberating())
    client = client_of(office["section"])
    (row,) = client.get(reverse("v1:tolerance-case-list")).json()["results"]
    assert (row["case_no"], row["outcome"], row["unit"]) == (case.case_no, "EXEMPT", "A-FIN")
    assert case.title_text not in str(row)
    assert client.get(reverse("v1:effect-list")).json()["results"] == []


def test_many_effects_of_one_kind_that_nobody_proposes_are_folded_until_one_is_wanted(office):
    case = office.deliberating()
    kind = next(kind for kind in all_kinds() if Outcome.EXEMPT in kind.outcomes)
    many = [
        Candidate(kind.code, f"E{number}", f"E{number}", "1", "0", "R", is_proposed=number == 3)
        for number in range(1, 9)
    ]
    offered = [(Outcome.EXEMPT, one) for one in many]

    def groups(data=None):
        form = ToleranceStepForm(data, case=case, step="decide", effects=offered)
        seen, folded = form.candidate_groups
        return [one.target for _outcome, one in seen], [
            (label, [one.target for _o, one in rows]) for label, rows in folded
        ]

    rest = ["E1", "E2", "E4", "E5", "E6", "E7", "E8"]
    assert groups() == (["E3"], [(kind.label, rest)])
    refused = {"step": "decide", "effects": [many[7].key, many[0].key]}
    assert groups(refused) == (["E1", "E8"], [(kind.label, ["E2", "E3", "E4", "E5", "E6", "E7"])])
    del offered[6:]
    assert groups(refused) == (["E1", "E2", "E3", "E4", "E5", "E6"], [])
