"""Every address of the site begins here."""

from django.contrib import admin
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _

from .views import doors, guide, home, inbox

admin.site.site_header = _("Audit: records as they are kept, read-only")
admin.site.site_title = _("Audit")
admin.site.index_title = _("Records")
admin.site.site_url = reverse_lazy("home")

handler400 = "cadremgmt.views.errors.bad_request"
handler403 = "cadremgmt.views.errors.permission_denied"
handler404 = "cadremgmt.views.errors.page_not_found"
handler500 = "cadremgmt.views.errors.server_error"

urlpatterns = [
    path("", home.home, name="home"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("inbox/", inbox.inbox, name="inbox"),
    path("help/", guide.show, name="help"),
    path("help/<slug:page>/", guide.show, name="help-page"),
    path("admin/login/", doors.admin_door),
    path("admin/logout/", doors.sign_out_door),
    path("admin/", admin.site.urls),
    path("", include("foundation.accounts.urls")),
    path("cases/", include("foundation.casework.urls")),
    path("alerts/", include("foundation.casework.alert_urls")),
    path("units/", include("officials.unit_urls")),
    path("imports/", include("foundation.exchange.urls")),
    path("rulebook/", include("foundation.regulations.urls")),
    path("officials/", include("officials.urls")),
    path("supervision/", include("supervision.urls")),
    path("shelter/", include("tolerance.urls")),
    path("clearances/", include("tolerance.clearance_urls")),
    path("reports/", include("tolerance.complaint_urls")),
    path("", include("assessments.urls")),
    path("api/v1/", include("cadremgmt.api")),
]
