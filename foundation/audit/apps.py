from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules, import_string
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Row history, business entries, seals. No foreign keys leave this room."""

    name = "foundation.audit"
    label = "audit"
    verbose_name = _("History and audit")

    def ready(self):
        """Register checks, give tasks their audit context, and let every room name its actions."""
        for module in ("checks.check_protected_models", "signals.begin_task"):
            import_string(f"{self.name}.{module}")
        autodiscover_modules("actions")
