"""Information sets of people from files: education, titles, awards, ratings, family. What is recorded stays."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from foundation.common.crypto import encrypt, keyed_hash
from foundation.exchange.services.changes import snapshot
from foundation.exchange.services.masking import masked

from ..models import AnnualRating, Award, Education, FamilyMember, ProfessionalTitle
from ..rules.partial_dates import DateUnreadable, parse_partial_date

# Of each set: its model, what tells one row of a person from another, whether a blank side fits too.
SETS = {
    "education": (Education, ("mode", "education", "degree", "school")),
    "titles": (ProfessionalTitle, ("title",)),
    "awards": (Award, ("label", "approved_text")),
    "ratings": (AnnualRating, ("year",)),
    "family": (FamilyMember, ("relation", "name")),
}


def write_sets(rows, people, changes) -> None:
    """Rows of information sets that the file brings: known ones are completed, others come behind them."""
    for name, (model, keys) in SETS.items():
        brought = [(people[row.position], row.values[name]) for row in rows if row.values.get(name)]
        if brought:
            _write_set(model, keys, brought, changes)


def _write_set(model, keys, brought, changes) -> None:
    stored = defaultdict(list)
    keys_of_people = {person.pk for person, _items in brought} - changes.kept["fresh"]
    for row in model.objects.system().filter(official__in=keys_of_people).order_by("pk"):
        stored[row.official_id].append(row)
    made, changed, before, names, blank = [], [], {}, set(), model()
    for person, items in brought:
        mine = stored[person.pk]
        wanted = [_values(model, item) for item in items]
        for known, values in paired(mine, wanted, keys):
            if known is None:
                sort = max((row.sort for row in mine), default=0) + 1
                made.append({"official_id": person.pk, "sort": sort, **values})
                mine.append(_Fresh(blank, made[-1]))
                continue
            different = {} if known.pk is None else differing(known, values)
            if not different:
                changes.counts["unchanged"] += 1
                continue
            before.setdefault(known.pk, snapshot(known))
            for name, value in different.items():
                setattr(known, name, value)
            names |= set(different)
            if known not in changed:
                changed.append(known)
    changes.update(changed, before, sorted(names))
    changes.insert(model, made)


class _Fresh:
    """A row that the file brings: its values, and those of a blank row where it has none."""

    pk = None

    def __init__(self, blank, values: dict) -> None:
        self._blank, self._values = blank, values

    def __getattr__(self, name: str):
        return self._values[name] if name in self._values else getattr(self._blank, name)


def paired(recorded: list, wanted: Iterable[dict], keys) -> Iterable[tuple[Any, dict]]:
    """Each wanted row with the recorded one it is, None for a new one; `recorded` may grow while this is asked.

    A row that agrees in everything that tells rows apart comes first; then one that leaves some of it blank, unless
    another row of the file is that one.
    """
    wanted, before = list(wanted), list(recorded)
    exact = [_exact(recorded, values, keys) for values in wanted]
    taken = [row for row in exact if row is not None]
    for values, known in zip(wanted, exact, strict=True):
        if known is None:
            known = _exact(recorded, values, keys)  # what an earlier row of the file has brought
        if known is None:
            known = next((row for row in before if row not in taken and _is_same(row, values, keys)), None)
            taken += [known] if known is not None else []
        yield known, values


def _exact(recorded, values: dict, keys):
    return next((row for row in recorded if all(_agree(n, getattr(row, n), values.get(n, "")) for n in keys)), None)


def differing(known, values: dict) -> dict:
    """Of the values those that say something else than the recorded row; a date in other digits says the same."""
    return {
        name: value
        for name, value in values.items()
        if value not in ("", None) and not _agree(name, _old(known, name), value)
    }


def _agree(name: str, old, new) -> bool:
    """Is it the same, for a date whatever its digits?"""
    if old == new or not name.endswith("_text") or not old or not new:
        return old == new
    try:
        return parse_partial_date(old) == parse_partial_date(new)
    except DateUnreadable:
        return False


def _old(row, name):
    value = getattr(row, name)
    return bytes(value) if isinstance(value, memoryview) else value


def _values(model, item: dict) -> dict:
    """Columns of a row; the number of a relative is encrypted like everyone's."""
    values = {name: value for name, value in item.items() if name != "id_number"}
    if item.get("years"):
        values["years"] = Decimal(item["years"])
    if model is FamilyMember and item.get("id_number"):
        number = item["id_number"]
        values |= {"id_cipher": encrypt(number), "id_hash": keyed_hash(number), "id_masked": masked(number)}
    return values


def _is_same(row, values: dict, keys) -> bool:
    """The same row: what tells rows apart agrees, or one side leaves it blank; the first key always agrees."""
    first, *rest = keys
    return _agree(first, getattr(row, first), values.get(first)) and all(
        not getattr(row, name) or not values.get(name) or _agree(name, getattr(row, name), values[name])
        for name in rest
    )
