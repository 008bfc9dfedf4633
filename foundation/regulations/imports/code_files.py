"""Code tables (CSV) and their index: what tables there are, what they are called, where they come from."""

import csv
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "codes"
INDEX = "index.csv"


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One row of a table file."""

    code: str
    label_zh: str
    label_en: str
    parent: str
    gist: str
    source_note: str


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A table with its rows in the order of the file."""

    code: str
    label_zh: str
    label_en: str
    source_note: str
    rows: tuple[CodeEntry, ...]


class CodeFilesRefused(ValueError):
    """The files are not in order; `problems` names file and row."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


def read_folder(folder: Path = FOLDER) -> list[TableEntry]:
    """Every table of the index. A file without an index row, a row without a file, or a double code is refused."""
    problems: list[str] = []
    index = _rows(folder / INDEX)
    listed, present = {row["table"] for row in index}, {path.stem for path in folder.glob("*.csv")} - {"index"}
    problems += [f"{name}.csv stands in no row of {INDEX}" for name in sorted(present - listed)]
    problems += [f"{INDEX} names {name}, which has no file" for name in sorted(listed - present)]
    tables = []
    for row in index:
        if row["table"] in present:
            rows = _code_rows(folder / f"{row['table']}.csv", problems)
            tables.append(TableEntry(row["table"], row["label_zh"], row["label_en"], row["source_note"], rows))
    if problems:
        raise CodeFilesRefused(problems)
    return tables


def _code_rows(path: Path, problems: list[str]) -> tuple[CodeEntry, ...]:
    found, seen = [], set()
    for number, row in enumerate(_rows(path), start=2):
        code = row["code"]
        if not code or not row["label_zh"] or code in seen:
            problems.append(f"{path.name} row {number}: code {code!r} is empty, unnamed or there twice")
        seen.add(code)
        extra = (row.get(column) or "" for column in ("label_en", "parent", "gist", "source_note"))
        found.append(CodeEntry(code, row["label_zh"], *extra))
    return tuple(found)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
