"""Pages and API of collecting figures."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from assessments.models import Collection
from assessments.services.collection_office import object_to
from foundation.casework.models import Notice
from tests.support.people import api_client_of, client_of, make_persona

from .collecting import late, place, score

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


def page(name, case, *more):
    return reverse(f"assessments:{name}", args=[case.case_no, *more])


def name_of(assessed, unit, leaf="E1"):
    return "{}-{}".format(*place(assessed, unit, leaf))


def test_who_belongs_to_one_county_is_led_to_its_board(collection, unit_liaison):
    answer = client_of(unit_liaison).get(reverse("assessments:collection-list"))
    assert answer.url == reverse("assessments:collection-board", args=["A", 2024])


def test_a_department_sees_its_own_row_only(collection, unit_liaison, assessment_office):
    address = reverse("assessments:collection-board", args=["A", 2024])
    other = Collection.objects.exclude(pk=collection.pk).get()
    assert other.case_no not in client_of(unit_liaison).get(address).content.decode()
    shown = client_of(assessment_office).get(address).content.decode()
    assert other.case_no in shown
    assert collection.case_no in shown


def test_an_empty_board_says_to_each_what_it_means(assessed, assessment_office, unit_liaison):
    """Who is asked for nothing has nothing to submit; the office learns that it has asked nobody."""
    address = reverse("assessments:collection-board", args=["A", 2024])
    told = [
        client_of(user).get(address, headers={"accept-language": "en"}).content.decode()
        for user in (assessment_office, unit_liaison)
    ]
    assert ["No department was asked yet" in page for page in told] == [True, False]
    assert ["Nothing to submit" in page for page in told] == [False, True]


def test_the_board_narrows_to_what_is_late(collection, assessment_office):
    late(collection)
    address = reverse("assessments:collection-board", args=["A", 2024])
    rows = client_of(assessment_office).get(address, {"state": "overdue"}).context["rows"]
    assert [row.case.pk for row in rows] == [collection.pk]
    assert len(client_of(assessment_office).get(address, {"state": "nonsense"}).context["rows"]) == 2


def test_the_office_opens_a_year_from_the_board(assessed, assessment_office):
    address = reverse("assessments:collection-open", args=["A", 2024])
    answer = client_of(assessment_office).post(address, {"due_on": "2020-01-01", "reason": "通知1号"})
    assert answer.status_code == 422
    assert "通知1号" in answer.content.decode()
    day = timezone.localdate() + timedelta(days=30)
    assert client_of(assessment_office).post(address, {"due_on": str(day)}).status_code == 302
    assert {case.due_on for case in Collection.objects.all()} == {day}


def test_entering_figures_is_offered_to_those_only_who_may(
    collection, unit_liaison, assessment_office, department_leader
):
    button = f'href="{page("collection-figures", collection)}"'
    offered = {
        user.username: button in client_of(user).get(page("collection", collection)).content.decode()
        for user in (unit_liaison, assessment_office, department_leader)
    }
    assert offered == {unit_liaison.username: True, assessment_office.username: True, department_leader.username: False}


def test_a_grid_without_script_is_typed_and_saved(collection, assessed, unit_liaison):
    client, address = client_of(unit_liaison), page("collection-figures", collection)
    shown = client.get(address)
    seen = shown.context["grid"].seen
    gul, sha = name_of(assessed, "A-GUL"), name_of(assessed, "A-SHA")
    sent = {"seen": seen, f"f-{gul}": "81", f"t-{gul}": "100", f"f-{sha}": "60", f"t-{sha}": "100"}
    assert client.post(address, sent).url == address
    assert score(assessed, "A-GUL").figure == 81


def test_a_refused_grid_comes_back_with_everything_typed(collection, assessed, unit_liaison):
    client, address = client_of(unit_liaison), page("collection-figures", collection)
    gul, sha = name_of(assessed, "A-GUL"), name_of(assessed, "A-SHA")
    seen = client.get(address).context["grid"].seen
    sent = {"seen": seen, f"f-{gul}": "约八十", f"t-{gul}": "1,00", f"f-{sha}": "61.25", f"t-{sha}": "100"}
    answer = client.post(address, sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert all(f'value="{typed}"' in text for typed in ("约八十", "1,00", "61.25"))
    assert text.count('aria-invalid="true"') == 2
    assert score(assessed, "A-SHA").figure == 60


def test_readings_are_listed_after_saving(collection, assessed, unit_liaison):
    client, address = client_of(unit_liaison), page("collection-figures", collection)
    gul = name_of(assessed, "A-GUL")
    answer = client.post(address, {"seen": "{}", f"f-{gul}": "１，０８１．５", f"t-{gul}": "100"})
    assert answer.status_code == 200
    assert "１，０８１．５" in answer.content.decode()
    assert {reading.value for _about, reading in answer.context["readings"]} == {"1081.5"}


def test_the_second_editor_is_shown_three_values_and_decides_on_the_page(collection, assessed, unit_liaison):
    first, second = client_of(unit_liaison), client_of(unit_liaison)
    address, sha = page("collection-figures", collection), name_of(assessed, "A-SHA")
    seen = first.get(address).context["grid"].seen
    assert first.post(address, {"seen": seen, f"f-{sha}": "66", f"t-{sha}": "100"}).status_code == 302
    refused = second.post(address, {"seen": seen, f"f-{sha}": "61", f"t-{sha}": "100"})
    (conflict,) = refused.context["grid"].conflicts
    assert (conflict.old.figure, conflict.theirs.figure, conflict.mine.figure) == ("60", "66", "61")
    assert 'value="61"' in refused.content.decode()
    mine = {f"d-{sha}": f"mine:{conflict.theirs.version}", f"f-{sha}": "61", f"t-{sha}": "100"}
    assert second.post(address, {"seen": refused.context["grid"].seen, **mine}).status_code == 302
    assert score(assessed, "A-SHA").figure == 61


def test_a_deadline_that_passes_while_somebody_types_loses_nothing(collection, assessed, unit_liaison):
    late(collection)
    gul = name_of(assessed, "A-GUL")
    answer = client_of(unit_liaison).post(
        page("collection-figures", collection), {f"f-{gul}": "81.75", f"t-{gul}": "100"}
    )
    assert answer.status_code == 422
    assert 'value="81.75"' in answer.content.decode()


def test_a_broken_memory_of_the_page_overwrites_nothing(collection, assessed, unit_liaison):
    sha = name_of(assessed, "A-SHA")
    for seen in ("nonsense", "[1]", '{"x": 1}'):
        sent = {"seen": seen, f"f-{sha}": "61", f"t-{sha}": "100"}
        answer = client_of(unit_liaison).post(page("collection-figures", collection), sent)
        assert (answer.status_code, len(answer.context["grid"].conflicts)) == (422, 1)


def test_steps_release_and_reminder_from_the_pages(collection, assessed, unit_liaison, assessment_office):
    office, liaison = client_of(assessment_office), client_of(unit_liaison)
    assert office.post(page("collection-remind", collection)).status_code == 302
    assert Notice.objects.filter(message="assessments.collection.remind").exists()
    day = collection.due_on + timedelta(days=5)
    assert office.post(page("collection-release", collection), {"until": str(day), "reason": "x"}).status_code == 302
    collection.refresh_from_db()
    assert collection.released_until == day
    refused = liaison.post(page("collection-step", collection), {"step": "submit", "version": collection.version})
    assert refused.status_code == 422
    gul = name_of(assessed, "A-GUL")
    liaison.post(page("collection-figures", collection), {f"f-{gul}": "81", f"t-{gul}": "100"})
    sent = {"step": "submit", "version": collection.version}
    assert liaison.post(page("collection-step", collection), sent).status_code == 302


def test_a_figure_shows_its_remarks_to_the_department(submitted, assessed, unit_liaison, assessment_office):
    address = page("collection-remark", submitted, "A-GUL", "E1")
    assert client_of(assessment_office).post(address, {"text": "请附决算表"}).status_code == 302
    shown = client_of(unit_liaison).get(page("collection-figure", submitted, "A-GUL", "E1")).content.decode()
    assert "请附决算表" in shown
    assert client_of(unit_liaison).get(page("collection-figure", submitted, "A-GUL", "E2")).status_code == 404


@pytest.mark.parametrize("name", ["collection", "collection-figures"])
def test_the_pages_of_a_submission_stand_in_both_languages(submitted, assessed, assessment_office, name):
    where = {"unit": assessed.units["A-GUL"], "indicator": assessed.indicators["E1"]}
    object_to(actor=assessment_office, collection=submitted, text="意见", **where)
    client = client_of(assessment_office)
    for language in ("zh-hans", "en"):
        with override(language):
            answer = client.get(page(name, submitted), headers={"accept-language": language})
        assert answer.status_code == 200
        assert "意见" in answer.content.decode()


def test_programs_list_submissions_and_submit(collection, assessed, unit_liaison, assessment_office, tree):
    api = api_client_of(unit_liaison)
    (row,) = api.get(reverse("v1:collection-list"), {"year": 2024}).data["results"]
    assert (row["case_no"], row["status"], row["department"]) == (collection.case_no, "filling", "A-FIN")
    figures = reverse("v1:collection-figures", args=[collection.case_no])
    cells = {cell["unit"]: cell for cell in api.get(figures).data["results"]}
    assert (cells["A-GUL"]["is_gap"], cells["A-SHA"]["figure"]) == (True, "60")
    order = [
        {"unit": "A-GUL", "indicator": "E1", "figure": "8,100", "target": "100", "version": cells["A-GUL"]["version"]},
        {"unit": "A-SHA", "indicator": "E1", "figure": "61", "target": "100", "version": "0" * 16},
    ]
    answer = api.post(figures, {"figures": order})
    assert (answer.status_code, answer.data["code"]) == (412, "FIGURE_CHANGED")
    order[1]["version"] = cells["A-SHA"]["version"]
    answer = api.post(figures, {"figures": order})
    assert (answer.data["created"], answer.data["changed"]) == (1, 1)
    assert answer.data["readings"][0]["raw"] == "8,100"
    bad = api.post(figures, {"figures": [{"unit": "A-SHA", "indicator": "E1", "figure": "x"}]})
    assert (bad.status_code, bad.data["code"]) == (400, "CELLS_REFUSED")
    detail = api.get(reverse("v1:collection", args=[collection.case_no]))
    assert (detail.data["expected"], detail.data["filled"]) == (4, 4)
    steps = reverse("v1:collection-steps", args=[collection.case_no])
    assert (
        api.post(steps, {"step": "submit"}, headers={"if-match": detail.headers["ETag"]}).data["status"] == "submitted"
    )
    answer = api_client_of(assessment_office).post(steps, {"step": "send_back", "reason": "请核对", "version": 2})
    assert answer.data["status"] == "returned"
    other = api_client_of(make_persona("unit_liaison", tree.health))
    assert other.get(figures).status_code == 404
