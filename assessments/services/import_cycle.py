"""The workbook of a whole cycle, read in again: every sheet through the import that knows its things."""

import json
from collections import defaultdict

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.common.results import DomainError
from foundation.exchange.kinds import ImportKind, register
from foundation.exchange.rows import Finding, Level, ParseResult
from foundation.exchange.sandbox.limits import LARGE
from foundation.exchange.sandbox.reader import read_workbook
from foundation.organizations.choices import Kind
from foundation.organizations.models import Organization
from foundation.regulations.services.codes import codes
from officials.services import import_units
from officials.services.post_records import apply_posts, recognise
from tolerance.choices import Effect, Target
from tolerance.services.effects import apply_rows

from .. import cycle_sheets as sheets
from ..choices import SchemeState
from ..imports.cycle_workbook import CycleLookups, parse_cycle_workbook
from ..models import Cycle, Scheme
from ..selectors.cycle_inputs import earlier_flags
from . import import_scores
from .calculation import ENGINE_VERSION
from .import_schemes import INDICATOR_WORDS, SCHEME_WORDS, apply_indicators, apply_schemes
from .parameters import parameters_for
from .scheme_content import contents_of


def parse(data, file_name, organization, year) -> ParseResult:
    """Read a workbook in the limited child process; say who is recognised, and what will make the digest differ."""
    table = codes("unit_category")
    known = Organization.objects.system().below(organization).values_list("code", "name", "kind")
    lookups = CycleLookups(
        county=organization.code,
        year=year,
        categories={code: row.label() for code, row in table.items()},
        kinds={code: row.parent for code, row in table.items()},
        units={code: (name, kind) for code, name, kind in known},
    )
    read = parse_cycle_workbook(read_workbook(data, filename=file_name, limits=LARGE), lookups)
    extra = [*_about_people(organization, read.result), *_about_results(organization, year, read.manifest)]
    return ParseResult(read.result.rows, (*read.result.findings, *extra), read.result.sheets)


def _about_people(organization, result) -> list[Finding]:
    """Who is found by name only (to be looked at), and who by name is several (cannot be applied)."""
    holders = result.of_kind("holder")
    found = recognise(organization, [row.values for row in holders])
    told, findings = set(), []
    for row in holders:
        mark = row.values["person"]
        if mark in told:
            continue
        told.add(mark)
        place = (row.sheet, row.row, "name", row.values["name"], {"masked": row.values["id_masked"]})
        if mark in found.by_name:
            findings.append(Finding(Level.WARNING, "cycle_person_by_name", *place))
        elif mark in found.ambiguous:
            findings.append(Finding(Level.ERROR, "cycle_person_ambiguous", *place))
        elif mark not in found.people:
            findings.append(Finding(Level.INFO, "cycle_person_new", *place))
    return findings


def _about_results(organization, year, manifest) -> list[Finding]:
    """What the digest rests on besides the sheets: engine, rules of the year, marks of earlier years."""
    if not manifest:
        return []
    findings = []
    if manifest.get("engine_version") != ENGINE_VERSION:
        params = {"found": manifest.get("engine_version", ""), "here": ENGINE_VERSION}
        findings.append(Finding(Level.WARNING, "cycle_engine", sheets.MANIFEST, None, "", params["found"], params))
    here = _comparable(parameters_for(year, organization.code).as_dict())
    there = _comparable(_json(manifest.get("parameters"), {}))
    names = sorted(name for name in here if here[name] != there.get(name))
    if names:
        params = {"names": ", ".join(names)}
        findings.append(Finding(Level.WARNING, "cycle_parameters", sheets.MANIFEST, None, "", "", params))
    stored = Cycle.objects.system().filter(jurisdiction=organization, year=year).first()
    asked = stored or Cycle(jurisdiction=organization, year=year)
    flags = _json(manifest.get("earlier_flags"), [])
    if flags != earlier_flags(asked):
        years = sorted({str(flag[1]) for flag in [*flags, *earlier_flags(asked)]})
        params = {"years": ", ".join(years)}
        findings.append(Finding(Level.WARNING, "cycle_earlier_years", sheets.MANIFEST, None, "", "", params))
    return findings


def _comparable(parameters: dict) -> dict:
    return {name: value for name, value in parameters.items() if name != "rulebook_version"}


def _json(text, otherwise):
    """What a cell of the manifest says; something else of the wrong kind counts as nothing."""
    try:
        found = json.loads(text or "null")
    except ValueError:
        return otherwise
    return found if isinstance(found, type(otherwise)) else otherwise


def _issued(batch) -> dict:
    """What stands in the year's issued schemes: no import changes it, that needs an amendment (engine §2)."""
    schemes = Scheme.objects.system().filter(cycle__jurisdiction=batch.organization, cycle__year=batch.year)
    found = list(schemes.filter(state=SchemeState.ISSUED))
    contents = contents_of(found)
    return {scheme.pk: (contents[scheme.pk], scheme.issued_on, scheme.document_no) for scheme in found}


def apply(batch, rows, changes):
    """Units, schemes, indicators, figures and items, effects, posts: each as its own import writes it."""
    by_kind = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    import_units.apply(batch, by_kind["unit"], changes)
    issued = _issued(batch)
    for row in by_kind["scheme"]:
        row.values = row.values | {"issued_on": import_scores.day_of(row.values["issued_on"])}
    apply_schemes(batch, by_kind["scheme"], changes)
    apply_indicators(batch, by_kind["indicator"], changes)
    if {key: facts for key, facts in _issued(batch).items() if key in issued} != issued:
        raise DomainError(
            "SCHEME_ISSUED",
            _(
                "Schemes of %(year)d are issued here and differ from the workbook. Amend them on their page, then import."
            )
            % {"year": batch.year},
        )
    import_scores.apply(batch, by_kind["score"] + by_kind["adjustment"] + by_kind["veto"], changes)
    apply_rows(batch.organization, by_kind["effect"], changes)
    posts, holders = ([row.values for row in by_kind[kind]] for kind in ("post", "holder"))
    apply_posts(batch.organization, posts, holders, changes)


register(
    ImportKind(
        code="cycle",
        label=_("Whole cycle of a year"),
        hint=_(
            "The xlsx workbook that a year's page exports: units, schemes, figures, items, decisions, leaders. Import earlier years first and publish them, then calculate: the digest is the same."
        ),
        permission="assessments.import_scores",
        also_needs=("organizations.import_units", "officials.import_posts", "tolerance.import_effects"),
        extensions=(".xlsx",),
        needs_year=True,
        parse=parse,
        apply=apply,
        order=70,
        words=lambda batch: (
            SCHEME_WORDS
            | INDICATOR_WORDS
            | {
                "kind": dict(Kind.choices),
                "effect": dict(Effect.choices),
                "target_kind": dict(Target.choices),
                "outcome": {"exempt": _("no accountability"), "mitigated": _("mitigated")},
                "state": dict(SchemeState.choices),
                "item": {"bonus": _("bonus"), "deduction": _("deduction")},
            }
        ),
        labels={
            "person": _("mark of the person"),
            "id_masked": _("identity number"),
            "item": _("kind"),
            "state": _("state"),
            "issued_on": _("issued on"),
            "issuer_name": pgettext_lazy("scheme", "issued by"),
            "is_main": _("main post"),
            "is_team_member": _("member of the leading team"),
        },
    )
)
