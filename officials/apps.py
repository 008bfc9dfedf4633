from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from foundation.casework.alert_kinds import add_shut_people
from foundation.exchange.messages import add_texts

from .import_texts import TEXTS, WHYS
from .querysets import shut_files


class OfficialsConfig(AppConfig):
    """Officials and the posts they held."""

    name = "officials"
    verbose_name = _("Officials")

    def ready(self):
        """Register this room's imports and their texts."""
        add_texts(TEXTS, WHYS)
        add_shut_people(partial(shut_files, self.get_model("Official")))
        from .selectors import alert_badges  # noqa: F401 - Django's own place for registration
        from .services import (  # noqa: F401
            alerts,
            corrections,
            import_cards,
            import_collection,
            import_photos,
            import_posts,
            import_roster,
            import_units,
        )
