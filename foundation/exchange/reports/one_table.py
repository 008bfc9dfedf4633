"""A list of the site as a report of one table. Values in, report out."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .content import Report, Section, Table


def one_table(title: str, table: Table, day: date) -> Report:
    """The report in the reader's language, as of a day, its pages counted."""
    return Report(
        title=title,
        sections=(Section(title, title, (table,)),),
        as_of=_("As of %(day)s") % {"day": date_format(day, "DATE_FORMAT")},
        page_words=_("Page {page} of {pages}"),
        language=get_language() or "zh-hans",
    )
