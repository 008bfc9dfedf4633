"""`manage.py load_regulations`: rules, code tables and calendar from the files into the tables."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from foundation.common.actors import SystemActor

from ...imports.code_files import CodeFilesRefused
from ...imports.rule_files import RuleFilesRefused
from ...services.loading import load_regulations


class Command(BaseCommand):
    """Idempotent: a second run writes nothing."""

    help = "Load regulation facts, code tables and the working-day calendar from the files; safe to repeat."

    def handle(self, *args, **options):
        """Load and report; every problem of the files is printed and nothing is written."""
        try:
            counts = load_regulations(actor=SystemActor("load_regulations"), today=timezone.localdate())
        except (RuleFilesRefused, CodeFilesRefused) as refused:
            raise CommandError("\n".join(refused.problems)) from refused
        for kind, count in counts.items():
            done = f"{count.added} added, {count.changed} changed, {count.ended} ended, {count.unchanged} unchanged"
            self.stdout.write(f"{kind}: {done}")
