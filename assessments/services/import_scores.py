"""The score workbook of a year: figures, targets, bonuses and deductions, vetoes."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from foundation.common.results import DomainError
from foundation.exchange.kinds import ImportKind, register
from foundation.exchange.registered import Registered
from foundation.exchange.sandbox.reader import read_workbook
from foundation.organizations.models import Organization, OrganizationName, UnitCategory
from foundation.regulations.services.codes import codes

from ..imports.lookups import IndicatorFacts, ScoreLookups, UnitFacts
from ..imports.score_workbook import parse_score_workbook
from ..models import Adjustment, Indicator, Score, Veto
from .import_schemes import cycles_of
from .parameters import parameters_for


def lookups_for(organization, year) -> ScoreLookups:
    """What the register knows about a county's year: names old and new, categories, indicators (5 queries)."""
    categories = dict(
        UnitCategory.objects.system()
        .filter(organization__jurisdiction=organization, year=year)
        .values_list("organization_id", "category")
    )
    former = defaultdict(list)
    for key, name, short in OrganizationName.objects.filter(
        organization__jurisdiction=organization, ends_on__isnull=False
    ).values_list("organization_id", "name", "short_name"):
        former[key] += [text for text in (name, short) if text]
    units = [
        UnitFacts(unit.code, unit.name, unit.short_name, tuple(former[unit.pk]), categories.get(unit.pk, ""))
        for unit in Organization.objects.system().below(organization).in_tree_order()
    ]
    words = tuple(parameters_for(year, organization.code).grade_table)
    leaves = Indicator.objects.system().filter(scheme__cycle__jurisdiction=organization, scheme__cycle__year=year)
    indicators = [
        IndicatorFacts(
            category=leaf.scheme.category,
            code=leaf.code,
            name=leaf.name,
            group=leaf.group,
            unit_of_measure=leaf.unit_of_measure,
            method=leaf.method,
            direction=leaf.direction,
            responsible=leaf.responsible.code if leaf.responsible_id else "",
            grades=tuple(leaf.params["table"]) if "table" in leaf.params else words,
        )
        for leaf in leaves.select_related("scheme", "responsible").order_by("scheme__category", "sort")
    ]
    names = {code: row.label("zh-hans") for code, row in codes("unit_category").items()}
    return ScoreLookups(year=year, categories=names, units=units, indicators=indicators)


def parse(data, file_name, organization, year):
    """Read a score workbook in the limited child process and match it with the register."""
    return parse_score_workbook(read_workbook(data, filename=file_name), lookups_for(organization, year))


def _number(text):
    return Decimal(text) if text not in (None, "") else None


def day_of(text) -> date | None:
    """A day that a staged row holds as ISO text."""
    return date.fromisoformat(text) if text else None


def apply(batch, rows, changes):
    """Write the figures, adjustments and vetoes of a year. A gap is written as a gap: the calculation will refuse it."""
    cycle = cycles_of(batch, {batch.year}, changes)[batch.year]
    units = Registered(Organization.objects.system().below(batch.organization).values_list("code", "pk"))
    leaves = Registered(
        ((leaf.scheme.category, leaf.code), leaf)
        for leaf in Indicator.objects.system().filter(scheme__cycle=cycle).select_related("scheme")
    )
    by_kind = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row.values)
    _apply_scores(cycle, by_kind["score"], units, leaves, changes)
    items = {
        v["number"]: {
            "cycle": cycle,
            "unit_id": units[v["unit"]],
            "number": v["number"],
            "kind": v["item"],
            "points": Decimal(v["points"]),
            "ground": v["ground"],
            "document_no": v["document_no"],
            "evidence": v["evidence"],
            "occurred_on": day_of(v["date"]),
        }
        for v in by_kind["adjustment"]
    }
    _apply_items(Adjustment, cycle, items, changes)
    vetoes = {
        v["number"]: {
            "cycle": cycle,
            "unit_id": units[v["unit"]],
            "number": v["number"],
            "ground": v["ground"],
            "decided_by": v["decided_by"],
            "document_no": v["document_no"],
            "occurred_on": day_of(v["date"]),
        }
        for v in by_kind["veto"]
    }
    _apply_items(Veto, cycle, vetoes, changes)


def _apply_scores(cycle, values, units, leaves, changes):
    existing = {(s.unit_id, s.indicator_id): s for s in Score.objects.system().filter(cycle=cycle)}
    wanted = {}
    for v in values:
        leaf = leaves[v["category"], v["indicator"]]
        key = (units[v["unit"]], leaf.pk)
        known = existing[key].na_reason if key in existing else ""  # the office's workbooks do not say why
        wanted[key] = {
            "cycle": cycle,
            "unit_id": units[v["unit"]],
            "indicator": leaf,
            "figure": _number(v["figure"]),
            "word": v["word"] or "",
            "target": _number(v["target"]),
            "is_applicable": v["is_applicable"],
            "na_reason": "" if v["is_applicable"] else v.get("na_reason", known),
        }
    changes.merge(Score, existing, wanted)


def _apply_items(model, cycle, wanted, changes):
    existing = {item.number: item for item in model.objects.system().filter(cycle=cycle)}
    left = sorted(set(existing) - set(wanted))
    if left:
        raise DomainError(
            "ITEMS_LEFT_OVER",
            _(
                "Stored earlier, but not in this file: %(numbers)s. Undo the earlier import first, or add them to the file."
            )
            % {"numbers": ", ".join(left[:10])},
        )
    changes.merge(model, existing, wanted)


def _words(batch):
    """Names of the year's indicators (1 query), one code in several schemes only where they agree; kinds of adjustments."""
    names = defaultdict(set)
    leaves = Indicator.objects.system().filter(
        scheme__cycle__jurisdiction=batch.organization, scheme__cycle__year=batch.year
    )
    for code, name in leaves.values_list("code", "name"):
        names[code].add(name)
    return {
        "indicator": {code: found.pop() for code, found in names.items() if len(found) == 1},
        "kind": {"bonus": _("bonus"), "deduction": _("deduction")},
    }


register(
    ImportKind(
        code="scores",
        label=_("Score workbook of a year"),
        hint=_("The xlsx workbook as the assessment office mails it: a sheet per category, 加分扣分, 一票否决."),
        permission="assessments.import_scores",
        extensions=(".xlsx",),
        needs_year=True,
        parse=parse,
        apply=apply,
        order=50,
        words=_words,
    )
)
