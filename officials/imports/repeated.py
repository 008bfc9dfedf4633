"""Rows of one file with the same identity number. Pure.

A row that says the same again is left out with a warning; a number with two names, or one person with two rows that
differ, is an error of the later row, or of the one whose name is not the recorded one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from foundation.exchange.rows import Finding, Judged, Level, StagedRow

Registered = Callable[[Iterable[str]], Mapping[str, str]]
"""Identity numbers → the recorded names of those that are recorded."""


class Places:
    """Where each number stood: a place mostly, a list of them for the few that stand again."""

    def __init__(self) -> None:
        self._found: dict[str, int | list[int]] = {}

    def note(self, number: str | None, place: int) -> None:
        """The row at this place has this number, or none."""
        if not number:
            return
        before = self._found.setdefault(number, place)
        if isinstance(before, list):
            before.append(place)
        elif before != place:
            self._found[number] = [before, place]

    @property
    def repeated(self) -> list[list[int]]:
        """Places of each number that stands more than once."""
        return [places for places in self._found.values() if isinstance(places, list)]


def judge_repeated(groups: Sequence[Sequence[StagedRow]], registered: Registered) -> list[list[Judged]]:
    """What becomes of rows with one number, group by group."""
    names = registered([rows[0].values["id_number"] for rows in groups]) if groups else {}
    return [_judged(rows, names.get(rows[0].values["id_number"])) for rows in groups]


def _judged(rows: Sequence[StagedRow], recorded: str | None) -> list[Judged]:
    right = next((row for row in rows if recorded and row.values.get("name") == recorded), rows[0])
    found = []
    for row in rows:
        if row is right:
            found.append(Judged())
        elif row.values == right.values:
            found.append(Judged(_at(row, Level.WARNING, "roster_row_again", right), is_gone=True))
        elif row.values.get("name") != right.values.get("name"):
            found.append(Judged(_at(row, Level.ERROR, "roster_number_of_other", right)))
        else:
            found.append(Judged(_at(row, Level.ERROR, "roster_person_twice", right)))
    return found


def _at(row: StagedRow, level: Level, code: str, right: StagedRow) -> Finding:
    params = {"first": str(right.row), "other": right.values.get("name", "")}
    return Finding(level, code, row.sheet, row.row, row.column, row.values.get("name", ""), params)


def leave_out_repeated(rows: list[StagedRow], registered: Registered) -> tuple[list[StagedRow], list[Finding]]:
    """The rows of a whole file without those said again, errors noted at those that contradict; and the warnings."""
    places = Places()
    for place, row in enumerate(rows):
        places.note(row.values.get("id_number"), place)
    groups = places.repeated
    kept: list[StagedRow | None] = list(rows)
    warnings = []
    for found, judged in zip(groups, judge_repeated([[rows[p] for p in g] for g in groups], registered), strict=True):
        for place, each in zip(found, judged, strict=True):
            if each.is_gone:
                warnings.append(each.finding)
                kept[place] = None
            elif each.finding:
                kept[place] = replace(rows[place], findings=(*rows[place].findings, each.finding))
    return [row for row in kept if row is not None], warnings
