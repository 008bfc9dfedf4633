"""What changed in a record, when and by whom: states of the person's own row, and the acts about the person."""

from django.db.models import Q

from foundation.audit.actions import label_of
from foundation.audit.models import Entry
from foundation.audit.selectors import history_of, tracked_model

from ..models import Official
from ..sections import ROW_SECTIONS, SECTIONS

PAGE = 20
# Columns that follow from others or only count.
UNTOLD = ("sort_key", "version", "org_path", "id", "trashed_at", "trashed_by_name")


def changes_of(person, *, before: str | None = None) -> dict:
    """Acts on the record, the latest first (5 queries): who, what, why, and the fields before and after."""
    number = int(before) if before and before.isdecimal() else None
    events = history_of(tracked_model(Official._meta.label), person.pk, before=number, limit=PAGE)
    about = Q(target_kind="officials.official", target_no=str(person.pk))
    known = {change.event.xact for change in events}
    found = Entry.objects.filter(about | Q(xact__in=known)).order_by("-pk")[: PAGE * 3]
    entries = {}
    for entry in found:
        if entry.xact not in known or entry.target_no == str(person.pk) or entry.xact not in entries:
            entries[entry.xact] = entry
    acts = [_act(change.event.pgh_created_at, entries.get(change.event.xact), change.fields) for change in events]
    if number is None:  # acts that changed other rows, or looked: they have no state of this row beside them
        acts += [_act(entry.at, entry, ()) for xact, entry in entries.items() if xact not in known]
    acts.sort(key=lambda act: act["at"], reverse=True)
    more = events[-1].event.pgh_id if len(events) == PAGE else None
    return {"acts": acts, "more": more}


def _act(at, entry, fields) -> dict:
    hidden = {str(Official._meta.get_field(name).verbose_name) for name in UNTOLD}
    return {
        "at": at,
        "actor": entry.actor_name if entry else "",
        "label": label_of(entry.action) if entry else "",
        "section": _section(entry.data) if entry else "",
        "reason": entry.reason if entry else "",
        "fields": [field for field in fields if field.label not in hidden],
    }


def _section(data) -> str:
    found = SECTIONS.get(data.get("section")) or ROW_SECTIONS.get(data.get("section"))
    return str(found.label) if found else ""
