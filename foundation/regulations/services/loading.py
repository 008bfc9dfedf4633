"""Bringing the files of this room into the tables: adds and changes, removes nothing.

A rule that left the files is ended, a value withdrawn, a code disabled. What is unchanged is not written: running it
again writes nothing, and the history holds only real changes.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import models, transaction

from foundation.audit.services.entries import record

from ..choices import Confidence, DaySource
from ..imports import calendar_days, code_files, rule_files
from ..models import CalendarDay, CodeRow, CodeTable, Rule, RuleValue
from . import tokens

BATCH = 2000


@dataclass(slots=True)
class Count:
    """What a load did to one kind of rows."""

    added: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0

    @property
    def wrote(self) -> int:
        """Rows written."""
        return self.added + self.changed + self.ended


def _merge(
    model: type[models.Model],
    existing: dict[Any, models.Model],
    wanted: Iterable[tuple[Any, dict]],
    end: Callable[[models.Model], bool] | None = None,
) -> Count:
    """Make the rows as wanted (key → columns), in bulk. `end` marks a row nobody wants and says whether it had to."""
    count, new, touched, columns, kept = Count(), [], [], set(), set()
    for key, values in wanted:
        kept.add(key)
        row = existing.get(key)
        if row is None:
            new.append(model(**values))
        elif changes := {name for name, value in values.items() if getattr(row, name) != value}:
            for name in changes:
                setattr(row, name, values[name])
            columns |= changes
            touched.append(row)
        else:
            count.unchanged += 1
    count.added, count.changed = len(new), len(touched)
    model.objects.bulk_create(new, batch_size=BATCH)
    if touched:
        model.objects.bulk_update(touched, sorted(columns), batch_size=BATCH)
    if end:
        gone = [row for key, row in existing.items() if key not in kept]
        count.unchanged += len(gone)
        ended = [row for row in gone if end(row)]
        count.ended, count.unchanged = len(ended), count.unchanged - len(ended)
        if ended:
            model.objects.bulk_update(ended, [END_COLUMN[model]], batch_size=BATCH)
    return count


END_COLUMN = {Rule: "ended_on", RuleValue: "withdrawn_on", CodeRow: "enabled"}


def _ends_on(today: date) -> Callable[[models.Model], bool]:
    def end(row: models.Model) -> bool:
        column = END_COLUMN[type(row)]
        if getattr(row, column) is not None:
            return False
        setattr(row, column, today)
        return True

    return end


def _disable(row: CodeRow) -> bool:
    was, row.enabled = row.enabled, False
    return was


def load_rules(entries: list[rule_files.RuleEntry], *, today: date) -> dict[str, Count]:
    """Rules and their values as the files have them; the day given is the end of what vanished."""
    rules = {
        entry.code: {
            "code": entry.code,
            "about_zh": entry.about_zh,
            "about_en": entry.about_en,
            "unit": entry.unit,
            "value_type": entry.shape.value_type,
            "choices": list(entry.shape.choices),
            "words": list(entry.words),
            "minimum": entry.shape.minimum,
            "maximum": entry.shape.maximum,
            "used_by": entry.used_by,
            "sort": number,
            "ended_on": None,
        }
        for number, entry in enumerate(entries)
    }
    counts = {"rules": _merge(Rule, {rule.code: rule for rule in Rule.objects.all()}, rules.items(), _ends_on(today))}
    keys = dict(Rule.objects.values_list("code", "pk"))
    values = (
        (
            (keys[entry.code], fact.starts_on),
            {
                "rule_id": keys[entry.code],
                "starts_on": fact.starts_on,
                "value": fact.value,
                "law": fact.law,
                "article": fact.article,
                "confidence": fact.confidence,
                "note_zh": entry.notes[fact.starts_on].zh,
                "note_en": entry.notes[fact.starts_on].en,
                "withdrawn_on": None,
            },
        )
        for entry in entries
        for fact in entry.values
    )
    # values of a rule that left the files stay with it: the rule itself is ended
    present = RuleValue.objects.filter(rule_id__in=[keys[entry.code] for entry in entries])
    existing = {(value.rule_id, value.starts_on): value for value in present}
    counts["values"] = _merge(RuleValue, existing, values, _ends_on(today))
    return counts


def load_codes(tables: list[code_files.TableEntry]) -> dict[str, Count]:
    """Code tables and their rows as the files have them."""
    wanted = (
        (
            table.code,
            {name: getattr(table, name) for name in ("code", "label_zh", "label_en", "source_note")},
        )
        for table in tables
    )
    counts = {"code tables": _merge(CodeTable, {table.code: table for table in CodeTable.objects.all()}, wanted)}
    keys = dict(CodeTable.objects.values_list("code", "pk"))
    rows = (
        (
            (keys[table.code], row.code),
            {
                "table_id": keys[table.code],
                "code": row.code,
                "label_zh": row.label_zh,
                "label_en": row.label_en,
                "parent_code": row.parent,
                "gist": row.gist,
                "source_note": row.source_note,
                "enabled": True,
                "sort": number,
            },
        )
        for table in tables
        for number, row in enumerate(table.rows)
    )
    existing = {(row.table_id, row.code): row for row in CodeRow.objects.all()}
    counts["codes"] = _merge(CodeRow, existing, rows, _disable)
    return counts


def load_calendar(days: Iterable[calendar_days.KnownDay]) -> dict[str, Count]:
    """Days of the package; a day entered from a notice is never touched."""
    existing = CalendarDay.objects.in_bulk()
    wanted = (
        (
            day.date,
            {
                "date": day.date,
                "is_working": day.is_working,
                "name": day.name,
                "source": DaySource.PACKAGE.value,
                "confidence": Confidence.PRACTICE.value,
            },
        )
        for day in days
        if day.date not in existing or existing[day.date].source == DaySource.PACKAGE
    )
    return {"calendar days": _merge(CalendarDay, existing, wanted)}


@transaction.atomic
def load_regulations(*, actor, today: date) -> dict[str, Count]:
    """Load rules, code tables and calendar; one audit entry when anything was written. Returns counts by kind."""
    counts = load_rules(rule_files.read_folder(), today=today)
    counts |= load_codes(code_files.read_folder())
    counts |= load_calendar(calendar_days.known_days())
    if any(count.wrote for count in counts.values()):
        data = {kind: asdict(count) for kind, count in counts.items()}
        record(actor=actor, action="regulations.files.loaded", target_kind="regulations", data=data)
    tokens.written()
    return counts
