"""`manage.py sweep_alerts`: find, refresh and settle alerts now, or as of another day."""

from datetime import date

from django.core.management.base import BaseCommand
from django.utils import timezone

from foundation.casework.services.alert_sweep import sweep


class Command(BaseCommand):
    """What the schedule does every night."""

    help = "Find what has to be seen to and open or settle alerts accordingly. Doing it again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--day", type=date.fromisoformat, help="as of this day, 2026-07-01 (today)")
        parser.add_argument("--kind", action="append", help="only this kind; may be given several times")

    def handle(self, *args, day=None, kind=None, **options):
        done = sweep(day or timezone.localdate(), kind)
        self.stdout.write(", ".join(f"{name}: {number}" for name, number in done.items()) or "nothing changed")
