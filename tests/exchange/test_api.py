"""Import batches by API: who sees which, and nothing of what is inside the files."""

from functools import partial

import pytest
from django.urls import reverse
from django.utils.translation import override

from foundation.exchange.models import ColumnMapping, ImportBatch, ImportRow

from ..support.people import api_client_of, key_client_of
from ..support.queries import assert_query_baseline

pytestmark = pytest.mark.django_db
FINDING = {
    "level": "warning",
    "code": "sheet_hidden",
    "sheet": "汇总",
    "row": None,
    "column": "",
    "value": "",
    "params": {},
}


def batch(organization, kind, number):
    made = ImportBatch.objects.create(
        number=f"IMP-{number:06}", kind=kind, organization=organization, year=2024, file_name=f"{kind}.csv",
        sha256=f"{number:064}", size=11, content=b"440784199001011234", counts={"rows": 1}, findings=[FINDING],
        created_by_name="test",
    )  # fmt: skip
    ImportRow.objects.create(
        batch=made, position=1, kind="holding", key="440784199001011234", values={"id": "440784199001011234"}
    )
    return made


@pytest.fixture
def batches(tree):
    """Two of county A, one of county B."""
    return [
        batch(tree.county_a, "units", 1),
        batch(tree.county_a, "tolerance_effects", 2),
        batch(tree.county_b, "units", 3),
    ]


@pytest.mark.parametrize(
    ("persona", "numbers"),
    [
        ("assessment_office", [2, 1]),
        ("supervision_section", [2]),  # may import effects of tolerance decisions alone
        ("other_county_office", [3]),
        ("auditor", [3, 2, 1]),
    ],
)
def test_batches_are_seen_by_who_imports_that_kind_there_and_by_auditors(batches, personas, persona, numbers):
    answer = key_client_of(personas[persona]).get(reverse("v1:import-list"))
    assert [row["number"] for row in answer.json()["results"]] == [f"IMP-{number:06}" for number in numbers]


@pytest.mark.parametrize("persona", ["department_leader", "unit_liaison", "system_admin", "stranger"])
def test_others_are_refused(batches, personas, persona):
    client = api_client_of(personas[persona])
    assert client.get(reverse("v1:import-list")).status_code == 403
    assert client.get(reverse("v1:import", args=["IMP-000001"])).status_code == 403


def test_a_batch_is_told_with_findings_in_words_and_without_its_content(batches, assessment_office):
    with override("en"):
        answer = key_client_of(assessment_office).get(
            reverse("v1:import", args=["IMP-000001"]), headers={"Accept-Language": "en"}
        )
    shown = answer.json()
    assert (shown["kind"], shown["jurisdiction"], shown["size"], shown["status"]) == ("units", "A", 11, "staged")
    [finding] = shown["findings"]
    assert (finding["level"], finding["code"]) == ("warning", "sheet_hidden")
    assert "汇总" in finding["place"]
    assert finding["text"]
    assert "440784199001011234" not in answer.content.decode()


def test_batches_of_other_counties_and_kinds_are_not_found(batches, assessment_office, supervision_section):
    assert key_client_of(assessment_office).get(reverse("v1:import", args=["IMP-000003"])).status_code == 404
    assert key_client_of(supervision_section).get(reverse("v1:import", args=["IMP-000001"])).status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "units"}, 1),
        ({"status": "applied"}, 0),
        ({"jurisdiction": "A", "year": 2024}, 2),
        ({"sha256": f"{2:064}"}, 1),
    ],
)
def test_batches_are_filtered(batches, assessment_office, query, expected):
    answer = key_client_of(assessment_office).get(reverse("v1:import-list"), query)
    assert len(answer.json()["results"]) == expected


# --- remembered columns -----------------------------------------------------------------------------------------------
@pytest.fixture
def mappings(tree):
    """Decisions about a roster's header in both counties, and about units in county A."""
    for organization, kind, signature in ((tree.county_a, "roster", "a"), (tree.county_b, "roster", "b"), (tree.county_a, "units", "c")):  # fmt: skip
        ColumnMapping.objects.create(
            organization=organization, kind=kind, signature=signature * 64, headers={"M": "学历"},
            columns={"M": "service_both"}, decided_by_name="李书航",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("persona", "signatures"),
    [
        ("cadre_section", "a"),  # imports rosters, not units
        ("assessment_office", "c"),
        ("other_county_office", ""),  # of county B: units alone
        ("auditor", "cba"),
    ],
)
def test_columns_are_seen_by_who_imports_that_kind_there_and_by_auditors(mappings, personas, persona, signatures):
    answer = key_client_of(personas[persona]).get(reverse("v1:import-columns"))
    assert [row["signature"] for row in answer.json()["results"]] == [sign * 64 for sign in signatures]


def test_a_decision_about_columns_is_told_in_full_and_only_read(mappings, cadre_section):
    client = key_client_of(cadre_section)
    (row,) = client.get(reverse("v1:import-columns")).json()["results"]
    assert row.pop("decided_at")
    assert row == {
        "kind": "roster", "jurisdiction": "A", "signature": "a" * 64, "headers": {"M": "学历"},
        "columns": {"M": "service_both"}, "decided_by": "李书航",
    }  # fmt: skip
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(reverse("v1:import-columns")).status_code == 405


@pytest.mark.parametrize(
    ("query", "expected"), [({"kind": "units"}, 1), ({"jurisdiction": "B"}, 1), ({"signature": "A" * 64}, 1), ({}, 3)]
)
def test_decisions_about_columns_are_filtered(mappings, auditor, query, expected):
    assert len(key_client_of(auditor).get(reverse("v1:import-columns"), query).json()["results"]) == expected


def test_a_filter_that_does_not_exist_is_refused(mappings, auditor):
    assert key_client_of(auditor).get(reverse("v1:import-columns"), {"kin": "units"}).status_code == 400


def test_more_decisions_ask_no_more_of_the_database(mappings, auditor, tree):
    client = key_client_of(auditor)
    ask = partial(client.get, reverse("v1:import-columns"))
    ask()
    with assert_query_baseline("remembered columns by API"):
        ask()
    ColumnMapping.objects.bulk_create(
        ColumnMapping(organization=tree.county_a, kind="roster", signature=f"{number:064}", decided_by_name="x")
        for number in range(40)
    )
    with assert_query_baseline("remembered columns by API"):
        ask()
