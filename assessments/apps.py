from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """Unit assessment, ranking, measures."""

    name = "assessments"
    verbose_name = _("Assessment (考核)")

    def ready(self):
        """Register this room's kinds of cases, the texts of this room's notices, and its imports."""
        from . import notices  # noqa: F401 - Django's own place for registration
        from .selectors import person_badges  # noqa: F401
        from .services import (  # noqa: F401
            appeals,
            collections,
            import_cycle,
            import_effects,
            import_scheme_book,
            import_schemes,
            import_scores,
            items,
            measures,
            pending,
            publish_requests,
            shelter_figures,
            shelter_measures,
            shelter_preview,
            year_locks,
        )
