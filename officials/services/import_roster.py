"""Any roster (名册) by the headers of its columns: the kind of import that fills the record."""

from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.common.crypto import keyed_hash
from foundation.exchange.kinds import ImportKind, register
from foundation.exchange.rows import Finding, Level
from foundation.exchange.sandbox.limits import LARGE, long_list
from foundation.exchange.sandbox.reader import read_workbook
from foundation.exchange.sandbox.streaming import open_sheets
from foundation.exchange.selectors import remembered_columns
from foundation.organizations.models import Organization, OrganizationName
from foundation.regulations.services.codes import codes

from ..choices import Sex
from ..import_fields import FIELD_NAMES, VALUE_NAMES
from ..imports.roster import REQUIRED, Decided, RosterFacts, RosterReading, parse_roster
from ..imports.roster_people import LABELS
from ..imports.unit_posts import UnitFinder, UnitNames
from ..rules.labels import LabelTable
from ..rules.partial_dates import PartialDate
from .import_comparing import compare
from .import_holdings import main_spells, plan_post
from .import_matching import Matcher, match_people
from .import_people import apply_people
from .import_printing import shown_values
from .people import by_identity

KIND = "roster"
TABLES = {"sex_gbt2261_1", "education_zb64", "degree_gbt6864", *(table for table, _longest in LABELS.values())}


def label_tables(names=TABLES) -> dict[str, LabelTable]:
    """Code tables prepared for matching labels."""
    return {name: LabelTable(name, [(row.code, row.label_zh) for row in codes(name).values()]) for name in names}


def unit_finder(organization) -> UnitFinder:
    """All units of a county by their present and former names (2 queries)."""
    former: dict[int, list[str]] = {}
    for unit, name, short in OrganizationName.objects.filter(
        organization__path__startswith=organization.path
    ).values_list("organization_id", "name", "short_name"):
        former.setdefault(unit, []).extend(text for text in (name, short) if text)
    units = Organization.objects.system().below(organization).filter(ends_on__isnull=True).select_related("parent")
    return UnitFinder(
        UnitNames(
            unit.code,
            unit.name,
            unit.short_name,
            unit.kind,
            unit.parent.code if unit.parent else "",
            () if unit.kind == "section" else tuple(former.get(unit.pk, ())),
        )
        for unit in units
    )


def registered(numbers) -> dict[str, str]:
    """Recorded names of identity numbers (1 query)."""
    people = by_identity(numbers)
    return {number: people[key].name for number in numbers if (key := keyed_hash(number)) in people}


def _facts(organization) -> RosterFacts:
    decided = remembered_columns(KIND, organization)
    return RosterFacts(
        finder=unit_finder(organization),
        tables=label_tables(),
        today=timezone.localdate(),
        remembered=lambda signature: Decided(*decided[signature]) if signature in decided else None,
        registered=registered,
    )


def parse(data, file_name, organization, year):
    """Read a workbook of any layout that has a header with names."""
    return parse_roster(reread(data, file_name), _facts(organization))


@contextmanager
def stream(data, file_name, organization, year):
    """The same, row by row: a roster may be long."""
    limits = long_list(megabytes=settings.IMPORT_LARGEST_MEGABYTES, rows=settings.IMPORT_LARGEST_ROWS)
    opened = open_sheets(data, filename=file_name, limits=limits)
    del data
    with opened as sheets:
        yield RosterReading(sheets, _facts(organization))


def reread(data, file_name):
    """The cells of the file."""
    return read_workbook(data, filename=file_name, limits=LARGE)


def match(organization, rows):
    """Rows beside the record. A post that cannot stand beside recorded ones is told before anything is applied."""
    matcher = Matcher(organization, [row.values for row in rows])
    spells = main_spells(person.pk for person in matcher.by_hash.values())
    below = Organization.objects.system().below(organization) if matcher.by_hash else Organization.objects.none()
    units = dict(below.values_list("code", "pk"))

    def against(row, person):
        values = row.values
        if not all(values.get(name) for name in ("unit", "post", "post_since")):
            return
        mine = spells.get(person.pk, {})
        plan = plan_post(mine, units[values["unit"]], values["post"], PartialDate.stored(values["post_since"]))
        if plan.against is not None:
            held = mine[plan.against]
            params = {"other": held.post.title if held.post else held.title_text, "from": held.starts_on.isoformat()}
            shown = PartialDate.stored(values["post_since"]).printed
            yield Finding(Level.ERROR, "roster_post_against", row.sheet, row.row, "", shown, params)

    return match_people(organization, rows, against=against, matcher=matcher)


register(
    ImportKind(
        code=KIND,
        label=_("Roster of officials"),
        hint=_(
            "Any roster in a workbook: name, identity number and what else its columns hold. Unknown columns are asked about once and remembered."
        ),
        permission="officials.import_officials",
        extensions=(".xlsx",),
        needs_year=False,
        parse=parse,
        stream=stream,
        apply=apply_people,
        order=25,
        secrets=("id_number", "phone"),
        labels=VALUE_NAMES,
        shown=shown_values,
        words=lambda batch: {"sex": dict(Sex.choices)},
        is_partial=True,
        is_applied_in_parts=True,
        match=match,
        compare=compare,
        fields=FIELD_NAMES,
        required_fields=REQUIRED,
        reread=reread,
    )
)
