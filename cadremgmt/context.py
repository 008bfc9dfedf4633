"""What the frame around every page needs."""

from django.conf import settings
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from foundation.casework.selectors import BarCounts, bar_counts

from .navigation import navigation_for

PRODUCT = _("Cadre management")
NARROW_COOKIE = "nav"


class Frame:
    """Frame of one page: computed when the template asks, so that parts and anonymous pages cost nothing."""

    product = PRODUCT

    def __init__(self, request):
        self.request = request

    @cached_property
    def user(self):
        """The signed-in user, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def navigation(self):
        """Groups of links of the left navigation."""
        return navigation_for(self.user, self.request.path) if self.user else []

    @cached_property
    def counts(self) -> BarCounts:
        """What waits for the user: cases and notices, urgent alerts."""
        return bar_counts(self.user) if self.user else BarCounts()

    @property
    def sees_alerts(self) -> bool:
        """May the user open the alert centre?"""
        return bool(self.user and self.user.has_perm("casework.open_alert_centre"))

    @property
    def finds_people(self) -> bool:
        """May the user look people up from the top bar?"""
        return bool(self.user and self.user.has_perm("officials.view_official"))

    @cached_property
    def today(self):
        """The as-of date of pages that show the present state."""
        return timezone.localdate()

    @property
    def is_narrow(self) -> bool:
        """Did the user fold the navigation? Kept in a cookie, so that the page comes in its final shape."""
        return self.request.COOKIES.get(NARROW_COOKIE) == "narrow"

    @property
    def html_lang(self) -> str:
        """Language of the page for browsers and fonts: zh-Hans, en."""
        language = get_language() or settings.LANGUAGE_CODE
        return "zh-Hans" if language.startswith("zh") else language

    @property
    def languages(self):
        """The languages as (code, own name, is current)."""
        current = get_language() or settings.LANGUAGE_CODE
        return [(code, get_language_info(code)["name_local"], code == current) for code, _name in settings.LANGUAGES]


def frame_of(request) -> Frame:
    """The frame of a request's page: one, for the view and for the template."""
    if not hasattr(request, "frame"):
        request.frame = Frame(request)
    return request.frame


def frame(request):
    """Context processor: `frame` for `base.html`."""
    return {"frame": frame_of(request)}
