"""Schemes of a county from a workbook, as their page gives it out: parameters and indicators in one file."""

from django.utils.translation import gettext_lazy as _

from foundation.exchange.kinds import ImportKind, register
from foundation.exchange.sandbox.reader import read_workbook
from foundation.organizations.models import Organization
from foundation.regulations.services.codes import codes

from ..imports.scheme_workbook import parse_scheme_workbook
from .import_schemes import INDICATOR_WORDS, SCHEME_WORDS, apply_indicators, apply_schemes


def parse(data, file_name, organization, year):
    """Read the workbook in the limited child process."""
    categories = {code: row.label("zh-hans") for code, row in codes("unit_category").items()}
    units = dict(Organization.objects.system().below(organization).values_list("code", "name"))
    return parse_scheme_workbook(read_workbook(data, filename=file_name), categories, units)


def apply(batch, rows, changes):
    """Create or update schemes with their indicators, all as drafts."""
    rows = list(rows)
    apply_schemes(batch, [row for row in rows if row.kind == "scheme"], changes)
    apply_indicators(batch, [row for row in rows if row.kind == "indicator"], changes)


register(
    ImportKind(
        code="scheme_book",
        label=_("Workbook of schemes"),
        hint=_("The xlsx workbook that the page of a year's schemes gives out: parameters and indicators in one file."),
        permission="assessments.import_scores",
        extensions=(".xlsx",),
        needs_year=False,
        parse=parse,
        apply=apply,
        order=45,
        words=lambda batch: SCHEME_WORDS | INDICATOR_WORDS,
    )
)
