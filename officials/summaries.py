"""The numbers of leaders and staff in sentences (缺配综述), to be copied into a paper."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .choices import STAFF_KINDS
from .selectors.quotas import Totals, UnitFill

MOST = 40  # units named in one sentence


def summary_of(rows: list[UnitFill], totals: Totals, day: date) -> list[str]:
    """Paragraphs: leaders as a whole, where they are missing, where there are too many, staff. Nothing without units."""
    if not rows:
        return []
    found = [_leaders(rows, totals, day)]
    missing = [row for row in rows if row.leaders.vacant]
    if missing:
        found.append(
            _("Missing: %(n)d leaders in %(units)d units: %(list)s.")
            % {"n": totals.vacant["leaders"], "units": len(missing), "list": _listed(missing, "leaders", "vacant")}
        )
    over = [row for row in rows if row.leaders.over]
    if over:
        found.append(
            _("Over the number: %(n)d leaders in %(units)d units: %(list)s.")
            % {"n": totals.over["leaders"], "units": len(over), "list": _listed(over, "leaders", "over")}
        )
    return [*found, *_staff(rows, totals)]


def _leaders(rows, totals, day) -> str:
    facts = {
        "day": date_format(day, "DATE_FORMAT"),
        "units": len(rows),
        "approved": totals.leaders.approved or 0,
        "actual": totals.leaders.actual,
        "principals": totals.principals.actual,
        "deputies": totals.deputies.actual,
        "vacant": totals.vacant["leaders"],
        "over": totals.over["leaders"],
    }
    text = _(
        "As of %(day)s, %(approved)d leaders are approved for %(units)d units; %(actual)d are there (%(principals)d principal,"
        " %(deputies)d deputy), %(vacant)d are missing, %(over)d are over the number."
    )
    none = sum(row.leaders.approved is None for row in rows)
    if none:
        more = ngettext(
            "For %(n)d unit no number is entered.", "For %(n)d units no number is entered.", none
        ) % {"n": none}  # fmt: skip
        return f"{text % facts}{more}"
    return text % facts


def _staff(rows, totals) -> list[str]:
    kinds = _kinds(totals)
    if totals.staff.approved is None:
        return kinds
    facts = {
        "approved": totals.staff.approved,
        "actual": totals.staff.actual,
        "vacant": totals.vacant["staff"],
        "over": totals.over["staff"],
    }
    text = _("Staff: %(approved)d approved, %(actual)d there, %(vacant)d missing, %(over)d over the number.") % facts
    over = [row for row in rows if row.staff.over]
    if not over:
        return [text, *kinds]
    return [text, *kinds, _("More staff than approved: %(list)s.") % {"list": _listed(over, "staff", "over")}]


def _kinds(totals) -> list[str]:
    """People by kind of establishment, and of how many the record does not say it."""
    shown = [
        _("%(kind)s %(actual)d of %(approved)d") % {"kind": label, "actual": fill.actual, "approved": fill.approved}
        if fill.approved is not None
        else _("%(kind)s %(actual)d") % {"kind": label, "actual": fill.actual}
        for label, fill in ((STAFF_KINDS[kind], fill) for kind, fill in totals.kinds.items())
        if fill.approved is not None or fill.actual
    ]
    found = [_("By kind of establishment: %(list)s.") % {"list": _(", ").join(shown)}] if shown else []
    if totals.unstated:
        text = ngettext(
            "The record of %(n)d person does not say the kind of establishment.",
            "The records of %(n)d people do not say the kind of establishment.",
            totals.unstated,
        )
        found.append(text % {"n": totals.unstated})
    return found


def _listed(rows, name: str, side: str) -> str:
    """Units with their numbers, those with the largest first; further ones are counted."""
    ordered = sorted(rows, key=lambda row: -getattr(getattr(row, name), side))
    separator = _(", ")
    shown = [
        _("%(unit)s %(n)d") % {"unit": row.unit.short_name or row.name, "n": getattr(getattr(row, name), side)}
        for row in ordered[:MOST]
    ]
    if len(ordered) > MOST:
        shown.append(_("%(n)d more units") % {"n": len(ordered) - MOST})
    return separator.join(shown)
