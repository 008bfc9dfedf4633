"""Forms as the look prescribes: one column, label above, hint below, error at the field and in a summary."""

from django import forms, template

register = template.Library()
SELECTS = (forms.Select, forms.SelectMultiple)
CHECKS = (forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.RadioSelect)


def css_class(widget) -> str:
    """The class that gives a widget its look."""
    if isinstance(widget, CHECKS):
        return "form-check-input"
    return "form-select" if isinstance(widget, SELECTS) else "form-control"


@register.inclusion_tag("parts/field.html")
def field(bound):
    """One field with label, widget, hint and errors. Hidden fields render their widget only."""
    widget = bound.field.widget
    css = css_class(widget) + (" is-invalid" if bound.errors else "") + f" {widget.attrs.get('class', '')}"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        attrs = {}
    else:
        attrs = {"class": css.strip()}
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attrs),
        "hidden": bound.is_hidden,
        "check": isinstance(widget, forms.CheckboxInput),
        "group": isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple),
    }
