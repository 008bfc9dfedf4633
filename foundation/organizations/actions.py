"""What this room records, in words."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import name_actions

name_actions({"organizations.jurisdiction.created": _("County registered")})
