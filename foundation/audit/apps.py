from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Row history, business entries, seals. No foreign keys leave this room."""

    name = "foundation.audit"
    label = "audit"
    verbose_name = _("History and audit")
