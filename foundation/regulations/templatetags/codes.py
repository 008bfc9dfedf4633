"""Names of codes in pages: `{{ row.category|code_label:"unit_category" }}`."""

from django import template

from ..services.codes import code_label as label_of

register = template.Library()


@register.filter
def code_label(code, table):
    """Name of a code in the reader's language; nothing for an empty code, the code itself when the table lacks it."""
    return label_of(table, code) if code else ""
