"""The entry grid: read as the importer reads, saved all or nothing, and nobody's figure is lost."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from assessments.models import Cycle, Indicator, Score
from assessments.services.figure_grid import CellEdit, GridRefused, save_grid
from assessments.services.scores import change_score
from foundation.audit.models import Entry
from foundation.casework.services.attachments import add
from foundation.common.results import DomainError
from foundation.organizations.models import Organization, UnitCategory
from tests.support.people import make_persona
from tests.support.queries import count_queries

from .collecting import place, score, seen, type_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
GUL, SHA = ("A-GUL", "E1"), ("A-SHA", "E1")


def refused(*args, **kwargs) -> GridRefused:
    with pytest.raises(GridRefused) as caught:
        type_in(*args, **kwargs)
    return caught.value


@pytest.mark.parametrize(
    ("typed", "figure", "why"),
    [
        ("12,345.5", "12345.5", True),
        ("１０３．５", "103.5", True),
        ("98.5%", "98.5", True),
        (" +7 ", "7", True),
        ("81", "81", False),
        ("−3", "-3", True),
    ],
)
def test_a_typed_figure_is_read_as_a_cell_of_a_workbook(collection, assessed, unit_liaison, typed, figure, why):
    saved = type_in(collection, unit_liaison, assessed, {GUL: (typed, "１００")})
    row = score(assessed, "A-GUL")
    assert (row.figure, row.target) == (Decimal(figure), 100)
    raws = [reading.raw for reading in saved.readings]
    assert (typed in raws) is why
    assert "１００" in raws


@pytest.mark.parametrize("typed", ["不适用：未承担该任务", "/（未承担该任务）", "／:未承担该任务"])
def test_not_applicable_with_its_reason_in_one_cell(collection, assessed, unit_liaison, typed):
    type_in(collection, unit_liaison, assessed, {SHA: (typed, "100")})
    row = score(assessed, "A-SHA")
    assert (row.is_applicable, row.figure, row.target, row.na_reason) == (False, None, None, "未承担该任务")
    assert seen(assessed, *SHA).figure == "不适用：未承担该任务"


def test_not_applicable_without_a_reason_is_refused_unless_one_is_given_for_all(collection, assessed, unit_liaison):
    error = refused(collection, unit_liaison, assessed, {SHA: ("/", "")})
    assert [fault.field for fault in error.faults] == ["figure"]
    type_in(collection, unit_liaison, assessed, {SHA: ("/", ""), GUL: ("不适用", "")}, na_reason="统一口径")
    assert {score(assessed, unit).na_reason for unit in ("A-SHA", "A-GUL")} == {"统一口径"}


def test_every_wrong_cell_is_named_and_nothing_is_saved(collection, assessed, unit_liaison):
    error = refused(collection, unit_liaison, assessed, {GUL: ("约80", "0"), SHA: ("61", "100")})
    assert {(fault.place, fault.field) for fault in error.faults} == {
        (place(assessed, *GUL), "figure"),
        (place(assessed, *GUL), "target"),
    }
    assert score(assessed, "A-SHA").figure == 60
    assert not Entry.objects.filter(action="assessments.figures.saved").exists()


def test_words_and_direct_scores_keep_their_bounds(assessed, collection, tree):
    health = collection.__class__.objects.get(organization=tree.health)
    liaison = make_persona("unit_liaison", tree.health)
    error = refused(health, liaison, assessed, {("A-GUL", "E2"): ("101", ""), ("A-GUL", "E3"): ("很好", "")})
    assert len(error.faults) == 2
    type_in(health, liaison, assessed, {("A-GUL", "E3"): ("优 ", "")})
    assert score(assessed, "A-GUL", "E3").word == "优"


def test_one_entry_for_all_cells(collection, assessed, unit_liaison):
    saved = type_in(collection, unit_liaison, assessed, {GUL: ("81", "100"), SHA: ("61", "100")})
    assert (saved.created, saved.changed) == (1, 1)
    entry = Entry.objects.get(action="assessments.figures.saved")
    assert (entry.data["created"], entry.data["changed"]) == (1, 1)
    assert type_in(collection, unit_liaison, assessed, {GUL: ("81.0", "100")}).changed == 0


def test_the_second_of_two_editors_sees_what_changed_and_decides(collection, assessed, unit_liaison, assessment_office):
    before = seen(assessed, *SHA)
    change_score(actor=assessment_office, score=score(assessed, "A-SHA"), reason="核对", figure=Decimal(66))
    where = place(assessed, *SHA)

    def save(decision="", figure="61"):
        edits = {where: CellEdit(figure, "100", before, decision)}
        return save_grid(actor=unit_liaison, collection=collection, edits=edits)

    with pytest.raises(GridRefused) as caught:
        save()
    (conflict,) = caught.value.conflicts
    assert caught.value.status == 412
    assert (conflict.old.figure, conflict.theirs.figure, conflict.mine.figure) == ("60", "66", "61")
    assert save(f"theirs:{conflict.theirs.version}").changed == 0
    assert score(assessed, "A-SHA").figure == 66
    with pytest.raises(GridRefused):
        save(f"mine:{before.version}")  # a decision about another state is none
    assert save(f"mine:{conflict.theirs.version}").changed == 1
    assert score(assessed, "A-SHA").figure == 61


def test_both_typing_the_same_is_no_conflict_and_an_untouched_cell_is_left_alone(
    collection, assessed, unit_liaison, assessment_office
):
    before = seen(assessed, *SHA)
    change_score(actor=assessment_office, score=score(assessed, "A-SHA"), reason="核对", figure=Decimal(66))
    where = place(assessed, *SHA)
    for edit in (CellEdit("66", "100", before), CellEdit(before.figure, before.target, before)):
        assert save_grid(actor=unit_liaison, collection=collection, edits={where: edit}).changed == 0
    assert score(assessed, "A-SHA").figure == 66


def test_the_office_corrects_with_a_reason_whatever_the_state(submitted, assessed, assessment_office, unit_liaison):
    cells = {SHA: ("61", "100")}
    with pytest.raises(DomainError, match="COLLECTION_SUBMITTED"):
        type_in(submitted, unit_liaison, assessed, cells)
    with pytest.raises(DomainError, match="REASON_MISSING"):
        type_in(submitted, assessment_office, assessed, cells)
    assert type_in(submitted, assessment_office, assessed, cells, reason="与决算核对").changed == 1


def test_others_save_nothing(collection, assessed, tree):
    for actor in (make_persona("unit_liaison", tree.health), make_persona("assessment_office", tree.county_b)):
        with pytest.raises(PermissionDenied):
            type_in(collection, actor, assessed, {SHA: ("61", "100")})


def test_a_published_year_and_a_foreign_cell_are_refused(run, collection, assessed, unit_liaison):
    with pytest.raises(DomainError, match="PART_UNKNOWN"):
        type_in(collection, unit_liaison, assessed, {("A-SHA", "E2"): ("61", "")})
    Cycle.objects.filter(pk=assessed.cycle.pk).update(status="published", published_run=run)
    with pytest.raises(DomainError, match="CYCLE_LOCKED"):
        type_in(collection, unit_liaison, assessed, {SHA: ("61", "100")})


def test_a_paper_belongs_to_one_figure_of_the_sheet(collection, unit_liaison):
    paper = ContentFile(b"%PDF-1.7", name="决算.pdf")
    assert add(actor=unit_liaison, case=collection, file=paper, part="A-GUL/E1").part == "A-GUL/E1"
    with pytest.raises(DomainError, match="PAPER_REFUSED"):
        add(actor=unit_liaison, case=collection, file=paper, part="A-GUL/E2")


def test_papers_end_with_the_submission(submitted, unit_liaison):
    with pytest.raises(DomainError, match="PAPER_REFUSED"):
        add(actor=unit_liaison, case=submitted, file=ContentFile(b"%PDF-1.7", name="a.pdf"))


def make_large(assessed, units, leaves):
    """So many units and indicators for the finance department."""
    county = assessed.tree.county_a
    rows = [
        Organization(
            code=f"U{n}", name=f"单位{n}", kind="department", parent=county, jurisdiction=county,
            path=f"{county.path}{500 + n:06d}", sort=500 + n,
        )
        for n in range(units - 4)
    ]  # fmt: skip
    Organization.objects.bulk_create(rows)
    UnitCategory.objects.bulk_create(UnitCategory(organization=u, year=2024, category="ECONOMIC") for u in rows)
    Indicator.objects.bulk_create(
        Indicator(
            scheme=assessed.scheme, code=f"X{n}", name=f"指标{n}", group="发展", weight=1, method="completion",
            responsible=assessed.tree.finance, sort=10 + n,
        )
        for n in range(leaves - 1)
    )  # fmt: skip


def whole_grid(assessed, figure):
    leaves = Indicator.objects.filter(responsible=assessed.tree.finance)
    units = Organization.objects.filter(categories__year=2024)
    return {(u.pk, leaf.pk): CellEdit(figure, "100") for u in units for leaf in leaves}


def test_70_units_and_30_indicators_are_saved_with_the_statements_of_one_cell(collection, assessed, unit_liaison):
    save_grid(actor=unit_liaison, collection=collection, edits=whole_grid(assessed, "2"))  # what a process remembers
    one = whole_grid(assessed, "1")
    few = count_queries(lambda: save_grid(actor=unit_liaison, collection=collection, edits=one))
    make_large(assessed, 70, 30)
    edits = whole_grid(assessed, "12,345")
    assert len(edits) == 2100
    many = count_queries(lambda: save_grid(actor=unit_liaison, collection=collection, edits=edits))
    assert many == few
    assert Score.objects.filter(figure=12345, target=100).count() == 2100
    edits = whole_grid(assessed, "12346")
    assert count_queries(lambda: save_grid(actor=unit_liaison, collection=collection, edits=edits)) == many
