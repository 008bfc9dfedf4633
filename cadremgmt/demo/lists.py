"""The county's lists of earlier years: lines with the people they name, and days that differ from those of the rules."""

import csv
from datetime import date
from pathlib import Path

from foundation.common.crypto import keyed_hash
from officials.models import Official


def lines_of(path: Path) -> list[dict[str, str]]:
    """The lines of a list, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def people_of(lines: list[dict[str, str]]) -> dict[str, Official]:
    """People of the record by identity number; who left it, lies in the trash or has no unit is not among them."""
    numbers = {keyed_hash(line["id_number"]): line["id_number"] for line in lines}
    found = Official.objects.system().filter(id_hash__in=numbers, trashed_at__isnull=True, home__isnull=False)
    return {numbers[person.id_hash]: person for person in found}


class Differences:
    """Days of a list that are others than rule and calendar give, by column."""

    def __init__(self):
        self.lines: dict[str, list[str]] = {}

    def compare(self, line: dict[str, str], computed: dict[str, date]) -> None:
        """Note the columns of a line whose day differs; an empty cell says nothing."""
        for column, day in computed.items():
            if line[column] and date.fromisoformat(line[column]) != day:
                self.lines.setdefault(column, []).append(f"{line['id']} {line[column]} → {day}")

    def tell(self, tell) -> None:
        """One line for each column with differences."""
        for column, lines in self.lines.items():
            tell(f"  {column}: {len(lines)} days of the list differ from rule and calendar: {'; '.join(lines)}")


def left_out(lines: list[dict[str, str]], people: dict[str, Official]) -> str:
    """Who of a list is not in the record any more, as the end of a sentence; empty where everybody is."""
    missing = [line["name"] for line in lines if line["id_number"] not in people]
    return f", not in the record: {'、'.join(missing)}" if missing else ""
