from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegulationsConfig(AppConfig):
    """Law as dated data, code tables, working days."""

    name = "foundation.regulations"
    label = "regulations"
    verbose_name = _("Rulebook")
