from django.apps import AppConfig
from django.db.models import CharField
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    """Units and posts."""

    name = "foundation.organizations"
    label = "organizations"
    verbose_name = _("Units and posts")

    def ready(self):
        """Length of a path as a look-up: the level of a unit in the tree."""
        CharField.register_lookup(Length)
