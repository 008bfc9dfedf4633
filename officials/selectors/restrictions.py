"""What stands against people on a day, and from when they may be promoted, with the article of each rule."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from foundation.regulations.services.codes import code_label, codes
from foundation.regulations.services.rulebook import rulebook

from ..badges import Badge, BadgeRow, RowSource, add_rows, badge_rows
from ..choices import Nature
from ..models import Official, RatingConstraint, Restriction
from ..pending_acts import pending_of
from ..rules.promotability import Promotability, RestrictionFact, earliest_promotable

VIEW = "officials.view_restriction"
ACTS = ("POST", "RANK", "IMPORTANT_LATERAL", "LEADING_POST")
"""The acts that the person page answers; the others stand in the API."""


@dataclass(frozen=True)
class RestrictionLine:
    """One restriction as pages print it."""

    row: Restriction
    label: str
    blocks: str
    cites: tuple
    is_active: bool
    note: Any


def fact_of(row: Restriction) -> RestrictionFact:
    """The restriction in the shape of the pure rule."""
    return RestrictionFact(
        row.kind,
        row.nature,
        frozenset(row.blocks),
        row.starts_on,
        row.ends_on,
        row.source_no,
        _cites(row),
        row.review_on,
    )


def _cites(row: Restriction) -> tuple:
    """Articles of the rules as they stood on the first day."""
    book = rulebook(on=row.starts_on)
    return tuple(dict.fromkeys(book.cite(code) for code in row.rule_ids if code in book))


def page_of(official: Official, day: date) -> dict[str, Any]:
    """What the person page says: verdicts by act, restrictions, bounds on ratings (3 queries)."""
    return {
        "verdicts": promotability_of(official, day),
        "lines": lines_of(official, day),
        "bounds": bounds_of(official),
    }


def facts_of(people, day: date) -> dict[int, list[RestrictionFact]]:
    """Restrictions that were not lifted, and what is pending, by person (1 query and those of the sources)."""
    found = pending_of(people, day)
    for row in Restriction.objects.system().standing().filter(official__in=people):
        found[row.official_id].append(fact_of(row))
    return found


def promotability_of(official: Official, day: date, acts=ACTS) -> list[Promotability]:
    """The earliest day for each act, with reasons (`facts_of`)."""
    facts = facts_of([official.pk], day).get(official.pk, [])
    return [earliest_promotable(facts, act, day) for act in acts]


def lines_of(official: Official, day: date) -> list[RestrictionLine]:
    """All restrictions of a person, the standing ones first, then the newest (1 query)."""
    rows = Restriction.objects.system().filter(official=official).order_by("-starts_on", "-pk")
    return sorted(lines_of_rows(rows, day), key=lambda line: not line.is_active)


def lines_of_rows(rows, day: date) -> list[RestrictionLine]:
    """Restrictions as pages print them, in their order."""
    return [
        RestrictionLine(
            row,
            _("held: %(kind)s") % {"kind": kind_label(row.kind)} if row.nature == Nature.HOLD else kind_label(row.kind),
            "、".join(code_label("blocked_act", code) for code in row.blocks),
            _cites(row),
            row.lifted_on is None and (row.ends_on is None or row.ends_on >= day),
            how_it_came(row),
        )
        for row in rows
    ]


def kind_label(kind: str) -> str:
    """Name of a kind: of handling_type, or of what else restricts (hold_kind)."""
    return code_label("handling_type" if kind in codes("handling_type") else "hold_kind", kind)


def how_it_came(row: Restriction):
    """How the last day came, where more than the rule's months made it."""
    facts = row.explanation
    if facts.get("added_days"):
        words = {"days": facts["added_days"], "source": facts.get("added_from", ""), "months": facts.get("own_months")}
        if facts.get("is_capped"):
            return _("%(months)s months of its own, and days left of %(source)s up to the cap") % words
        return _("%(months)s months of its own, %(days)s days left of %(source)s added") % words
    if row.ends_on is None and row.nature == Nature.PERIOD:
        return _("no end is known yet")
    return ""


def bounds_of(official: Official) -> list[RatingConstraint]:
    """Bounds on the person's annual ratings, the latest year first (1 query)."""
    return list(RatingConstraint.objects.system().filter(official=official).order_by("-year", "pk"))


def running_restrictions(people, day) -> list:
    """Influence periods and holds of people that run on a day."""
    rows = Restriction.objects.system().on_date(day).filter(official__in=people)
    return [badge_rows(rows, word="kind", number="nature", day="ends_on")]


def restriction_badges(rows: list[BadgeRow]) -> list[Badge]:
    """The one that ends last, with its last day; what has no end ends last."""
    latest = max(rows, key=lambda row: row.day or date.max)
    words = {"kind": kind_label(latest.word), "day": date_format(latest.day, "Y.m.d") if latest.day else ""}
    if latest.number == Nature.HOLD:
        text = _("held: %(kind)s") % words
    elif latest.day:
        text = _("%(kind)s until %(day)s") % words
    else:
        text = _("%(kind)s, no end known") % words
    return [Badge("red", text, permission=VIEW)]


add_rows(RowSource("officials.restriction", running_restrictions, restriction_badges))
