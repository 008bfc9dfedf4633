"""The collection workbook V2017.01 (信息采集表): the kind of import that fills all information sets of people at once."""

from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.exchange.kinds import ImportKind, register
from foundation.organizations.models import Organization

from ..choices import Sex, Status
from ..import_fields import VALUE_NAMES
from ..imports.collection import CollectionFacts, parse_collection
from ..rules.collection_columns import TABLES
from .import_comparing import compare
from .import_history import History
from .import_matching import Matcher, match_people
from .import_people import apply_people
from .import_printing import shown_values
from .import_roster import label_tables, registered, reread, unit_finder

KIND = "collection"


def parse(data, file_name, organization, year):
    """Read the workbook; every fault of every sheet is told at once."""
    facts = CollectionFacts(
        finder=unit_finder(organization),
        tables=label_tables(TABLES),
        today=timezone.localdate(),
        county=organization.code,
        registered=registered,
    )
    return parse_collection(reread(data, file_name), facts)


def match(organization, rows):
    """Rows beside the record. Posts and ranks that cannot stand beside recorded ones are told before anything is applied."""
    units = {unit.code: unit for unit in Organization.objects.system().below(organization)}
    matcher = Matcher(organization, [row.values for row in rows])
    found = [matcher.by_number(row.values) for row in rows]
    history = History.of(person.pk for person in found if person is not None)
    matched = match_people(
        organization, rows, against=lambda row, person: history.against(row, person, units), matcher=matcher
    )
    return [
        replace(each, findings=(*each.findings, *history.against(row, None, units))) if person is None else each
        for each, row, person in zip(matched, rows, found, strict=True)
    ]


register(
    ImportKind(
        code=KIND,
        label=_("Collection workbook (V2017.01)"),
        hint=_(
            "The workbook with sheets A01 to A99Z1, as the roster hands it out: people with posts, ranks, education, awards, ratings and family. Matched by identity number, else you decide person by person."
        ),
        permission="officials.import_officials",
        extensions=(".xlsx",),
        needs_year=False,
        parse=parse,
        apply=apply_people,
        order=27,
        secrets=("id_number",),
        labels=VALUE_NAMES,
        shown=shown_values,
        words=lambda batch: {"sex": dict(Sex.choices), "status": dict(Status.choices)},
        is_partial=True,
        match=match,
        compare=compare,
        reread=reread,
    )
)
