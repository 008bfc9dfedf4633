"""Names of codes in pages: `{{ row.category|code_label:"unit_category" }}`."""

from django import template

from ..services.codes import code_label as label_of
from ..services.codes import codes

register = template.Library()


@register.filter
def code_label(code, table):
    """Name of a code in the reader's language; nothing for an empty code, the code itself when the table lacks it.

    Several tables (`handling_type|hold_kind`): the first that has the code.
    """
    if not code:
        return ""
    tables = table.split("|")
    return label_of(next((one for one in tables if code in codes(one)), tables[0]), code)
