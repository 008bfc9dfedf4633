"""What an import may not change: the inputs of a published year (engine §6).

Every guard locks the county's cycles before it looks, so that nothing can be published or calculated between the look and
the import's end; `calculate` and `publish` lock the same rows.
"""

from django.utils.translation import gettext_lazy as _

from foundation.common.results import Reason
from foundation.exchange.kinds import add_guard
from foundation.exchange.models import BatchStatus
from foundation.organizations.models import UnitCategory
from tolerance.models import AssessmentEffect
from tolerance.services.effects import years_changed

from ..choices import SchemeState
from ..models import Cycle, Scheme
from .scheme_editing import label_of


def _lock(batch, years=None) -> list[Cycle]:
    """The county's cycles (of some years), locked until the transaction ends, always in the same order."""
    cycles = Cycle.objects.system().filter(jurisdiction=batch.organization)
    if years is not None:
        cycles = cycles.filter(year__in=years)
    return list(cycles.select_for_update(of=("self",)).order_by("pk"))


def _published(cycles, years) -> list[Reason]:
    return [
        Reason(
            "YEAR_LOCKED",
            {"year": year},
            text=_("The year %(year)d is published and locked. Open it for correction with a reason, then import.")
            % {"year": year},
        )
        for year in sorted(cycle.year for cycle in cycles if cycle.is_locked and cycle.year in years)
    ]


def _touched(batch, model) -> set[int]:
    """Years of the rows of a model that an applied batch wrote: what undoing it would change."""
    rows = batch.changes.filter(model=model._meta.label).values_list("before__year", "after__year")
    return {year for pair in rows for year in pair if year is not None}


def years_are_open(batch) -> list[Reason]:
    """Schemes, indicators and figures of published years change only under correction."""
    years = {values["year"] for values in batch.rows.values_list("values", flat=True) if values.get("year")}
    years |= {batch.year} if batch.year else set()
    return _published(_lock(batch, years), years)


def categories_stay(batch) -> list[Reason]:
    """A units file must not change a unit's category in a published year, neither applied nor undone."""
    cycles = _lock(batch)
    if batch.status == BatchStatus.APPLIED:
        return _published(cycles, _touched(batch, UnitCategory))
    mine = UnitCategory.objects.system().filter(organization__jurisdiction=batch.organization)
    stored = {
        (code, year): category for code, year, category in mine.values_list("organization__code", "year", "category")
    }
    changed = {
        int(year)
        for values in batch.rows.filter(kind="unit").values_list("values", flat=True)
        for year, category in values["categories"].items()
        if stored.get((values["code"], int(year))) != category
    }
    return _published(cycles, changed)


def effects_stay(batch) -> list[Reason]:
    """A tolerance decision reaches a published year only after the year was opened for correction (engine §4, §6)."""
    cycles = _lock(batch)
    if batch.status == BatchStatus.APPLIED:
        return _published(cycles, _touched(batch, AssessmentEffect))
    return _published(cycles, years_changed(batch.organization, batch.rows.all()))


def posts_wait(batch) -> list[Reason]:
    """Who held which post is the person's record, which no assessment locks; only a running calculation is awaited.

    The runs of published years stay as they are: whom they named stands in them.
    """
    _lock(batch)
    return []


def schemes_are_drafts(batch) -> list[Reason]:
    """A file neither changes an issued scheme nor takes it back: that needs an amendment (engine §2).

    Of a published year `years_are_open` tells the first thing to do.
    """
    _lock(batch)
    touched = {
        (values["year"], values["category"])
        for values in batch.rows.filter(kind__in=("scheme", "indicator")).values_list("values", flat=True)
    }
    issued = Scheme.objects.system().filter(cycle__jurisdiction=batch.organization, state=SchemeState.ISSUED)
    return [
        Reason(
            "SCHEME_ISSUED",
            {"year": scheme.cycle.year, "category": scheme.category},
            text=_(
                "The scheme “%(scheme)s” is issued (%(document)s) and no import changes it. Amend it on its page, with reason and document number."
            )
            % {"scheme": label_of(scheme), "document": scheme.document_no},
        )
        for scheme in issued.select_related("cycle").order_by("cycle__year", "category")
        if (scheme.cycle.year, scheme.category) in touched and not scheme.cycle.is_locked
    ]


for _kind in ("schemes", "indicators", "scheme_book", "scores"):
    add_guard(_kind, years_are_open)
for _kind in ("schemes", "indicators", "scheme_book"):
    add_guard(_kind, schemes_are_drafts)
add_guard("units", categories_stay)
add_guard("tolerance_effects", effects_stay)
add_guard("posts", posts_wait)
add_guard("cycle", years_are_open)
