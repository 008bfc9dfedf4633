"""`manage.py apply_database_grants`: give the application's database role its rights; run as owner after each migration."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ...services.grants import GrantError, apply_grants, role_exists, weaknesses


class Command(BaseCommand):
    """Idempotent. Exit code 1 when the role keeps a right it must not have."""

    help = "Give DATABASE_APP_ROLE its rights: everything but changing audit tables. Run as the tables' owner."

    def add_arguments(self, parser):
        """`--role NAME`: another role than DATABASE_APP_ROLE."""
        parser.add_argument("--role", default=settings.DATABASE_APP_ROLE)

    def handle(self, *args, role, **options):
        """Apply, then look at the result with the server's own eyes."""
        if not role_exists(role):
            text = _("There is no database role %(role)s: nothing was granted. docs/audit.md says how to make it.")
            self.stderr.write(self.style.WARNING(text % {"role": role}))
            return
        try:
            apply_grants(role)
        except GrantError as error:
            raise CommandError(str(error)) from error
        found = weaknesses(role)
        for weakness in found:
            self.stderr.write(str(weakness))
        if found:
            raise CommandError(_("The role still has rights that it must not have."))
        self.stdout.write(_("Role %(role)s may work and cannot change what was recorded.") % {"role": role})
