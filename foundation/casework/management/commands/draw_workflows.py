"""`manage.py draw_workflows`: write docs/workflows.md from the tables of all kinds of cases."""

from django.conf import settings
from django.core.management.base import BaseCommand

from foundation.casework.drawings import all_drawings


class Command(BaseCommand):
    """Run it after a workflow was changed; the tests say when the page is stale."""

    help = "Draw all workflows into docs/workflows.md."

    def handle(self, *args, **options):
        path = settings.BASE_DIR / "docs" / "workflows.md"
        path.write_text(all_drawings(), encoding="utf-8")
        self.stdout.write(f"{path.relative_to(settings.BASE_DIR)} written")
