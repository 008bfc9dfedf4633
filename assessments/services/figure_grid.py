"""Saving the entry grid: all cells of a department's submission at once, all or nothing, with one audit entry.

The number of statements does not depend on the number of cells. A cell that somebody else changed since it was shown is
never overwritten in silence: the second editor sees the old, the other's and the own value and decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.decimals import plain
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require
from foundation.exchange.messages import text as finding_text
from foundation.exchange.messages import why

from ..imports.figures import NOT_APPLICABLE
from ..imports.lookups import IndicatorFacts
from ..imports.typed_cells import TypedCell, read_typed
from ..models import Collection, Cycle, Score
from ..rules.figures import Entered, check_figure
from ..selectors.collections import Sheet, sheet_of
from .figure_guards import EDIT, is_office, stands_against
from .parameters import parameters_for
from .scores import FAULT_TEXTS, version_of, version_of_score

Key = tuple[int, int]
EMPTY = version_of(None, "", None, True)
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Shown:
    """What the editor saw in a cell: the texts (None: a program that names the version alone), and the fingerprint of
    the figure behind them."""

    figure: str | None = ""
    target: str = ""
    version: str = EMPTY


@dataclass(frozen=True)
class CellEdit:
    """A cell as it comes back: what was typed, what had been shown, and the decision after a conflict (`mine:VERSION`).

    A target of None stays as it is: programs that send a figure alone do not take the target away.
    """

    figure: str
    target: str | None = ""
    shown: Shown | None = None
    decision: str = ""

    @property
    def is_touched(self) -> bool:
        """Is something else typed than was shown? Programs show nothing, so all they send counts."""
        return self.shown is None or (self.figure.strip(), (self.target or "").strip()) != (
            self.shown.figure,
            self.shown.target,
        )


@dataclass(frozen=True)
class CellFault:
    """What is wrong in which field (`figure`, `target`) of which cell."""

    place: Key
    field: str
    value: str
    text: str


@dataclass(frozen=True)
class CellConflict:
    """A cell that two people changed: what this editor had seen, what stands there now, what was typed."""

    place: Key
    old: Shown
    theirs: Shown
    mine: Shown


@dataclass(frozen=True)
class CellReading:
    """A cell that was not taken letter by letter."""

    place: Key
    raw: str
    value: str
    why: str


class GridRefused(DomainError):
    """Nothing was saved: faults and conflicts by cell; everything typed is still with the caller.

    `codes` name the unit and the indicator of each place; the reasons tell programs which cell is meant.
    """

    def __init__(
        self, faults: Sequence[CellFault], conflicts: Sequence[CellConflict], codes: Mapping[Key, Mapping[str, str]]
    ):
        reasons = [
            Reason("CELL_REFUSED", {**codes[one.place], "field": one.field, "value": one.value}, text=one.text)
            for one in faults
        ]
        reasons += [
            Reason(
                "FIGURE_CHANGED",
                {
                    **codes[one.place],
                    "now": one.theirs.figure,
                    "now_target": one.theirs.target,
                    "version": one.theirs.version,
                },
                text=_CHANGED,
            )
            for one in conflicts
        ]
        only_conflicts = conflicts and not faults
        text = _CHANGED if only_conflicts else _("Nothing was saved yet: correct the marked cells, then save again.")
        code = "FIGURE_CHANGED" if only_conflicts else "CELLS_REFUSED"
        super().__init__(code, text, reasons, status=412 if only_conflicts else 400)
        self.faults, self.conflicts = tuple(faults), tuple(conflicts)


_CHANGED = _("Somebody changed cells while you were typing. Compare and decide for each of them; nothing was lost.")


@dataclass(frozen=True)
class Saved:
    """What a save did."""

    created: int
    changed: int
    readings: tuple[CellReading, ...]


def shown_of(score: Score | None) -> Shown:
    """A stored figure as the grid shows it."""
    if score is None:
        return Shown()
    if not score.is_applicable:
        return Shown(
            f"{NOT_APPLICABLE}：{score.na_reason}" if score.na_reason else NOT_APPLICABLE, "", version_of_score(score)
        )
    figure = score.word or ("" if score.figure is None else plain(score.figure))
    return Shown(figure, "" if score.target is None else plain(score.target), version_of_score(score))


@transaction.atomic
def save_grid(
    *, actor, collection: Collection, edits: Mapping[Key, CellEdit], na_reason: str = "", reason: str = ""
) -> Saved:
    """Save the cells of a submission by (unit, indicator) and return what changed.

    `na_reason` stands for every cell newly marked 不适用 without a reason of its own; `reason` is needed from the office.
    Raises PermissionDenied for who is neither the department nor the office; DomainError when the year is published, the
    submission is not with the department or overdue, or the reason is missing; GridRefused with everything wrong by cell.
    """
    cycle = (
        Cycle.objects.system()
        .select_for_update(of=("self",))
        .select_related("jurisdiction")
        .get(pk=collection.cycle_id)
    )
    rows = Collection.objects.system().select_for_update(of=("self",)).select_related("organization")
    case = rows.get(pk=collection.pk)
    case.cycle = cycle
    require(actor, EDIT, case.organization.path)
    _refuse_closed(actor, case, reason)
    sheet = sheet_of(case, lock=True)
    unknown = set(edits) - {(unit.pk, leaf.pk) for unit, leaf in sheet.places()}
    if unknown:
        raise DomainError("PART_UNKNOWN", _("This submission has no such figure."), status=400)
    grid = _Grid(sheet, na_reason.strip(), tuple(parameters_for(cycle.year, cycle.jurisdiction.code).grade_table))
    for place, edit in edits.items():
        if edit.is_touched:
            grid.take(place, edit)
    if grid.faults or grid.conflicts:
        codes = {(unit.pk, leaf.pk): {"unit": unit.code, "indicator": leaf.code} for unit, leaf in sheet.places()}
        raise GridRefused(grid.faults, grid.conflicts, codes)
    saved = Saved(grid.created, len(grid.changes) - grid.created, tuple(grid.readings))
    if not grid.changes:
        return saved
    Score.objects.bulk_create(
        grid.changes,
        update_conflicts=True,
        unique_fields=["cycle", "unit", "indicator"],
        update_fields=["figure", "word", "target", "is_applicable", "na_reason"],
    )
    record(
        actor=actor,
        action="assessments.figures.saved",
        target_kind="assessments.collection",
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=case.organization.path,
        reason=reason.strip(),
        data={
            "created": saved.created,
            "changed": saved.changed,
            "not_applicable": sum(not score.is_applicable for score in grid.changes),
            "readings": len(saved.readings),
            "overruled": grid.overruled,
        },
    )
    return saved


def _refuse_closed(actor, case: Collection, reason: str):
    if case.cycle.is_locked:
        raise DomainError("CYCLE_LOCKED", _("This year is published. Open it for correction with a reason first."))
    if is_office(actor, case.cycle):
        if not reason.strip():
            raise DomainError("REASON_MISSING", _("Say why the figure is changed: it stays in the record."), status=400)
        return
    error = stands_against(case)
    if error:
        raise error


class _Grid:
    """The cells of one save: read, judged and compared with what stands there."""

    def __init__(self, sheet: Sheet, na_reason: str, words: tuple[str, ...]):
        self.sheet, self.na_reason, self.words = sheet, na_reason, words
        self.leaves = {leaf.pk: leaf for block in sheet.blocks for leaf in block.leaves}
        self.faults: list[CellFault] = []
        self.conflicts: list[CellConflict] = []
        self.readings: list[CellReading] = []
        self.changes: list[Score] = []
        self.created = self.overruled = 0

    def grades_of(self, leaf) -> tuple[str, ...]:
        """Words that the indicator knows."""
        return tuple(leaf.params["table"]) if "table" in leaf.params else self.words

    def take(self, place: Key, edit: CellEdit):
        """Read a touched cell and keep it as a change, a fault or a conflict."""
        leaf, stored = self.leaves[place[1]], self.sheet.scores.get(place)
        grades = self.grades_of(leaf)
        if edit.target is None:
            edit = replace(edit, target=shown_of(stored).target)
        typed = read_typed(edit.figure, edit.target, _facts(leaf, grades))
        reason = typed.reason or (stored.na_reason if stored and not stored.is_applicable else "") or self.na_reason
        if not self._stands(place, edit, typed, leaf.method, grades, reason):
            return
        now = shown_of(stored)
        wanted = (typed.entered, reason if not typed.entered.is_applicable else "")
        if stored and wanted == (_entered(stored), stored.na_reason if not stored.is_applicable else ""):
            return
        if stored is None and typed.entered == Entered(None, "", None, True):
            return
        if edit.shown is not None and edit.shown.version != now.version:
            decision, _colon, version = edit.decision.partition(":")
            if version != now.version or decision not in (MINE, THEIRS):
                self.conflicts.append(CellConflict(place, edit.shown, now, Shown(edit.figure, edit.target)))
                return
            if decision == THEIRS:
                return
            self.overruled += 1
        self._keep(place, stored, *wanted)
        self.readings += [CellReading(place, one.raw, one.value, why(one)) for one in typed.readings]

    def _stands(self, place, edit, typed: TypedCell, method, grades, reason) -> bool:
        faults = [CellFault(place, name, finding.value, finding_text(finding)) for name, finding in typed.findings]
        if not faults:
            for fault in check_figure(typed.entered, method, grades):
                text = FAULT_TEXTS[fault.code] % {"value": fault.value}
                field = "target" if fault.field == "target" else "figure"
                faults.append(CellFault(place, field, fault.value, text))
        if not faults and not typed.entered.is_applicable and not reason:
            faults.append(CellFault(place, "figure", edit.figure, _NEEDS_REASON))
        self.faults += faults
        return not faults

    def _keep(self, place, stored: Score | None, entered: Entered, reason: str):
        # always a new object: the database finds the row by its natural key, whether it is there or not
        score = Score(cycle=self.sheet.collection.cycle, unit_id=place[0], indicator_id=place[1])
        self.created += stored is None
        score.figure, score.word, score.target = entered.figure, entered.word, entered.target
        score.is_applicable, score.na_reason = entered.is_applicable, reason[:300]
        self.changes.append(score)


_NEEDS_REASON = _(
    "Say why it does not apply: write “不适用：reason” into the cell, or one reason for all below the grid."
)


def _facts(leaf, grades) -> IndicatorFacts:
    return IndicatorFacts(
        category=leaf.scheme.category,
        code=leaf.code,
        name=leaf.name,
        unit_of_measure=leaf.unit_of_measure,
        method=leaf.method,
        grades=grades,
    )


def _entered(score: Score) -> Entered:
    return Entered(score.figure, score.word, score.target, score.is_applicable)
