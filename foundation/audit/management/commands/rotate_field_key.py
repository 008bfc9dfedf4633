"""`manage.py rotate_field_key`: encrypt all encrypted fields with the current FIELD_KEY."""

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from foundation.common.crypto import next_key

from ...services.field_keys import BATCH, hidden_columns, rotate_field_key, waiting_counts


class Command(BaseCommand):
    """Can be broken off and started again. Exit code 1 when a value opens with no key at hand, or a table is hidden from the role."""

    help = "Encrypt every encrypted field with FIELD_KEY; values under a key of FIELD_KEYS_OLD are encrypted anew."

    def add_arguments(self, parser):
        """`--new-key` prints a key to use; `--check` only counts."""
        parser.add_argument("--new-key", action="store_true", help="print a new FIELD_KEY that fits, and do nothing")
        parser.add_argument("--check", action="store_true", help="only count what is not under FIELD_KEY yet")
        parser.add_argument("--batch", type=int, default=BATCH, help="rows per transaction")

    def handle(self, *args, new_key, check, batch, **options):
        """One of the three."""
        try:
            if new_key:
                self.stdout.write(next_key())
            elif check:
                self._count()
            else:
                self._rotate(batch)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error

    def _count(self):
        counts = waiting_counts()
        for label, count in counts.items():
            self.stdout.write(f"{label}: {count}")
        self._refuse_hidden(hidden_columns())
        if counts:
            raise CommandError(_("Values wait for the current key: run rotate_field_key."))
        self.stdout.write(_("Every encrypted value is under the current key."))

    def _rotate(self, batch):
        done = rotate_field_key(
            actor="rotate_field_key", batch=batch, progress=lambda label, count: self.stdout.write(f"{label}: {count}")
        )
        for label, key in done.unreadable:
            self.stderr.write(_("%(column)s of row %(key)s opens with no key at hand.") % {"column": label, "key": key})
        if done.unreadable:
            raise CommandError(
                _("Some values could not be opened: add their key to FIELD_KEYS_OLD and run this again.")
            )
        self._refuse_hidden(done.hidden)
        text = _("Every encrypted value is under the current key; %(count)s were encrypted anew.")
        self.stdout.write(self.style.SUCCESS(text % {"count": done.total}))

    def _refuse_hidden(self, labels):
        if labels:
            text = _(
                "This database role cannot see %(columns)s. Run the command with DATABASE_URL naming the tables' owner."
            )
            raise CommandError(text % {"columns": ", ".join(labels)})
