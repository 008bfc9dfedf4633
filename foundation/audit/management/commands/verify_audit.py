"""`manage.py verify_audit`: has anyone tampered with what was recorded?"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from ...services.verification import examine


class Command(BaseCommand):
    """Prints every finding; exit code 1 when there is one."""

    help = "Compare all sealed audit rows, the chain of seals and the triggers with what was sealed."

    def add_arguments(self, parser):
        """`--export FILE`: also compare with a file of exported seals; `--language`: of the report."""
        parser.add_argument("--export", metavar="FILE", help="file of exported seals (default: CADRE_SEAL_EXPORT)")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES])

    def handle(self, *args, export=None, language=None, **options):
        """Run the verification; CommandError makes the exit code 1."""
        with translation.override(language or translation.get_language() or settings.LANGUAGE_CODE):
            self._report(examine(export=export))

    def _report(self, report):
        for finding in report.findings:
            self.stdout.write(str(finding))
        if not report.is_green:
            raise CommandError(_("The audit trail is NOT whole. Findings: %(count)s") % {"count": len(report.findings)})
        text = _("The audit trail is whole: %(seals)s seals over %(rows)s rows; %(unsealed)s rows await the next seal.")
        counts = {"seals": report.seals, "rows": report.rows, "unsealed": report.unsealed}
        self.stdout.write(self.style.SUCCESS(text % counts))
