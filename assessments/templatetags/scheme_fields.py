"""Fields of the scheme editor's dense rows: the column's heading is the label, errors stand below the field."""

from django import forms, template
from django.utils.html import format_html_join

from foundation.common.html import html_of

from ..rules.methods import ALLOWED

register = template.Library()


def _errors(bound):
    if not bound.errors:
        return ""
    lines = format_html_join("", "<span>{}</span>", ((error,) for error in bound.errors))
    return html_of('<p class="field-error" id="{}_error">{}</p>', bound.auto_id, lines)


def _control(bound, attrs) -> str:
    css = "form-select" if isinstance(bound.field.widget, forms.Select) else "form-control"
    attrs["class"] = " ".join(filter(None, (css, attrs.pop("css", ""), "is-invalid" if bound.errors else "")))
    return bound.as_widget(attrs={name: value for name, value in attrs.items() if value})


@register.simple_tag
def cell(bound, css="", list="", mode="", mark=""):  # noqa: A002 - the name of the attribute
    """A field in a cell. `mark` becomes `data-<mark>` for the page's script, `list` names a datalist."""
    attrs = {"css": css, "list": list, "inputmode": mode, "aria-label": bound.label, "autocomplete": "off"}
    if mark:
        attrs[f"data-{mark}"] = "yes"
    if isinstance(bound.field.widget, forms.NumberInput):
        bound.field.widget.input_type = "text"  # a number field swallows what is no number; ours says what is wrong
    return html_of("{}{}", _control(bound, attrs), _errors(bound))


@register.simple_tag
def param(bound, allowed=(), hint="", always=False):
    """A parameter of the method with its label, hidden while the method has none of this name."""
    methods = " ".join(method for method, names in ALLOWED.items() if bound.name in names)
    attrs = {"autocomplete": "off", "placeholder": str(hint or "")}
    return html_of(
        '<span class="scheme-param" data-methods="{}"{}><label for="{}">{}</label>{}{}</span>',
        "" if always else methods,
        "" if always or bound.name in allowed else html_of("{}", " hidden"),
        bound.id_for_label,
        bound.label,
        _control(bound, attrs),
        _errors(bound),
    )
