"""Inputs and selects drawn without the template engine, as Django's own templates draw them: one table holds two hundred."""

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString, mark_safe

from .html import escaped, html_of

WIDGETS = "django/forms/widgets/"
INPUTS = frozenset(
    f"{WIDGETS}{kind}.html"
    for kind in ("input", "text", "number", "email", "url", "password", "hidden", "date", "datetime", "time", "checkbox", "file", "search", "tel")
)  # fmt: skip
SELECT, OPTION = f"{WIDGETS}select.html", f"{WIDGETS}select_option.html"


class Renderer(DjangoTemplates):
    """The site's form renderer (`FORM_RENDERER`); every other template goes the usual way."""

    def render(self, template_name, context, request=None):
        """Markup of a form, a field or a widget."""
        widget = context.get("widget")
        if template_name in INPUTS:
            return _input(widget)
        if template_name == SELECT and all(one["template_name"] == OPTION for one in _options(widget)):
            return _select(widget)
        return super().render(template_name, context, request)


def _options(widget):
    return (option for _name, options, _index in widget["optgroups"] for option in options)


def _attributes(attrs) -> SafeString:
    """True is an attribute without a value, False none at all."""
    drawn = [
        f" {escaped(name)}" if value is True else f' {escaped(name)}="{escaped(value)}"'
        for name, value in attrs.items()
        if value is not False
    ]
    return mark_safe("".join(drawn))  # noqa: S308 - escaped


def _input(widget) -> SafeString:
    value = {} if widget["value"] is None else {"value": str(widget["value"])}
    return html_of(
        "<input{}>", _attributes({"type": widget["type"], "name": widget["name"], **value, **widget["attrs"]})
    )


def _select(widget) -> SafeString:
    parts = [html_of("<select{}>", _attributes({"name": widget["name"], **widget["attrs"]}))]
    for name, options, _index in widget["optgroups"]:
        drawn = mark_safe("".join(map(_option, options)))  # noqa: S308 - escaped
        parts.append(html_of('\n  <optgroup label="{}">{}\n  </optgroup>', name, drawn) if name else drawn)
    return mark_safe("".join([*parts, "\n</select>"]))  # noqa: S308 - escaped


def _option(option) -> SafeString:
    drawn = _attributes({"value": str(option["value"]), **option["attrs"]})
    return html_of("\n  <option{}>{}</option>", drawn, option["label"])
