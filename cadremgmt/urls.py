"""Every address of the site begins here."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _

from .views import doors, home, inbox

admin.site.site_header = _("Audit: records as they are kept, read-only")
admin.site.site_title = _("Audit")
admin.site.index_title = _("Records")
admin.site.site_url = reverse_lazy("home")

handler400 = "cadremgmt.views.errors.bad_request"
handler403 = "cadremgmt.views.errors.permission_denied"
handler404 = "cadremgmt.views.errors.page_not_found"
handler500 = "cadremgmt.views.errors.server_error"

ROOMS = (
    ("", "foundation.accounts.urls"),
    ("units/", "foundation.organizations.urls"),
    ("imports/", "foundation.exchange.urls"),
    ("rulebook/", "foundation.regulations.urls"),
    ("", "assessments.urls"),
    ("api/v1/", "cadremgmt.api"),
)


def is_built(module: str) -> bool:
    """Does the room have addresses?"""
    return (settings.BASE_DIR / f"{module.replace('.', '/')}.py").exists()


urlpatterns = [
    path("", home.home, name="home"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("inbox/", inbox.inbox, name="inbox"),
    path("admin/login/", doors.admin_door),
    path("admin/logout/", doors.sign_out_door),
    path("admin/", admin.site.urls),
    *(path(prefix, include(module)) for prefix, module in ROOMS if is_built(module)),
]
