"""Names of codes in pages: `{{ row.category|code_label:"unit_category" }}`."""

from django import template

from ..services import codes

register = template.Library()


@register.filter
def code_label(code, table):
    """Name of a code in the reader's language; nothing for an empty code, the code itself when the table lacks it."""
    return codes.code_label(table, code) if code else ""
