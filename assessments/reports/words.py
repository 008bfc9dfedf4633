"""Words that every paper of the assessment has: which run, as of when, marks, foot, room for the seal. Pure."""

from datetime import date

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from foundation.common.lists import words


def colon() -> str:
    """What stands between a label and its value, with its space."""
    return pgettext("between a label and its value", ": ")


def page_words() -> str:
    """The foot of a page; {page} and {pages} are filled where the pages are counted."""
    return _("Page {page} of {pages}")


def drawn_on(run) -> str:
    """As of which day the figures stand (截至日期)."""
    return _("As of %(day)s") % {"day": date_format(localtime(run.finished_at), "DATE_FORMAT")}


def run_facts(run, is_published: bool) -> tuple[tuple[str, str], ...]:
    """Which run a paper rests on, so that it can be found and compared again."""
    return (
        (_("Run"), run.number),
        (_("State"), _("published") if is_published else _("preview")),
        (_("Digest of the inputs"), f"{run.digest[:16]}…"),
    )


def marks_of(row) -> str:
    """Bottom with its streak, shielded, mitigated."""
    found = []
    if row.flagged and row.streak > 1:
        found.append(
            ngettext("bottom, %(n)d year in a row", "bottom, %(n)d years in a row", row.streak) % {"n": row.streak}
        )
    elif row.flagged:
        found.append(_("bottom"))
    found += [_("shielded")] if row.shielded else []
    found += [_("mitigated")] if row.mitigated else []
    return words(found)


def seal_lines(today: date) -> tuple[str, str]:
    """Who made the paper, with room for the seal, and when."""
    return (
        _("Made by (seal): ____________________"),
        _("Made on: %(day)s") % {"day": date_format(today, "DATE_FORMAT")},
    )
