"""`manage.py recalculate --year 2024 [--jurisdiction 440784]`: order a calculation and watch it, or do it here."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from assessments.choices import JobState
from assessments.models import Cycle, RecalculationJob
from assessments.progress import progress_of
from assessments.services.jobs import order, work
from foundation.common.actors import SystemActor
from foundation.common.results import DomainError


class Command(BaseCommand):
    """Prints progress, then every county that could not be calculated with its gaps. Exit code 1 when there is one."""

    help = "Calculate the yearly assessment of one or all jurisdictions."

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--jurisdiction", help="code of one county; all counties of the year without it")
        parser.add_argument("--here", action="store_true", help="calculate in this process instead of the workers")

    def handle(self, *args, year, jurisdiction=None, here=False, **options):
        cycles = Cycle.objects.system().filter(year=year).select_related("jurisdiction").order_by("jurisdiction__code")
        if jurisdiction:
            cycles = cycles.filter(jurisdiction__code=jurisdiction)
            if not cycles:
                raise CommandError(_("There is no cycle %(year)s of %(code)s.") % {"year": year, "code": jurisdiction})
        try:
            batch = order(actor=SystemActor("command"), year=year, cycles=cycles)
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self._watch(batch, here)
        failed = self._report(batch)
        if failed:
            raise CommandError(_("%(count)d counties were not calculated.") % {"count": failed})

    def _watch(self, batch, here):
        jobs = list(batch.jobs.order_by("pk").values_list("pk", flat=True))
        with tqdm(total=len(jobs), unit=" counties", file=self.stderr, disable=None) as bar:
            if here:
                for job in jobs:
                    work(job)
                    bar.update()
                return
            while True:
                progress = progress_of(batch)
                bar.update(progress.done - bar.n)
                if progress.is_finished:
                    return
                time.sleep(0.3)

    def _report(self, batch) -> int:
        failed = 0
        jobs = RecalculationJob.objects.filter(batch=batch).select_related("cycle__jurisdiction", "run")
        for job in jobs.order_by("cycle__jurisdiction__code"):
            place = f"{job.cycle.jurisdiction.code} {job.cycle.jurisdiction}"
            if job.state == JobState.DONE:
                self.stdout.write(f"{place}: {job.run.number} {job.run.digest[:12]}")
                continue
            failed += 1
            self.stdout.write(f"{place}: {job.get_state_display()}")
            for problem in job.problems:
                where = " ".join(
                    filter(None, (problem.get("unit_name"), problem.get("indicator"), problem.get("indicator_name")))
                )
                self.stdout.write(
                    f"  {problem.get('text', problem['code'])} {where} {problem.get('responsible_name', '')}".rstrip()
                )
        return failed
