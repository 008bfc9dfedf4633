"""The difference of two runs as its page prints it: what moved, in words, with arrows, by category."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.regulations.services.codes import codes


@dataclass(frozen=True)
class Move:
    """A change with its direction (`up` better, `down` worse, `side` neither) and its word."""

    direction: str
    word: str


def _rank_move(change) -> Move | None:
    places = change.rank_change
    if not places:
        return None
    if places > 0:
        return Move("up", ngettext("%(n)d place up", "%(n)d places up", places) % {"n": places})
    return Move("down", ngettext("%(n)d place down", "%(n)d places down", -places) % {"n": -places})


def _flag_move(before, after) -> Move | None:
    was, now = bool(before and before.flagged), bool(after and after.flagged)
    if was and now:
        return Move("side", _("stays at the bottom"))
    if now:
        return Move("down", _("newly at the bottom"))
    return Move("up", _("no longer at the bottom")) if was else None


def _sides(before, after, name) -> tuple | None:
    """Both values where they differ."""
    old, new = getattr(before, name, None), getattr(after, name, None)
    return (old, new) if old != new else None


def row_of(change, names) -> dict:
    """One unit: both sides, what moved, in words."""
    before, after = change.before, change.after
    return {
        "unit": change.unit,
        "before": before,
        "after": after,
        "category": (after or before).category,
        "category_label": names.get((after or before).category, (after or before).category),
        "total_change": change.total_change,
        "rank_change": change.rank_change,
        "is_changed": change.is_changed,
        "presence": "" if before and after else _("only before") if before else _("only after"),
        "rank_move": _rank_move(change),
        "flag_move": _flag_move(before, after),
        "grade": _sides(before, after, "grade"),
        "streak": _sides(before, after, "streak"),
        "step": _sides(before, after, "step"),
        "shield": _sides(before, after, "shielded"),
        "moved_category": names.get(before.category, before.category)
        if before and after and before.category != after.category
        else "",
    }


def difference_page(difference, *, category: str = "", every: bool = False) -> dict:
    """Rows of the page (only the changed ones unless `every`, of one category when it is named), and what they sum up to."""
    names = {code: row.label() for code, row in codes("unit_category").items()}
    rows = [row_of(change, names) for change in difference.units]
    places = {code: place for place, code in enumerate(names)}  # the order of the code table, in which offices read
    rows.sort(key=lambda row: places.get(row["category"], len(places)))
    present = list(dict.fromkeys(row["category"] for row in rows))
    changed = [row for row in rows if row["is_changed"]]
    counts = {code: sum(row["category"] == code for row in changed) for code in present}
    listed = [row for row in (rows if every else changed) if not category or row["category"] == category]
    return {
        "shown": listed,
        "category": category,
        "categories": [(code, names.get(code, code), counts[code]) for code in names if code in counts],
        "total": len(rows),
        "moved": {
            "up": sum((row["rank_change"] or 0) > 0 for row in rows),
            "down": sum((row["rank_change"] or 0) < 0 for row in rows),
            "grades": sum(bool(row["grade"]) for row in rows),
            "flags": sum(bool(row["flag_move"]) and row["flag_move"].direction != "side" for row in rows),
        },
    }
