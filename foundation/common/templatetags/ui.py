"""Leaf pieces of pages as tags, fast enough for thousands in one table: icon, badge, figure, date, sortable heading."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..actors import told
from ..addresses import RowAddress
from ..html import html_of
from ..scoping import scope_of

register = template.Library()

# kind → icon and word. Colour is never alone: the icon always, the word when the caller gives no text of its own.
BADGES = {
    "red": ("alert-octagon", _("Red alert")),
    "orange": ("alert-triangle", _("Orange alert")),
    "yellow": ("alert-circle", _("Yellow alert")),
    "blue": ("info-circle", _("Notice")),
    "green": ("circle-check", _("In order")),
    "grey": ("circle-dot", _("None")),
    "waiting": ("clock", _("Waiting")),
    "unverified": ("eye", _("To be verified")),
    "locked": ("lock", _("Locked")),
    "refused": ("ban", _("Refused")),
}
DASH = mark_safe('<span class="none">—</span>')  # noqa: S308 - constant


def icon_svg(name: str, label: str = "") -> SafeString:
    """An icon of the sprite. With a label it speaks to screen readers, without one it is decoration."""
    if label:
        return html_of(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, static("icons.svg"), name
        )
    return _plain_icon(name, settings.STATIC_URL)


@lru_cache(maxsize=256)
def _plain_icon(name, static_url):
    return html_of('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons.svg"), name)


@register.filter
def who(name):
    """`{{ event.actor_name|who }}`: who acted, the system's own actors in words."""
    return told(name)


@register.simple_tag
def icon(name, label=""):
    """`{% icon "home" %}`: decoration; `{% icon "lock" label %}`: an icon that says something."""
    return icon_svg(name, label)


@register.simple_tag
def row_url(name, *args):
    """`{% row_url "organizations:unit" as unit_url %}` before a loop, `{{ unit_url|at:unit.code }}` in it: resolved once."""
    return RowAddress.of(name, *args)


@register.filter
def at(address, value):
    """The address of a row; see `row_url`."""
    return address.at(value)


@register.filter
def all_of(parameters, name):
    """Every value that the address gives for a name: `{% for code in request.GET|all_of:"col" %}`."""
    return parameters.getlist(name)


@register.simple_tag(takes_context=True)
def holds(context, perm, path):
    """`{% holds "assessments.publish_run" county.path as may %}`: does the reader hold the permission for this unit?"""
    return scope_of(context["request"].user, perm).covers(path)


@register.simple_tag
def badge(kind, text=""):
    """A small tag with icon, word and colour. Kinds: see `BADGES`; an unknown kind is an error of the template."""
    symbol, word = BADGES[kind]
    drawn, said = _plain_icon(symbol, settings.STATIC_URL), conditional_escape(text or word)
    return mark_safe(f'<span class="tag tag-{kind}">{drawn}{said}</span>')  # noqa: S308 - constants and escaped text


@register.simple_tag
def unverified(cite=None):
    """The mark 待核 for a value not yet read in its source; nothing when the citation is verified."""
    if cite is not None and not cite.needs_check:
        return ""
    return html_of(
        '<span class="tag tag-unverified" title="{}">{}{}</span>',
        gettext("This value has not been checked against the text of the rule yet."),
        icon_svg("eye"),
        gettext("To be verified"),
    )


def rounded(value, places: int) -> str:
    """A figure rounded half up to `places` decimals, plain digits, a true minus sign."""
    step = Decimal(1).scaleb(-places)
    return f"{Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP):f}".replace("-", "\N{MINUS SIGN}")


@register.simple_tag
def num(value, places=2):
    """A figure rounded half up; the full figure is in the title when rounding hid something. A dash for nothing."""
    if value is None or value == "":
        return DASH
    try:
        shown = rounded(value, places)
    except InvalidOperation:
        return conditional_escape(value)
    full = Decimal(str(value)).normalize()
    if full == Decimal(shown.replace("\N{MINUS SIGN}", "-")):
        return shown
    return html_of('<span title="{}">{}</span>', f"{full:f}", shown)


@register.filter
def trimmed(value):
    """A figure without trailing zeros, with a true minus sign: 12.50000 is 12.5."""
    return f"{Decimal(str(value)).normalize():f}".replace("-", "\N{MINUS SIGN}") if value not in (None, "") else ""


@register.filter
def ym(value):
    """Year and month as the trade writes it: 1985.07."""
    return f"{value:%Y.%m}" if value else ""


@register.filter
def ymd(value):
    """Year, month and day: 1985.07.22. An instant is shown in local time."""
    return f"{_local(value):%Y.%m.%d}" if value else ""


@register.filter
def ymd_hm(value):
    """Day and time of day: 1985.07.22 09:05, local time."""
    return f"{_local(value):%Y.%m.%d %H:%M}" if value else ""


@register.filter
def long_date(value):
    """The date in the words of the language: 2025年11月22日."""
    return formats.date_format(value, "DATE_FORMAT") if value else ""


def _local(value: date):
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def duration(value):
    """A span of time (seconds or timedelta) in words of at most two units."""
    if value is None or value == "":
        return ""
    seconds = int(value.total_seconds() if isinstance(value, timedelta) else value)
    if seconds < 60:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return gettext("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": seconds}
    hours, minutes = divmod(minutes, 60)
    return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}


@register.simple_tag(takes_context=True)
def sort_th(context, field, label, css=""):
    """A heading that sorts: `?sort=field`, then `?sort=-field`. Other parameters stay, the page number goes."""
    request = context["request"]
    current = request.GET.get("sort", "")
    descending = current == f"-{field}"
    state = "descending" if descending else "ascending" if current == field else "none"
    symbol = {"ascending": "arrow-up", "descending": "arrow-down", "none": "arrows-sort"}[state]
    query = request.GET.copy()
    query["sort"] = field if current != field else f"-{field}"
    for gone in ("page", "cursor"):
        query.pop(gone, None)
    return html_of(
        '<th scope="col" class="{}" aria-sort="{}"><a href="?{}">{}{}</a></th>',
        css,
        state,
        query.urlencode(),
        label,
        icon_svg(symbol),
    )


@register.inclusion_tag("parts/explain.html")
def explain(label="", formula="", data="", article="", version="", url="", cite=None):
    """The small ⓘ beside a figure: formula, data, article, rule version; or loaded from `url` when it is opened."""
    return {
        "label": label,
        "formula": formula,
        "data": data,
        "article": article or (f"{cite.law} {cite.article}".strip() if cite else ""),
        "cite": cite,
        "version": version,
        "url": url,
    }
