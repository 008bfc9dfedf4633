"""`manage.py demo`: load the demo county and its accounts; `--accounts` prints them."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cadremgmt.demo import county, people
from cadremgmt.demo.clearances import begin_clearances, take_clearances
from cadremgmt.demo.complaints import begin_complaints
from cadremgmt.demo.families import take_families
from cadremgmt.demo.reuses import begin_reuses, take_reuses
from cadremgmt.demo.sanctions import take_adjustments, take_sanctions
from cadremgmt.demo.talks import take_talks
from cadremgmt.demo.this_year import begin_talks
from cadremgmt.demo.tolerance import begin_cases, begin_filings, take_cases
from foundation.accounts.roles import ROLES
from foundation.audit.services.seals import seal_now
from foundation.casework.services.alert_sweep import sweep
from foundation.regulations.services.tokens import asked_once


class Command(BaseCommand):
    """Only where the settings allow demo accounts: their password is known."""

    help = "Load the demo county (fictional people, real workbooks) and one account per kind of user."

    def add_arguments(self, parser):
        parser.add_argument("--accounts", action="store_true", help="print the accounts and stop")

    def handle(self, *args, accounts=False, **options):
        if not settings.DEMO_ACCOUNTS:
            raise CommandError(
                "The demo has accounts with a known password; it is loaded in the try-out only (DEMO_ACCOUNTS)."
            )
        if accounts:
            self._print_accounts()
        elif county.is_loaded():
            self.stdout.write("The demo county is loaded already.")
        else:
            with asked_once():
                self._load()

    def _load(self):
        county.load(self.stdout.write)
        events = county.FOLDER / "events"
        take_sanctions(self.stdout.write, events / "sanctions.csv")
        take_adjustments(self.stdout.write, events / "unfit-adjustments.csv")
        take_talks(self.stdout.write, events / "talks.csv")
        begin_talks(self.stdout.write)
        take_reuses(self.stdout.write, events / "reuses.csv")
        begin_reuses(self.stdout.write)
        take_clearances(self.stdout.write, events / "clearances.csv")
        begin_clearances(self.stdout.write)
        begin_complaints(self.stdout.write)
        take_cases(self.stdout.write, events / "tolerance.csv")
        begin_cases(self.stdout.write)
        begin_filings(self.stdout.write)
        take_families(self.stdout.write, events / "families.csv")
        found = sweep(timezone.localdate())  # else the alert centre would stand empty until the first night
        self.stdout.write(f"alerts: {found.get('opened', 0)} found")
        seal_now()  # else the proof of the audit would begin with the first night

    def _print_accounts(self):
        for person in people.PEOPLE:
            role = ROLES[person.role]
            self.stdout.write(f"{person.username:<10} {settings.DEMO_PASSWORD}   {role.label_zh} · {role.label_en}")
