"""Staged rows of people written into the record: the person, the present post, ranks, education. Through `changes` only.

All kinds of files about people (roster, cards, collection workbook) stage the same values: names of `Official`'s columns,
and beside them id_number, phone, birth, unit, post, post_since, rank_since, level_since and lists of rows by set. `home`
is the unit of somebody whose place in it the file does not tell, `if_new` holds values for new people alone. An empty value
says nothing and changes nothing.
"""

from datetime import date

from foundation.common.crypto import encrypt, keyed_hash
from foundation.exchange.models import Decision
from foundation.exchange.registered import Registered
from foundation.exchange.services.changes import snapshot
from foundation.exchange.services.masking import masked
from foundation.organizations.models import Organization

from ..models import Official
from ..rules.partial_dates import DateUnreadable, PartialDate, parse_partial_date
from .import_history import write_history
from .import_holdings import position_bits, stated_post, stated_posts, write_posts, write_ranks
from .import_matching import Matcher
from .import_places import Places
from .import_sets import write_sets
from .people import identity_values, name_values

DATES = ("party_on", "work_on", "registered_on", "recruited_on", "selected_on")
SINCE = {"post_since": "post_on", "rank_since": "rank_on", "level_since": "level_on"}
SAME_BY_DATE = {"birth_text", "party_text", "work_text"}
PLAIN = frozenset(
    """sex birth_text ethnicity native_place birth_place raised_in health politics party_text second_party third_party
    work_text title_text speciality full_education full_degree full_school full_degree_school service_education
    service_degree service_school service_degree_school post_text post_short rank level category managed_by
    establishment salary_grade technical_rank has_grassroots_years is_recruited_by_exam is_selected_graduate resume_text
    awards_text ratings_text remark status team_order""".split()
)


def apply_people(batch, rows, changes) -> dict:
    """Write the rows; returns the people by the position of their row."""
    units = changes.kept.get("units")
    if units is None:
        found = Organization.objects.system().below(batch.organization)
        units = changes.kept["units"] = Registered((unit.code, unit) for unit in found)
    posts = stated_posts(rows, units, changes)
    people = _write_people(batch, rows, units, posts, changes)
    write_history(rows, people, units, changes)
    write_posts(rows, people, posts, units, changes)
    write_ranks(rows, people, changes)
    write_sets(rows, people, changes)
    return people


def _write_people(batch, rows, units, posts, changes) -> dict:
    matcher = Matcher(batch.organization, [row.values for row in rows])
    chosen = (
        Official.objects.system().below(batch.organization.path).in_bulk([row.target for row in rows if row.target])
    )
    places = changes.kept["places"] = changes.kept.get("places") or Places(batch)
    people, made, changed, before, names = {}, {}, [], {}, set()
    for row in rows:
        person = _recorded(row, matcher, chosen)
        unit, place = home_of(row.values, units), None
        if row.values.get("unit"):
            place = places.of(unit, person)
        if person is None:
            made[row.position] = _fresh(batch, row, matcher, units, posts, unit, place)
        else:
            old = snapshot(person)
            differing = {
                name: value
                for name, value in person_values(row.values, person, unit, place).items()
                if _stored(person, name) != value
            }
            for name, value in differing.items():
                setattr(person, name, value)
            if differing:
                person.version += 1
                before[person.pk] = old
                changed.append(person)
                names |= {*differing, "version"}
            else:
                changes.counts["unchanged"] += 1
        people[row.position] = person
    if changed:
        changes.update(changed, before, sorted(names))
    keys = changes.insert(Official, list(made.values()))
    changes.kept["fresh"] = frozenset(keys)
    for (position, values), key in zip(made.items(), keys, strict=True):
        people[position] = Official.from_db(changes.batch._state.db, ("id", "name"), (key, values["name"]))
    return people


def _fresh(batch, row, matcher, units, posts, unit, place) -> dict:
    """Columns of somebody new. The kinds of posts are given at once: the triggers that keep them find nothing to write."""
    values = _new(batch, row, matcher) | person_values(row.values, None, unit, place)
    if unit is None and row.values.get("home_if_new"):
        values["home"] = units[row.values["home_if_new"]]
    if home := values.pop("home", None):
        values["home_id"] = home.pk
    if post := stated_post(row, posts, units):
        values["positions"] = position_bits(post)
    return values


def home_of(values: dict, units):
    """The unit that a row names as the person's own; None without one."""
    code = values.get("unit") or values.get("home")
    return units[code] if code else None


def _stored(person, name):
    value = getattr(person, name)
    return bytes(value) if isinstance(value, memoryview) else value


def _recorded(row, matcher, chosen):
    """Whom the row is about, by number or by what the user decided; None for a new person."""
    if person := matcher.by_number(row.values):
        return person
    if row.decision == Decision.UPDATE and row.target:
        return chosen.get(row.target)
    return None


def _new(batch, row, matcher) -> dict:
    """Name and number of a new person; without a number a key that no other has stands for it."""
    name, number = row.values["name"], row.values.get("id_number", "")
    if number:
        return {**identity_values(number, name, matcher.hash_of(number)), "status": "1"}
    key = keyed_hash(f"without a number|{batch.number}|{row.position}")
    return {**name_values(name), "id_cipher": b"", "id_hash": key, "id_masked": "", "status": "1"}


def person_values(values: dict, person: Official | None, unit=None, place: int | None = None) -> dict:
    """What a row would write into the person's own columns; `person` is the recorded one.

    `place`: the order in the unit that the file's own order gives; a file that gives none leaves order and status alone.
    """
    if person is None and "if_new" in values:
        values = values["if_new"] | values
    found = {name: values[name] for name in PLAIN & values.keys() if values[name] not in (None, "")}
    found |= {name: date.fromisoformat(values[name]) for name in DATES if values.get(name)}
    for name, column in SINCE.items():
        if values.get(name):
            found[column] = PartialDate.stored(values[name]).first_day
    if values.get("post_since"):
        found["post_since_text"] = PartialDate.stored(values["post_since"]).printed
    if unit is not None:
        found |= {"home": unit} | ({"team_order": place, "left_note": "", "status": "1"} if place else {})
    found |= _born(values)
    if values.get("phone"):
        found |= _phone(values["phone"], person)
    if person is not None:
        found |= _identity(values, person)
        found = {name: value for name, value in found.items() if not _means_the_same(name, value, person)}
        if person.post_on and "post_on" not in found:
            found.pop("post_since_text", None)  # the same month: its own words stay
    return found


def _born(values) -> dict:
    try:
        born = PartialDate.stored(values.get("birth", ""))
    except DateUnreadable:
        return {}
    return {"birth_on": born.first_day} if born.day else {}


def _phone(number: str, person) -> dict:
    shown = masked_phone(number)
    if person is not None and person.phone_masked == shown and bytes(person.phone_cipher):
        return {}
    return {"phone_cipher": encrypt(number), "phone_masked": shown}


def masked_phone(number: str) -> str:
    """138****5678."""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 11 else masked(number)


def _identity(values, person) -> dict:
    """Name of the file, and the number where the record has none."""
    name, number = values.get("name") or person.name, values.get("id_number", "")
    if number and not bytes(person.id_cipher):
        return identity_values(number, name)
    return name_values(name, person.id_masked) if name != person.name else {}


def _means_the_same(name: str, value, person) -> bool:
    """Is what the record says the same in other words (1999年12月, 199912)? Then its own words stay.

    A day that is known stays where the file says only its month.
    """
    old = getattr(person, name)
    if name in SINCE.values() or name in DATES:
        # since when the post is held: a day stands with the post itself, here the month is what counts
        known = value.day == 1 or (name == "post_on" and old is not None and old.day == 1)
        return old is not None and known and (old.year, old.month) == (value.year, value.month)
    if name not in SAME_BY_DATE or not old:
        return False
    try:
        return parse_partial_date(old) == parse_partial_date(value)
    except DateUnreadable:
        return False
