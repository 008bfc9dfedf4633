"""`manage.py create_jurisdiction 440784 鹤山市 --short-name 鹤山`: enter a county, below which its office then imports."""

from django.core.management.base import BaseCommand, CommandError

from foundation.common.actors import SystemActor
from foundation.common.results import DomainError
from foundation.organizations.services.tree import create_jurisdiction


class Command(BaseCommand):
    """Enters a county (辖区); a code that is entered already is left as it is. Roles are granted at it afterwards."""

    help = "Enter a jurisdiction: the root of a county's units."

    def add_arguments(self, parser):
        """Code and names."""
        parser.add_argument("code", help="division code (GB/T 2260), for example 440784")
        parser.add_argument("name")
        parser.add_argument("--short-name", default="")

    def handle(self, *args, code, name, short_name, **options):
        """Prints the county's code and name."""
        try:
            county = create_jurisdiction(actor=SystemActor("command"), code=code, name=name, short_name=short_name)
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(f"{county.code}\t{county.name}")
