"""Figures by API: who sees and who corrects them, with which checks, and what a correction leaves behind."""

import pytest
from django.urls import reverse

from assessments.models import Score
from assessments.services.publishing import publish
from foundation.audit.models import Entry
from foundation.common.actors import SystemActor

from ..support.people import api_client_of, key_client_of, make_persona
from ..support.scoped import ScopedApi
from .county import assess_year

pytestmark = pytest.mark.django_db


def address(unit="A-SHA", indicator="E1", cycle="A-2024"):
    return reverse("v1:score", args=[cycle, unit, indicator])


def correct(user, unit="A-SHA", indicator="E1", *, version=None, **values):
    """PATCH a figure as the user, on the version that stands."""
    client = key_client_of(user)
    seen = version or client.get(address(unit, indicator)).data.get("version", "none")
    return client.patch(address(unit, indicator), {"reason": "corrected notice", "version": seen, **values})


def stored(unit="A-SHA", indicator="E1"):
    return Score.objects.system().get(unit__code=unit, indicator__code=indicator)


class TestReading(ScopedApi):
    permission = "assessments.view_cycle"

    def prepare(self, tree):
        assess_year(tree, 2024)

    def own(self, tree):
        return address("A-FIN")

    def foreign(self, tree):
        return reverse("v1:score", args=["B-2024", "B-FIN", "E1"])


class TestCorrecting(TestReading):
    permission = "assessments.edit_score"
    method = "patch"
    payload = {"reason": "x", "figure": "5"}  # noqa: RUF012 - read only
    ok = (428,)  # without a version nobody corrects


def test_a_figure_is_shown_exactly_with_its_natural_keys(assessed, assessment_office):
    answer = key_client_of(assessment_office).get(address("A-GUL", "E2"))
    shown = answer.json()
    version = shown.pop("version")
    assert shown == {
        "cycle": "A-2024",
        "unit": "A-GUL",
        "unit_name": "古劳镇",
        "category": "ECONOMIC",
        "indicator": "E2",
        "indicator_name": "群众满意度",
        "method": "direct",
        "responsible": "A-HEA",
        "figure": "82.25",
        "word": "",
        "target": None,
        "is_applicable": True,
        "is_gap": False,
    }
    assert answer["ETag"] == f'"{version}"'


def test_the_office_sees_all_of_its_county_and_nothing_of_another(assessed, assessment_office, other_county_office):
    assert len(key_client_of(assessment_office).get(reverse("v1:score-list")).data["results"]) == 12
    assert key_client_of(other_county_office).get(reverse("v1:score-list")).data["results"] == []


def test_a_liaison_sees_the_own_units_figures_and_those_it_answers_for(assessed, unit_liaison):
    rows = key_client_of(unit_liaison).get(reverse("v1:score-list")).data["results"]
    assert {(row["unit"], row["indicator"]) for row in rows} == {
        ("A-FIN", "E1"), ("A-FIN", "E2"), ("A-FIN", "E3"),
        ("A-HEA", "E1"), ("A-GUL", "E1"), ("A-SHA", "E1"),
    }  # fmt: skip
    assert len({(row["unit"], row["indicator"]) for row in rows}) == len(rows)


def test_an_auditor_sees_every_figure(assessed, auditor):
    assert len(key_client_of(auditor).get(reverse("v1:score-list")).data["results"]) == 12


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"year": 2024}, 12),
        ({"year": 2023}, 0),
        ({"cycle": "A-2024", "unit": "A-FIN"}, 3),
        ({"indicator": "E3"}, 4),
        ({"category": "SOCIAL"}, 0),
        ({"responsible": "A-HEA", "unit": "A-SHA"}, 2),
        ({"gaps": "true"}, 2),
        ({"gaps": "false", "unit": "A-SHA"}, 1),
        ({"is_applicable": "false"}, 1),
    ],
)
def test_figures_are_filtered(assessed, assessment_office, query, expected):
    Score.objects.system().filter(unit__code="A-SHA", indicator__code="E1").update(target=None)
    Score.objects.system().filter(unit__code="A-SHA", indicator__code="E3").update(word="")
    Score.objects.system().filter(unit__code="A-FIN", indicator__code="E2").update(figure=None, is_applicable=False)
    rows = key_client_of(assessment_office).get(reverse("v1:score-list"), query).data["results"]
    assert len(rows) == expected


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"year": "last"}, "year"),
        ({"year": "99999999999999"}, "year"),
        ({"cycle": "2024"}, "cycle"),
        ({"limit": "0"}, "limit"),
        ({"limit": "501"}, "limit"),
        ({"cursor": "x"}, "cursor"),
        ({"cursor": "cD1hYmM="}, "cursor"),  # a position that is no number
        ({"yaer": "2024"}, "yaer"),
        ({"unit": "\0"}, "unit"),
    ],
)
def test_malformed_queries_name_the_field(assessed, assessment_office, query, field):
    answer = key_client_of(assessment_office).get(reverse("v1:score-list"), query)
    assert answer.status_code == 400
    assert list(answer.json()) == [field]


def test_a_correction_changes_the_figure_and_is_recorded(assessed, assessment_office):
    answer = correct(assessment_office, figure="61.0000000001")
    assert answer.status_code == 200
    assert answer.json()["figure"] == "61.0000000001"
    assert str(stored().figure) == "61.0000000001"
    entry = Entry.objects.get(action="assessments.figure.changed")
    assert entry.actor_id == assessment_office.pk
    assert entry.target_no == "A-2024/A-SHA/E1"
    assert entry.reason == "corrected notice"
    assert entry.org_path == assessed.units["A-SHA"].path
    assert (entry.data["before"]["figure"], entry.data["after"]["figure"]) == ("60", "61.0000000001")
    event = Score.pgh_event_models["update"].objects.get(pgh_obj=stored(), pgh_label="update")
    assert event.xact == entry.xact


def test_what_is_not_given_stays(assessed, assessment_office):
    assert correct(assessment_office, target="120").status_code == 200
    assert (stored().figure, stored().target) == (60, 120)


def test_the_same_values_change_and_record_nothing(assessed, assessment_office):
    assert correct(assessment_office, figure="60.00").status_code == 200
    assert not Entry.objects.filter(action="assessments.figure.changed").exists()


def test_a_figure_that_was_never_filled_in_can_be_given(assessed, assessment_office):
    stored().delete()
    client = key_client_of(assessment_office)
    empty = client.get(address())
    assert (empty.json()["figure"], empty.json()["is_gap"]) == (None, True)
    answer = client.patch(
        address(), {"figure": "70", "target": "100", "reason": "late"}, headers={"If-Match": empty["ETag"]}
    )
    assert answer.status_code == 200
    assert stored().figure == 70


def test_what_does_not_apply_loses_its_figure(assessed, assessment_office):
    assert correct(assessment_office, is_applicable=False).status_code == 200
    score = stored()
    assert (score.figure, score.target, score.is_applicable) == (None, None, False)


@pytest.mark.parametrize(
    ("indicator", "values", "code", "field"),
    [
        ("E2", {"figure": "100.01"}, "DIRECT_OUT_OF_RANGE", "figure"),
        ("E2", {"figure": "-1"}, "DIRECT_OUT_OF_RANGE", "figure"),
        ("E2", {"target": "5"}, "TARGET_NOT_USED", "target"),
        ("E2", {"word": "优"}, "FIGURE_EXPECTED", "word"),
        ("E1", {"target": "0"}, "TARGET_NOT_POSITIVE", "target"),
        ("E1", {"is_applicable": False, "figure": "3"}, "NOT_APPLICABLE_HAS_NONE", "figure"),
        ("E3", {"word": "很好"}, "UNKNOWN_GRADE", "word"),
        ("E3", {"figure": "90"}, "WORD_EXPECTED", "figure"),
    ],
)
def test_a_figure_must_fit_its_method(assessed, assessment_office, indicator, values, code, field):
    answer = correct(assessment_office, indicator=indicator, **values)
    assert answer.status_code == 400
    body = answer.json()
    assert body["code"] == "FIGURE_REFUSED"
    assert [(reason["code"], reason["facts"]["field"]) for reason in body["reasons"]] == [(code, field)]
    assert not Entry.objects.filter(action="assessments.figure.changed").exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"figure": "ten"}, "figure"),
        ({"figure": "1.12345678901"}, "figure"),
        ({"figure": "NaN"}, "figure"),
        ({"figure": "1e400"}, "figure"),
        ({"is_applicable": "perhaps"}, "is_applicable"),
        ({"reason": ""}, "reason"),
        ({"figure": "1", "reason": "\0"}, "reason"),
    ],
)
def test_malformed_values_name_the_field(assessed, assessment_office, values, field):
    answer = correct(assessment_office, **values)
    assert answer.status_code == 400
    assert field in answer.json()


def test_a_correction_of_nothing_is_refused(assessed, assessment_office):
    assert correct(assessment_office).status_code == 400


def test_forms_are_not_read(assessed, assessment_office):
    answer = key_client_of(assessment_office).patch(address(), {"figure": "1", "reason": "x"}, format="multipart")
    assert answer.status_code == 415


def test_the_second_of_two_editors_is_told_what_stands_now(assessed, assessment_office):
    seen = key_client_of(assessment_office).get(address()).json()["version"]
    assert correct(assessment_office, version=seen, figure="61").status_code == 200
    answer = correct(assessment_office, version=seen, figure="62")
    assert answer.status_code == 412
    assert answer.json()["reasons"][0]["facts"]["figure"] == "61"
    assert stored().figure == 61


def test_a_liaison_corrects_what_the_own_unit_answers_for(assessed, unit_liaison):
    assert correct(unit_liaison, "A-SHA", "E1", figure="65").status_code == 200
    assert stored().figure == 65


def test_a_liaison_does_not_touch_the_own_units_other_figures(assessed, unit_liaison):
    answer = correct(unit_liaison, "A-FIN", "E2", figure="100")
    assert answer.status_code == 403
    assert stored("A-FIN", "E2").figure == 98


@pytest.mark.parametrize(("unit", "indicator"), [("A-SHA", "E2"), ("A-SHA", "E9"), ("A-FIN-1", "E1"), ("nobody", "E1")])
def test_a_liaison_does_not_find_other_figures(assessed, unit_liaison, unit, indicator):
    assert correct(unit_liaison, unit, indicator, figure="1").status_code == 404


def test_who_only_reads_is_refused(assessed, cadre_section):
    assert correct(cadre_section, figure="1").status_code == 403


def test_a_key_without_the_right_to_edit_is_refused(assessed, assessment_office):
    client = key_client_of(assessment_office, "assessments.view_cycle")
    assert client.get(address()).status_code == 200
    assert client.patch(address(), {"figure": "1", "reason": "x", "version": "y"}).status_code == 403


def test_a_published_year_is_locked(run, assessment_office):
    publish(run, actor=SystemActor("test"))
    answer = correct(assessment_office, figure="1")
    assert answer.status_code == 409
    assert answer.json()["code"] == "CYCLE_LOCKED"
    assert stored().figure == 60


def test_a_session_needs_the_form_token(assessed, assessment_office):
    client = api_client_of(assessment_office)
    client.handler.enforce_csrf_checks = True
    answer = client.patch(address(), {"figure": "1", "reason": "x", "version": "y"})
    assert answer.status_code == 403
    assert "CSRF" in answer.json()["detail"]


def test_other_counties_office_finds_nothing(assessed, other_county_office):
    assert correct(other_county_office, figure="1").status_code == 404


def test_a_liaison_of_two_units_of_two_counties_sees_both(assessed, tree):
    liaison = make_persona("unit_liaison", tree.health)
    rows = key_client_of(liaison).get(reverse("v1:score-list"), {"unit": "A-SHA"}).data["results"]
    assert {row["indicator"] for row in rows} == {"E2", "E3"}
