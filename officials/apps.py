from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficialsConfig(AppConfig):
    """Officials and the posts they held."""

    name = "officials"
    verbose_name = _("Officials")
