"""Who is in which period until when (影响期台账): the rows in the record, with the decision behind each."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.registry import kind_named
from officials.choices import Nature
from officials.models import Restriction
from officials.selectors.restrictions import RestrictionLine, lines_of_rows

from ..models import Handling

VIEW = "officials.view_restriction"
RUNNING, HELD, ENDED, LIFTED, ALL = "running", "held", "ended", "lifted", "all"
STATES = {
    RUNNING: pgettext_lazy("influence period", "running"),
    HELD: pgettext_lazy("influence period", "on hold"),
    ENDED: pgettext_lazy("influence period", "ended"),
    LIFTED: pgettext_lazy("influence period", "lifted early"),
    ALL: _("all"),
}
SORTS = {
    "ends": (_("ending first"), (F("ends_on").asc(nulls_last=True), "pk")),
    "latest": (_("ending last"), (F("ends_on").desc(nulls_first=True), "pk")),
    "begun": (_("begun last"), ("-starts_on", "-pk")),
    "unit": (_("by unit"), ("official__org_path", "official__sort_key", "pk")),
}


@dataclass(frozen=True)
class PeriodLine:
    """A row of the list: the restriction as the record prints it, days left on the day asked, and the decision's page."""

    line: RestrictionLine
    days_left: int | None
    document: str
    url: str

    @property
    def row(self) -> Restriction:
        """The restriction with its person."""
        return self.line.row

    @property
    def label(self) -> Any:
        """Its state in words."""
        return STATES[self.state]

    @property
    def state(self) -> str:
        """Word of `STATES` for it."""
        if self.row.lifted_on:
            return LIFTED
        if not self.line.is_active:
            return ENDED
        return HELD if self.row.nature == Nature.HOLD else RUNNING


def in_state(rows, state: str, day: date):
    """Restrictions in a state of `STATES` on a day."""
    running = Q(lifted_on__isnull=True) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    if state == LIFTED:
        return rows.filter(lifted_on__isnull=False)
    if state == ENDED:
        return rows.filter(lifted_on__isnull=True, ends_on__lt=day)
    if state == ALL:
        return rows
    return rows.filter(running, nature=Nature.HOLD) if state == HELD else rows.filter(running)


def periods_for(user, day: date, *, state=RUNNING, kind="", unit="", name="", days=None, sort="ends"):
    """Restrictions of people whose files are open to the user, narrowed and in order.

    `days`: of running ones those that end within so many days, of ended ones those that ended within so many days.
    """
    rows = in_state(Restriction.objects.visible_to(user, VIEW).filter(official__trashed_at__isnull=True), state, day)
    if kind:
        rows = rows.filter(kind=kind)
    if unit:
        rows = rows.filter(Q(official__home__name__icontains=unit) | Q(official__home__short_name__icontains=unit))
    if name:
        rows = rows.filter(official__name__icontains=name)
    if days is not None:
        near = Q(ends_on__range=(day, day + timedelta(days=days)))
        rows = rows.filter(Q(ends_on__range=(day - timedelta(days=days), day)) if state == ENDED else near)
    document = Handling.objects.system().filter(case_no=OuterRef("source_no")).values("document_no")[:1]
    rows = rows.annotate(document=Coalesce(Subquery(document), Value("", CharField())))
    return rows.select_related("official__home").order_by(*SORTS[sort][1])


def period_lines(user, rows, day: date) -> list[PeriodLine]:
    """Rows as the list prints them (no query besides those of `rows`)."""
    return [_line(user, line, day) for line in lines_of_rows(rows, day)]


def _line(user, line: RestrictionLine, day: date) -> PeriodLine:
    row, kind = line.row, kind_named(line.row.source_kind)
    url = ""
    if kind and kind.url_name and user.has_perm(f"{kind.model._meta.app_label}.view_{kind.model._meta.model_name}"):
        url = reverse(kind.url_name, args=[row.source_no])
    left = (row.ends_on - day).days if line.is_active and row.ends_on else None
    return PeriodLine(line, left, row.document, url)
