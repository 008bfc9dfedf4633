"""`manage.py create_administrators`: the first system, security and audit administrator."""

from django.core.management.base import BaseCommand, CommandError

from foundation.accounts.services.founding import administrator_roles, found_administrators
from foundation.common.results import DomainError


class Command(BaseCommand):
    """Opens the accounts of the three separated administrators and prints their temporary passwords once."""

    help = "Open the accounts of the three separated administrators (三员); prints temporary passwords once."

    def add_arguments(self, parser):
        """One option for each duty, so that a lost administrator can be replaced alone."""
        for code in administrator_roles():
            parser.add_argument(
                f"--{code.replace('_', '-')}", dest=code, metavar="USERNAME:NAME", help=f"account for the role {code}"
            )

    def handle(self, *args, **options):
        """Needs at least one option."""
        people = {}
        for code in administrator_roles():
            username, _colon, name = (options[code] or "").partition(":")
            if username:
                people[code] = (username, name or username)
        if not people:
            raise CommandError("Name at least one account, for example --system-admin li.ming:李明")
        try:
            made = found_administrators(people)
        except DomainError as error:
            raise CommandError(f"{error.message} {' '.join(str(reason.text) for reason in error.reasons)}") from error
        for code, new in made.items():
            self.stdout.write(f"{code}\t{new.user.username}\t{new.password}")
