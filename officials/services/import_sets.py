"""Information sets of people from files: education, titles, awards, ratings, family. What is recorded stays."""

from collections import defaultdict

from foundation.common.crypto import encrypt, keyed_hash
from foundation.exchange.services.changes import snapshot
from foundation.exchange.services.masking import masked

from ..models import AnnualRating, Award, Education, FamilyMember, ProfessionalTitle

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
    for row in model.objects.system().filter(official__in=[person.pk for person, _items in brought]).order_by("pk"):
        stored[row.official_id].append(row)
    made, changed, before, names = [], [], {}, set()
    for person, items in brought:
        mine = stored[person.pk]
        for item in items:
            values = _values(model, item)
            known = next((row for row in mine if _is_same(row, values, keys)), None)
            if known is None:
                sort = max((row.sort for row in mine), default=0) + 1
                row = model(official=person, sort=sort, **values)
                mine.append(row)
                made.append(row)
                continue
            differing = {
                name: value for name, value in values.items() if value not in ("", None) and _old(known, name) != value
            }
            if not differing or known.pk is None:
                changes.counts["unchanged"] += 1
                continue
            before.setdefault(known.pk, snapshot(known))
            for name, value in differing.items():
                setattr(known, name, value)
            names |= set(differing)
            if known not in changed:
                changed.append(known)
    changes.update(changed, before, sorted(names))
    changes.create(made)


def _old(row, name):
    value = getattr(row, name)
    return bytes(value) if isinstance(value, memoryview) else value


def _values(model, item: dict) -> dict:
    """Columns of a row; the number of a relative is encrypted like everyone's."""
    values = {name: value for name, value in item.items() if name != "id_number"}
    if model is FamilyMember and item.get("id_number"):
        number = item["id_number"]
        values |= {"id_cipher": encrypt(number), "id_hash": keyed_hash(number), "id_masked": masked(number)}
    return values


def _is_same(row, values: dict, keys) -> bool:
    """The same row: what tells rows apart agrees, or one side leaves it blank; the first key always agrees."""
    first, *rest = keys
    return getattr(row, first) == values.get(first) and all(
        not getattr(row, name) or not values.get(name) or getattr(row, name) == values[name] for name in rest
    )
