"""Schemes through the API: drafts saved as a whole, issued, amended, copied and tried."""

import pytest
from django.urls import reverse

from assessments.models import Scheme, Score
from foundation.accounts.models import User
from tests.support.people import api_client_of, key_client_of

pytestmark = [pytest.mark.usefixtures("heshan_database"), pytest.mark.django_db]
NUMBER = "440784-2025-GENERAL"


@pytest.fixture
def client():
    """A program of the office."""
    return key_client_of(User.objects.get(username="kaohe"))


@pytest.fixture
def draft():
    Scheme.objects.filter(cycle__year=2025).update(state="draft", issued_on=None)
    return Scheme.objects.get(cycle__year=2025, category="GENERAL")


def address(name, *args):
    return reverse(f"v1:{name}", args=args)


def body(client, **weights) -> dict:
    """The scheme as it stands, with other weights: what a program would send back."""
    shown = client.get(address("scheme", NUMBER)).json()
    kept = (
        "bonus_cap", "deduction_cap", "veto_effect", "places", "excellent_share", "excellent_min", "excellent_line",
        "good_line", "pass_line", "bottom_mode", "bottom_value", "min_class_size", "exempt_line", "bottom_ties",
        "tie_breakers",
    )  # fmt: skip
    names = ("code", "name", "group", "weight", "method", "direction", "params", "unit_of_measure", "responsible")
    leaves = [{name: leaf[name] for name in names} for leaf in shown["indicators"]]
    for leaf in leaves:
        leaf["weight"] = weights.get(leaf["code"], leaf["weight"])
    return {
        "version": shown["version"],
        "parameters": {name: shown[name] for name in kept},
        "indicators": leaves,
    }


def test_a_scheme_tells_state_document_and_version(client):
    shown = client.get(address("scheme", NUMBER)).json()
    assert (shown["state"], shown["document_no"], shown["issued_on"]) == ("issued", "鹤考委〔2025〕2号", "2025-03-15")
    drafts = client.get(address("scheme-list"), {"state": "draft"}).json()["results"]
    assert drafts == []


def test_a_draft_comes_back_as_it_was_sent(client, draft):
    sent = body(client, G01="22.5")
    answer = client.post(address("scheme-draft", NUMBER), sent, format="json")
    assert (answer.status_code, answer.json()["version"]) == (200, sent["version"] + 1)
    assert body(client)["indicators"] == sent["indicators"]


def test_a_fault_is_told_with_its_place(client, draft):
    answer = client.post(address("scheme-draft", NUMBER), body(client, G01="-1"), format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "SCHEME_FAULTY")
    assert [reason["code"] for reason in answer.json()["reasons"]] == ["WEIGHT_RANGE"]


def test_figures_go_with_a_dropped_indicator_only_when_their_number_is_given(client, draft):
    sent = body(client)
    gone = sent["indicators"].pop(0)
    figures = Score.objects.filter(indicator__scheme=draft, indicator__code=gone["code"]).count()
    answer = client.post(address("scheme-draft", NUMBER), sent, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "FIGURES_GO")
    assert [reason["facts"] for reason in answer.json()["reasons"]] == [{"indicator": gone["code"], "figures": figures}]
    sent["figures_removed"] = figures
    assert client.post(address("scheme-draft", NUMBER), sent, format="json").status_code == 200


def test_the_second_of_two_programs_is_refused(client, draft):
    first, second = body(client, G01="21"), body(client, G01="22")
    assert client.post(address("scheme-draft", NUMBER), first, format="json").status_code == 200
    answer = client.post(address("scheme-draft", NUMBER), second, format="json")
    assert (answer.status_code, answer.json()["code"]) == (412, "SCHEME_CHANGED")


def test_an_issued_scheme_is_amended_only(client):
    sent = body(client, G01="18", G02="12")
    answer = client.post(address("scheme-draft", NUMBER), sent, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "SCHEME_ISSUED")
    basis = {"reason": "市委常委会决定", "document_no": "鹤考委〔2025〕9号"}
    answer = client.post(address("scheme-amendments", NUMBER), sent | basis, format="json")
    assert (answer.status_code, answer.json()["number"]) == (201, 1)
    (row,) = client.get(address("scheme-amendments", NUMBER)).json()["results"]
    assert [leaf["weight"] for leaf in row["after"]["indicators"][:2]] == ["18", "12"]
    assert [leaf["weight"] for leaf in row["before"]["indicators"][:2]] == ["20", "10"]


def test_an_amendment_needs_weights_of_100(client):
    sent = body(client, G01="18") | {"reason": "x", "document_no": "x"}
    answer = client.post(address("scheme-amendments", NUMBER), sent, format="json")
    assert [reason["code"] for reason in answer.json()["reasons"]] == ["WEIGHTS_TOO_SMALL"]


def test_issuing_says_first_what_stands_against_it(client, draft):
    client.post(address("scheme-draft", NUMBER), body(client, G01="19"), format="json")
    found = client.get(address("cycle-issue-schemes", "440784-2025")).json()
    assert [(row["category"], row["code"]) for row in found["results"]] == [("GENERAL", "WEIGHTS_TOO_SMALL")]
    order = {"document_no": "鹤考委〔2025〕3号", "issued_on": "2025-04-01"}
    assert client.post(address("cycle-issue-schemes", "440784-2025"), order).status_code == 409
    client.post(address("scheme-draft", NUMBER), body(client, G01="20"), format="json")
    assert len(client.post(address("cycle-issue-schemes", "440784-2025"), order).json()["categories"]) == 7


def test_a_year_is_begun_by_copying(client):
    answer = client.post(address("cycle-copy-schemes", "440784-2025"), {"year": 2026})
    assert answer.json() == {"cycle": "440784-2026", "schemes": 7}
    assert client.post(address("cycle-copy-schemes", "440784-2025"), {"year": 2026}).status_code == 409


def test_a_trial_tells_rank_and_total_beside_the_real_ones(client):
    shown = client.get(address("scheme-trial", NUMBER)).json()
    assert (shown["year"], shown["run"], shown["without_figures"]) == (2024, "440784-2024-01", ["G12"])
    assert shown["weight_shared_out"] == "7.5"
    first = shown["results"][0]
    assert (first["rank"], first["real_rank"], first["unit_name"][:1]) == (1, 1, "鹤")
    assert client.get(address("scheme-trial", NUMBER), {"year": 2010}).json()["results"] == []


@pytest.mark.parametrize("name", ["scheme-draft", "scheme-amendments"])
def test_a_liaison_acts_on_no_scheme(name):
    client = api_client_of(User.objects.get(username="caizheng"))
    assert client.post(address(name, NUMBER), {}, format="json").status_code == 403
