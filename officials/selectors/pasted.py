"""A pasted list of names: who is meant by each, in the order of the paste; who was not found, who could be several."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from foundation.common.crypto import keyed_hash

from ..rules.name_lists import ParsedList, Wanted
from ..rules.names import sort_key
from ..rules.questions import EVERYBODY, Question
from .roster import people_for, rows_of

MOST_NAMES = 500


@dataclass
class Answer:
    """One line of the paste and the people whom it may mean."""

    wanted: Wanted
    people: list[dict] = field(default_factory=list)

    @property
    def is_found(self) -> bool:
        """Exactly one person is meant."""
        return len(self.people) == 1

    @property
    def is_ambiguous(self) -> bool:
        """Several could be meant: somebody has to choose."""
        return len(self.people) > 1


def answers_of(user, parsed: ParsedList, today: date) -> list[Answer]:
    """An answer for every line that could be read, in their order (1 query, at most `MOST_NAMES` lines)."""
    wanted = parsed.wanted[:MOST_NAMES]
    keys = {sort_key(each.name) for each in wanted if each.name}
    hashes = {each.number: keyed_hash(each.number) for each in wanted if each.number}
    endings = [each.ending for each in wanted if each.ending and not each.name]
    asked = Q(sort_key__in=keys) | Q(id_hash__in=hashes.values())
    if endings:
        asked |= Q(grams__overlap=[f"#{ending.lower()}" for ending in endings])
    people = people_for(user, Question(status=(EVERYBODY,)), today=today).filter(asked).in_team_order()
    found = list(rows_of(people).values("id_hash", *COLUMNS))
    return [Answer(each, [row for row in found if _is_meant(row, each, hashes)]) for each in wanted]


COLUMNS = (
    "id",
    "name",
    "sort_key",
    "birth_on",
    "id_masked",
    "post_text",
    "post_short",
    "unit_name",
    "has_photo",
    "status",
)


def _is_meant(row, wanted: Wanted, hashes) -> bool:
    if wanted.number:
        return row["id_hash"] == hashes[wanted.number]
    if wanted.name and row["sort_key"] != sort_key(wanted.name):
        return False
    if wanted.ending and row["id_masked"][-4:].lower() != wanted.ending.lower():
        return False
    if not wanted.hint:
        return True
    born = f"{row['birth_on']:%Y.%m}" if row["birth_on"] else ""
    return wanted.hint in f"{row['unit_name'] or ''}{row['post_text']}{born}"
