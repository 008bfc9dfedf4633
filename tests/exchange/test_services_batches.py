"""A batch from file to data: staged by its bytes, applied as a whole, taken back exactly."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from assessments.models import Cycle, Indicator, Scheme, Score
from assessments.services.publishing import reopen
from foundation.audit.models import Entry
from foundation.common.actors import SystemActor
from foundation.common.results import DomainError
from foundation.exchange import kinds
from foundation.exchange.models import BatchStatus, ImportBatch, ImportChange, ImportRow
from foundation.exchange.services.batches import apply, stage, undo
from foundation.organizations.models import Organization, OrganizationName, Post, UnitCategory
from officials.models import Official, PostHolding
from tests.factories.county import make_small_county
from tests.support.people import make_persona

from .files import INDICATORS, SCHEME, TWO_POSTS, TWO_UNITS, score_book, state, units

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
ACTOR = SystemActor("test")


@pytest.fixture
def take(tree):
    """Stage a file of county A."""

    def taken(kind, data, actor=ACTOR, year=None, name="file.csv"):
        return stage(actor=actor, kind_code=kind, data=data, file_name=name, organization=tree.county_a, year=year)

    return taken


@pytest.fixture
def put(take):
    """Stage and apply a file of county A."""

    def applied(*args, **more):
        return apply(take(*args, **more), actor=ACTOR)

    return applied


def refused(act, code):
    """The act is refused with this code and leaves everything as it was."""
    before = state()
    with pytest.raises(DomainError) as caught:
        act()
    assert caught.value.code == code, caught.value
    assert state() == before
    return caught.value


# --- stage ------------------------------------------------------------------------------------------------------------
def test_staging_writes_no_data(take):
    before = state(data_only=True)
    batch = take("units", TWO_UNITS)
    assert state(data_only=True) == before
    assert (batch.status, batch.counts["rows"], batch.counts["errors"]) == (BatchStatus.STAGED, 2, 0)
    assert [row.key for row in batch.rows.order_by("position")] == ["A-W1", "A-W2"]
    entry = Entry.objects.get(action="exchange.import.staged")
    assert (entry.target_no, entry.data["sha256"]) == (batch.number, batch.sha256)


def test_the_same_bytes_are_the_same_batch(take):
    first, again = take("units", TWO_UNITS), take("units", TWO_UNITS, name="renamed.csv")
    assert (first.pk, ImportBatch.objects.count(), ImportRow.objects.count()) == (again.pk, 1, 2)
    assert take("units", TWO_UNITS + b"\n").pk != first.pk


def test_an_applied_batch_is_handed_back_as_it_is(take, put):
    done = put("units", TWO_UNITS)
    before = state()
    again = take("units", TWO_UNITS)
    assert (again.pk, again.status) == (done.pk, BatchStatus.APPLIED)
    assert state() == before


def test_after_an_undo_the_same_bytes_begin_a_new_batch(take, put):
    first = put("units", TWO_UNITS)
    undo(first, actor=ACTOR, reason="重来")
    second = take("units", TWO_UNITS)
    assert (second.pk != first.pk, second.generation) == (True, 2)
    assert apply(second, actor=ACTOR).counts["created"] == first.counts["created"]


def test_the_same_file_for_two_years_is_two_batches(tree, take):
    book = score_book(make_small_county(tree.county_a, units=[tree.finance], years=(2024, 2025)))
    assert take("scores", book, year=2024, name="a.xlsx").pk != take("scores", book, year=2025, name="a.xlsx").pk


def test_every_error_is_kept_and_nothing_of_the_file_is_applied(take):
    batch = take(
        "units",
        units(
            "A-W1,,水利局,department,A,,,GENERAL",
            "A-W2,林业局,林业局,farm,A,,x,GENERAL",
            "A-W3,好局,,department,A,,,GENERAL",
        ),
    )
    assert batch.counts["errors"] >= 3
    assert batch.rows.filter(has_error=True).count() == 2
    refused(lambda: apply(batch, actor=ACTOR), "IMPORT_HAS_ERRORS")


def test_a_file_that_cannot_be_read_leaves_nothing(take):
    assert refused(lambda: take("scores", b"no workbook", year=2024, name="a.xlsx"), "FILE_REFUSED").status == 400
    assert not ImportBatch.objects.exists()


def test_a_workbook_needs_its_year(take):
    refused(lambda: take("scores", b"x", name="a.xlsx"), "IMPORT_NEEDS_YEAR")


def test_an_unknown_kind_is_refused(take):
    refused(lambda: take("wishes", b"x"), "IMPORT_UNKNOWN_KIND")


def test_only_who_may_import_here_may_stage(take, personas):
    may = set()
    for name, user in personas.items():
        try:
            take("units", TWO_UNITS, actor=user)
        except PermissionDenied:
            continue
        may.add(name)
    assert may == {"assessment_office"}


# --- apply ------------------------------------------------------------------------------------------------------------
def test_applying_writes_rows_history_changes_and_one_entry(put, tree):
    batch = put("units", TWO_UNITS)
    water = Organization.objects.get(code="A-W1")
    assert (water.parent, water.jurisdiction, water.staffing) == (tree.county_a, tree.county_a, 20)
    assert water.path.startswith(tree.county_a.path)
    assert UnitCategory.objects.get(organization=water).category == "GENERAL"
    assert OrganizationName.objects.get(organization=water).name == "甲县水利局"
    assert batch.counts["created"] == ImportChange.objects.filter(batch=batch).count() == 6
    assert water.row_events.get().pgh_label == "insert"
    entry = Entry.objects.get(action="exchange.import.applied")
    assert entry.data["counts"] == {"created": 6, "updated": 0, "unchanged": 0}
    assert (batch.status, batch.applied_by_name) == (BatchStatus.APPLIED, "test")


def test_applied_twice_is_applied_once(put):
    batch = put("units", TWO_UNITS)
    before = state()
    assert apply(batch, actor=ACTOR).pk == batch.pk
    assert state() == before


def test_what_is_as_it_was_is_not_written(put):
    put("units", TWO_UNITS)
    changed = put("units", TWO_UNITS.replace(b",20,", b",21,"))
    assert changed.counts["created"] == 0
    assert changed.counts["updated"] == 1
    assert [event.pgh_label for event in Organization.objects.get(code="A-W2").row_events.all()] == ["insert"]
    change = ImportChange.objects.get(batch=changed)
    assert (change.before["staffing"], change.after["staffing"]) == (20, 21)


def test_an_undone_batch_is_not_applied_again(put):
    batch = put("units", TWO_UNITS)
    undo(batch, actor=ACTOR, reason="x")
    refused(lambda: apply(batch, actor=ACTOR), "IMPORT_UNDONE")


def test_who_lost_the_right_after_the_preview_applies_nothing(take, tree):
    batch = take("units", TWO_UNITS, actor=make_persona("assessment_office", tree.county_a))
    for user in (make_persona("assessment_office", tree.county_b), make_persona("unit_liaison", tree.county_a)):
        with pytest.raises(PermissionDenied):
            apply(batch, actor=user)
    assert not Organization.objects.filter(code="A-W1").exists()


def test_a_file_does_not_reach_into_another_county(take):
    taken = take("units", units("B-FIN,抢来的局,,department,A,,,GENERAL"))
    refused(lambda: apply(taken, actor=ACTOR), "CODE_ELSEWHERE")
    root = take("units", units("B,乙县,,jurisdiction,,,,"))
    assert refused(lambda: apply(root, actor=ACTOR), "FOREIGN_ROOT" if not root.has_errors else "IMPORT_HAS_ERRORS")


def test_an_import_moves_no_unit(take, tree):
    batch = take("units", units("A-FIN-1,预算股,,section,A-HEA,,,"))
    refused(lambda: apply(batch, actor=ACTOR), "UNIT_MOVED")


# --- undo -------------------------------------------------------------------------------------------------------------
def test_undo_restores_every_row_and_value(put, tree):
    tree.health.staffing, tree.health.name = 9, "甲县卫生健康局"
    tree.health.save()
    chain = [
        ("units", TWO_UNITS),
        ("posts", TWO_POSTS),
        ("schemes", SCHEME),
        ("indicators", INDICATORS),
        ("units", units("A-HEA,甲县卫健局,卫健局,department,A,1999-01-01,30,GENERAL")),
        ("posts", TWO_POSTS.replace("调出".encode(), "退休".encode())),
        ("indicators", INDICATORS.replace(b",60,", b",55.5,").replace(b",40,", b",44.5,")),
    ]
    states, batches = [], []
    for kind, data in chain:
        states.append(state(data_only=True))
        batches.append(put(kind, data))
    assert Official.objects.count() == 2
    assert Organization.objects.get(code="A-HEA").short_name == "卫健局"
    for before, batch in zip(reversed(states), reversed(batches), strict=True):
        assert state(data_only=True) != before
        done = undo(batch, actor=ACTOR, reason="试录")
        assert state(data_only=True) == before, batch.kind
        assert done.status == BatchStatus.UNDONE


def test_undo_is_an_act_with_reason_and_entry(put):
    batch = put("units", TWO_UNITS)
    refused(lambda: undo(batch, actor=ACTOR, reason="  "), "REASON_MISSING")
    done = undo(batch, actor=ACTOR, reason="录错年份")
    entry = Entry.objects.get(action="exchange.import.undone")
    assert (entry.reason, done.undo_reason, done.undone_by_name) == ("录错年份", "录错年份", "test")
    assert entry.data["counts"] == {"removed": 6, "restored": 0}


def test_only_an_applied_batch_is_undone(take, put):
    staged = take("units", TWO_UNITS)
    refused(lambda: undo(staged, actor=ACTOR, reason="x"), "IMPORT_NOT_APPLIED")
    done = apply(staged, actor=ACTOR)
    undo(done, actor=ACTOR, reason="x")
    refused(lambda: undo(done, actor=ACTOR, reason="x"), "IMPORT_NOT_APPLIED")


def test_undo_needs_the_right_of_the_import(put, tree):
    batch = put("units", TWO_UNITS)
    with pytest.raises(PermissionDenied):
        undo(batch, actor=make_persona("assessment_office", tree.county_b), reason="x")


def test_rows_changed_afterwards_are_not_thrown_away(put):
    batch = put("units", TWO_UNITS)
    water = Organization.objects.get(code="A-W1")
    water.staffing = 99
    water.save()
    error = refused(lambda: undo(batch, actor=ACTOR, reason="x"), "IMPORT_CHANGED_SINCE")
    assert [(reason.code, reason.facts["pk"]) for reason in error.reasons] == [("IMPORT_ROW_CHANGED", water.pk)]


def test_rows_deleted_afterwards_are_noticed(put):
    batch = put("units", TWO_UNITS)
    OrganizationName.objects.get(organization__code="A-W1").delete()
    refused(lambda: undo(batch, actor=ACTOR, reason="x"), "IMPORT_CHANGED_SINCE")


def test_rows_that_others_rest_on_stay(put):
    first, second = put("units", TWO_UNITS), put("posts", TWO_POSTS)
    refused(lambda: undo(first, actor=ACTOR, reason="x"), "IMPORT_IN_USE")
    undo(second, actor=ACTOR, reason="x")
    undo(first, actor=ACTOR, reason="x")
    assert not Organization.objects.filter(code__startswith="A-W").exists()
    assert [model.objects.count() for model in (Post, PostHolding, Official)] == [0, 0, 0]


# --- the year's lock --------------------------------------------------------------------------------------------------
@pytest.fixture
def published(tree):
    """County A with 2024 published."""
    county = make_small_county(tree.county_a, units=[tree.health, tree.finance])
    county.published(2024)
    return county


@pytest.mark.parametrize("kind", ["scores", "schemes", "indicators", "units"])
def test_inputs_of_a_published_year_are_locked_until_it_is_opened(published, take, kind):
    data = {
        "scores": score_book(published),
        "schemes": SCHEME.replace(b",5,-10,", b",6,-10,"),
        "indicators": INDICATORS.replace(b"A-W1", b"A-D1").replace("水利局".encode(), "甲县第1局".encode()),
        "units": units("A-FIN,甲县财政局,财政局,department,A,,,ECONOMIC"),
    }[kind]
    batch = take(kind, data, year=2024 if kind == "scores" else None, name="a.xlsx" if kind == "scores" else "a.csv")
    assert not batch.has_errors
    error = refused(lambda: apply(batch, actor=ACTOR), "IMPORT_NOT_NOW")
    assert [(reason.code, reason.facts["year"]) for reason in error.reasons] == [("YEAR_LOCKED", 2024)]
    reopen(Cycle.objects.get(year=2024), actor=ACTOR, reason="申诉成立")
    if kind in ("schemes", "indicators"):  # what is issued changes by an amendment, also in a year under correction
        error = refused(lambda: apply(batch, actor=ACTOR), "IMPORT_NOT_NOW")
        assert [(reason.code, reason.facts["year"]) for reason in error.reasons] == [("SCHEME_ISSUED", 2024)]
        Scheme.objects.update(state="draft", issued_on=None)
    assert apply(batch, actor=ACTOR).counts["updated"] > 0


def test_an_import_of_a_published_year_is_not_undone(tree, put):
    county = make_small_county(tree.county_a, units=[tree.health, tree.finance])
    batch = put("scores", score_book(county, best=71), year=2024, name="a.xlsx")
    assert Score.objects.filter(figure=71).exists()
    county.published(2024)
    refused(lambda: undo(batch, actor=ACTOR, reason="x"), "IMPORT_NOT_NOW")


def test_other_things_of_a_unit_may_change_in_a_published_year(published, put):
    put("units", units("A-FIN,甲县财政局,财政局,department,A,,77,GENERAL"))
    assert Organization.objects.get(code="A-FIN").staffing == 77


# --- weights ----------------------------------------------------------------------------------------------------------
def test_indicators_without_a_scheme_get_the_rulebooks(put):
    put("units", TWO_UNITS)
    batch = put("indicators", INDICATORS)
    assert Scheme.objects.get().category == "GENERAL"
    undo(batch, actor=ACTOR, reason="x")
    assert not Scheme.objects.exists()


def test_a_file_that_leaves_indicators_over_is_refused(put, take):
    put("units", TWO_UNITS)
    put("schemes", SCHEME)
    put("indicators", INDICATORS)
    other = take("indicators", INDICATORS.replace(b",G2,", b",G3,"))
    refused(lambda: apply(other, actor=ACTOR), "INDICATORS_LEFT_OVER")
    assert set(Indicator.objects.values_list("code", flat=True)) == {"G1", "G2"}
    assert Scheme.objects.count() == 1


# --- kinds ------------------------------------------------------------------------------------------------------------
def test_a_guard_is_added_once_and_asked_for_its_own_kind(monkeypatch):
    monkeypatch.setattr(kinds, "_guards", {})
    asked = []
    guard = lambda batch: asked.append(batch) or []  # noqa: E731 - one guard, named by its variable
    kinds.add_guard("units", guard)
    kinds.add_guard("units", guard)
    assert kinds.standing_against(kinds.kind_for("units"), "batch") == []
    assert kinds.standing_against(kinds.kind_for("posts"), "batch") == []
    assert asked == ["batch"]


def test_kinds_come_in_the_order_in_which_a_county_is_set_up():
    order = [kind.code for kind in kinds.all_kinds()]
    assert order == [
        "units", "posts", "roster", "person_cards", "collection", "photos", "schemes", "indicators", "scheme_book", "scores", "tolerance_effects", "cycle",
    ]  # fmt: skip
    assert all(replace(kind).permission for kind in kinds.all_kinds())
