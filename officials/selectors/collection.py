"""What the record says of people, as the collection workbook (V2017.01) asks for it: lines of values by sheet."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from foundation.common.crypto import decrypt
from foundation.organizations.models import Organization

from ..choices import Sex
from ..models import (
    AnnualRating,
    Award,
    Education,
    FamilyMember,
    Official,
    PostHolding,
    ProfessionalTitle,
    RankHolding,
)
from ..models.people import LAST_IN_TEAM
from ..rules.card_columns import SEX_WORDS
from ..rules.collection_columns import LEADER_WORDS, RANK_KINDS

Line = Mapping[str, Any]
_SETS = {
    "titles": (ProfessionalTitle, ("sort", "pk")),
    "education": (Education, ("sort", "pk")),
    "awards": (Award, ("sort", "pk")),
    "ratings": (AnnualRating, ("-year",)),
    "family": (FamilyMember, ("sort", "pk")),
}
_DAYS = {"level_since": "level_on", "rank_since": "rank_on", "birth": "birth_on", "work": "work_on"}
_TEXTS = {"birth": "birth_text", "work": "work_text"}


def lines_of(people: Sequence[Official], statuses: Mapping[str, str], *, with_numbers: bool) -> dict[str, list[Line]]:
    """Lines by the name of the set, people in the order given (8 queries, however many people).

    `statuses` are the labels of people's status by code. Without `with_numbers` identity numbers stand masked.
    `people` were loaded inside the actor's scope.
    """
    keys = {person.pk: _key(person, with_numbers) for person in people}
    held = _many(PostHolding, keys, "official", "-is_main", "starts_on", "pk")
    held = held.select_related("post__organization__parent")
    ranks = _many(RankHolding, keys, "official", "-is_rank", "starts_on", "pk")
    homes = Organization.objects.system().filter(pk__in={p.home_id for p in people if p.home_id})
    units = {unit.pk: unit for unit in homes.select_related("parent", "jurisdiction")}
    units |= {row.post.organization_id: row.post.organization for row in held if row.post_id}
    name = UnitWords(units.values())
    found: dict[str, list[Line]] = {
        "units": [_unit(unit, name) for unit in sorted(units.values(), key=lambda unit: unit.path)],
        "people": [keys[person.pk] | _person(person, units, name, statuses) for person in people],
        "extra": [keys[person.pk] | _row(person) for person in people if _has_extra(person)],
    }
    team_orders = {person.pk: person.team_order for person in people}
    sets = {
        "posts": [(row.official_id, _post(row, name, team_orders)) for row in held],
        "ranks": [(row.official_id, _rank(row)) for row in ranks],
    }
    for code, (model, order) in _SETS.items():
        sets[code] = [(row.official_id, _of_set(code, row)) for row in _many(model, keys, *order)]
    for code, lines in sets.items():
        by_person: dict[int, list[Line]] = {key: [] for key in keys}
        for owner, line in lines:
            by_person[owner].append(keys[owner] | line)
        found[code] = [line for mine in by_person.values() for line in mine]
    return found


class UnitWords:
    """Names of units, told apart where several units bear one name: the unit above stands in front."""

    def __init__(self, units: Iterable[Organization]) -> None:
        self._several = {name for name, count in Counter(unit.name for unit in units).items() if count > 1}

    def __call__(self, unit: Organization) -> str:
        return f"{unit.parent.name}{unit.name}" if unit.name in self._several and unit.parent else unit.name


def _key(person: Official, with_numbers: bool) -> Line:
    number = decrypt(person.id_cipher) if with_numbers and bytes(person.id_cipher) else person.id_masked
    return {"name": person.name, "id_number": number}


def _row(row) -> dict[str, Any]:
    return {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _many(model, keys, *order):
    return model.objects.system().filter(official__in=list(keys)).order_by(*order)


def _person(person: Official, units, name, statuses) -> Line:
    values = _row(person)
    for column, day in _DAYS.items():
        values[column] = getattr(person, _TEXTS.get(column, ""), "") or values[day]
    values["sex"] = SEX_WORDS.get(person.sex, "") if person.sex in Sex.values else person.sex
    values["status"] = statuses.get(person.status, person.status)
    values["home"] = name(units[person.home_id]) if person.home_id else ""
    return {column: value for column, value in values.items() if column not in ("name", "id_number")}


def _unit(unit: Organization, name) -> Line:
    return _row(unit) | {"name": name(unit), "division": unit.jurisdiction.name if unit.jurisdiction_id else unit.name}


def _post(row: PostHolding, name, team_orders) -> Line:
    is_open = row.ends_on is None
    place = team_orders[row.official_id] if is_open and row.is_main else LAST_IN_TEAM
    return _row(row) | {
        "unit": name(row.post.organization) if row.post_id else row.unit_text,
        "title": row.post.title if row.post_id else row.title_text,
        "is_leader": "" if row.is_leader is None else LEADER_WORDS[row.is_leader],
        "starts": row.starts_on,
        "ends": row.ends_on,
        "state": "在任" if is_open else "已免",
        "team_order": place if place != LAST_IN_TEAM else None,
        "order_in_person": row.order_in_person or None,
    }


def _rank(row: RankHolding) -> Line:
    return _row(row) | {
        "kind": RANK_KINDS[row.is_rank],
        "starts": row.starts_on,
        "ends": row.ends_on,
        "state": "在任" if row.ends_on is None else "已免",
    }


def _of_set(code: str, row) -> Line:
    values = _row(row)
    if code == "family":
        values["member_name"] = values.pop("name")
    if code == "titles":
        values["title_code"] = ""
    return values


def _has_extra(person: Official) -> bool:
    return any(
        value is not None
        for value in (person.is_recruited_by_exam, person.recruited_on, person.is_selected_graduate, person.selected_on)
    )
