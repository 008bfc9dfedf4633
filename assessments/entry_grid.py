"""The entry grid as a page shows it: every cell with what stands or was typed in it, its faults, remarks and papers."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from .imports.figures import NOT_APPLICABLE
from .models import Indicator
from .selectors.collections import Block, Sheet, is_gap
from .services.collections import part_of
from .services.figure_grid import CellEdit, GridRefused, Key, Shown, shown_of


@dataclass
class CellView:
    """One cell. `choices` are the words of an indicator scored by grade; `unknown` a typed word that is none of them."""

    name: str
    unit: str
    leaf: str
    code: str
    part: str
    figure: str
    target: str
    has_target: bool
    choices: tuple[str, ...] = ()
    unknown: str = ""
    fault: str = ""
    target_fault: str = ""
    remarks: list = field(default_factory=list)
    papers: int = 0
    is_gap: bool = False
    is_touched: bool = False

    @property
    def css(self) -> str:
        """Marks of the cell."""
        marks = {"fault": self.fault or self.target_fault, "remarked": self.remarks, "gap": self.is_gap,
                 "changed": self.is_touched}  # fmt: skip
        return " ".join(name for name, is_on in marks.items() if is_on)


@dataclass
class RowView:
    """A unit with its cells."""

    unit: object
    cells: list[CellView]


@dataclass
class BlockView:
    """A category with its indicators and rows."""

    block: Block
    rows: list[RowView]

    @property
    def leaves(self) -> tuple[Indicator, ...]:
        """The columns."""
        return self.block.leaves


@dataclass
class ConflictView:
    """A cell that two people changed, in words."""

    name: str
    unit: str
    leaf: str
    old: Shown
    theirs: Shown
    mine: Shown


@dataclass
class GridView:
    """The whole grid. `seen` tells the next save what this page showed."""

    blocks: list[BlockView]
    seen: str
    conflicts: list[ConflictView]
    faults: list[CellView]
    mark: str = NOT_APPLICABLE


def build_grid(
    sheet: Sheet,
    words: tuple[str, ...],
    papers=(),
    edits: Mapping[Key, CellEdit] | None = None,
    refused: GridRefused | None = None,
) -> GridView:
    """The grid of a sheet; after a refused save with what was typed and what is wrong with it."""
    edits = {place: edit for place, edit in (edits or {}).items() if edit.is_touched}
    counts = Counter(paper.part for paper in papers)
    faults: dict[Key, dict[str, str]] = {}
    for one in refused.faults if refused else ():
        faults.setdefault(one.place, {}).setdefault(one.field, one.text)
    seen, blocks, marked = {}, [], []
    for block in sheet.blocks:
        rows = []
        for unit in block.units:
            cells = []
            for leaf in block.leaves:
                place = (unit.pk, leaf.pk)
                stored, edit = sheet.scores.get(place), edits.get(place)
                shown = (edit.shown if edit else None) or shown_of(stored)
                if shown != Shown():
                    seen[f"{unit.pk}-{leaf.pk}"] = [shown.figure, shown.target, shown.version]
                cell = _cell(unit, leaf, edit or shown, words, faults.get(place, {}))
                cell.remarks, cell.papers = sheet.remarks.get(place, []), counts[cell.part]
                cell.is_gap, cell.is_touched = is_gap(stored, leaf), edit is not None
                cells.append(cell)
                if cell.fault or cell.target_fault:
                    marked.append(cell)
            rows.append(RowView(unit, cells))
        blocks.append(BlockView(block, rows))
    names = {(unit.pk, leaf.pk): (str(unit), leaf.name) for unit, leaf in sheet.places()} if refused else {}
    conflicts = [
        ConflictView(f"{one.place[0]}-{one.place[1]}", *names[one.place], one.old, one.theirs, one.mine)
        for one in (refused.conflicts if refused else ())
    ]
    return GridView(blocks, json.dumps(seen, ensure_ascii=False, separators=(",", ":")), conflicts, marked)


def _cell(unit, leaf, values, words, faults) -> CellView:
    cell = CellView(
        name=f"{unit.pk}-{leaf.pk}",
        unit=str(unit),
        leaf=f"{leaf.code} {leaf.name}",
        code=leaf.code,
        part=part_of(unit, leaf),
        figure=values.figure,
        target=values.target,
        has_target=leaf.method == "completion",
        fault=faults.get("figure", ""),
        target_fault=faults.get("target", ""),
    )
    if leaf.method == "grade":
        cell.choices = tuple(leaf.params["table"]) if "table" in leaf.params else words
        if values.figure and values.figure not in cell.choices:
            cell.unknown = values.figure
    return cell
