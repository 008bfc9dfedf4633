"""What staged rows about people would change in the record, field by field and line by line, for the preview."""

from collections.abc import Iterable, Iterator
from datetime import date
from types import SimpleNamespace

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from foundation.exchange.comparing import Compared, Difference

from ..import_fields import VALUE_NAMES
from ..models import Official
from .import_history import POST_COLUMNS, History
from .import_matching import address_of
from .import_people import home_of, person_values
from .import_printing import printed_day, printed_last_day, printed_words
from .import_sets import SETS, differing, paired

HIDDEN = {"grams", "sort_key", "id_cipher", "id_hash", "phone_cipher", "team_order", "version"}
_SECRET = {"id_cipher", "id_hash", "id_masked"}
_SAME_TWICE = {"birth_on": "birth_text", "party_on": "party_text", "work_on": "work_text", "post_since_text": "post_on"}
"""Columns that need not be told where the other one differs too: one date, kept as words and as a day."""


def compare(batch, rows, units) -> dict[int, Compared]:
    """For the rows of one page: whom each meets and what would change, by the row's key (1 query; 3 with posts or ranks)."""
    people = _people(batch, rows)
    dated = [
        row.target for row in rows if row.target in people and (row.values.get("posts") or row.values.get("ranks"))
    ]
    history = History.of(dated) if dated else None
    return {row.pk: _compared(row, people[row.target], units, history) for row in rows if row.target in people}


def _people(batch, rows) -> dict[int, Official]:
    """The recorded people, with the lines of those sets that the rows bring (1 query)."""
    brought = {name for row in rows for name in SETS if row.values.get(name)}
    lines = {
        f"{name}_lines": ArraySubquery(
            SETS[name][0]
            .objects.system()
            .filter(official=OuterRef("pk"))
            .order_by("pk")
            .values(line=JSONObject(**{field: field for field in _columns(SETS[name][0])}))
        )
        for name in sorted(brought)
    }
    people = Official.objects.system().below(batch.organization.path).select_related("home").annotate(**lines)
    return people.in_bulk([row.target for row in rows if row.target])


def _columns(model) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name not in ({"id", "official"} | _SECRET)]


def _compared(row, person, units, history) -> Compared:
    unit, place = home_of(row.values, units), person.team_order if row.values.get("unit") else None
    values = {name: value for name, value in row.values.items() if name not in ("id_number", "phone")}
    wanted = person_values(values, person, unit, place)
    differing_names = {name for name, value in wanted.items() if getattr(person, name) != value} - HIDDEN
    differences = [
        Difference(
            str(VALUE_NAMES.get(name) or Official._meta.get_field(name).verbose_name),
            printed_words(name, said(getattr(person, name))),
            printed_words(name, said(value)),
        )
        for name, value in wanted.items()
        if name in differing_names and _SAME_TWICE.get(name) not in differing_names
    ]
    differences += _set_differences(row, person)
    if history is not None:
        differences += _history_differences(row, person, units, history)
    who = " · ".join(part for part in (person.name, person.id_masked, str(person.home or "")) if part)
    return Compared(who, address_of(person), tuple(differences))


def said(value) -> str:
    """A value as the preview prints it."""
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return printed_day(value) if isinstance(value, date) else str(value)


def _set_differences(row, person) -> Iterator[Difference]:
    """New lines, and what known ones would say instead, of the information sets with several lines."""
    for name, (model, keys) in SETS.items():
        if not (items := row.values.get(name)):
            continue
        recorded = [SimpleNamespace(**line) for line in getattr(person, f"{name}_lines")]
        wanted = [_shown(model, item) for item in items]
        for known, values in paired(recorded, wanted, keys):
            what = _words(values.get(key, "") for key in keys)
            if known is None:
                yield Difference(
                    str(VALUE_NAMES[name]),
                    "",
                    _words(_printed(n, v) for n, v in values.items() if not isinstance(v, bool)),
                )
                continue
            for column, value in differing(known, values).items():
                label = f"{VALUE_NAMES[name]} {what} {model._meta.get_field(column).verbose_name}"
                yield Difference(label, _printed(column, getattr(known, column)), _printed(column, value))


def _shown(model, item: dict) -> dict:
    values = {name: item[name] for name in _columns(model) if name in item}
    if values.get("years"):
        values["years"] = float(values["years"])  # as the database's JSON has it; shown, never stored
    return values


def _printed(name: str, value) -> str:
    return printed_words(name, said(value))


def _words(parts: Iterable) -> str:
    return " ".join(str(part) for part in parts if part not in ("", None))


def _history_differences(row, person, units, history: History) -> Iterator[Difference]:
    """Posts and ranks: what begins, what ends on another day, and what is said of it otherwise."""
    posts = row.values.get("posts", [])
    plan = history.plan_posts(person, posts, units)
    known = {held.pk: held for held in history.posts[person.pk]}
    label = str(VALUE_NAMES["posts"])
    for line, placed in zip(posts, plan.placed, strict=True):
        held = known.get(placed.same)
        name = f"{units[line['unit']].name if line.get('unit') else line['unit_text']} {line['title']}"
        yield from _spell(
            f"{label} {name}", held, placed, {n: line[n] for n in POST_COLUMNS if line.get(n) not in (None, "")}
        )
    for key, last in plan.closes.items():
        yield Difference(label, _days(known[key].starts_on, None), _days(known[key].starts_on, last))
    for is_rank in (True, False):
        lines = [line for line in row.values.get("ranks", []) if line["is_rank"] is is_rank]
        plan = history.plan_ranks(person, lines, is_rank=is_rank)
        known = {held.pk: held for held in history.ranks[person.pk]}
        for line, placed in zip(lines, plan.placed, strict=True):
            values = {"document_no": line["document_no"]} if line.get("document_no") else {}
            yield from _spell(f"{VALUE_NAMES['ranks']} {line['label']}", known.get(placed.same), placed, values)
        for key, last in plan.closes.items():
            held = known[key]
            label = f"{VALUE_NAMES['ranks']} {held.label}"
            yield Difference(label, _days(held.starts_on, None), _days(held.starts_on, last))


def _spell(label: str, held, placed, values: dict) -> Iterator[Difference]:
    days = _days(placed.starts_on, placed.ends_on)
    old = _days(held.starts_on, held.ends_on) if held else ""
    if old != days:
        yield Difference(label, old, days)
    for column, value in values.items() if held else ():
        if getattr(held, column) != value:
            yield Difference(
                f"{label} {held._meta.get_field(column).verbose_name}", said(getattr(held, column)), said(value)
            )


def _days(starts: date | None, ends: date | None) -> str:
    """A spell in months where it begins with one or ends with one, as files tell them."""
    return f"{said(starts) or '…'}–{printed_last_day(ends) if ends else ''}"
