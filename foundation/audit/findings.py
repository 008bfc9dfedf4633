"""What a verification may find, each with a sentence that names the row."""

from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Kinds of findings; the label is the sentence, with placeholders for what was found."""

    CHANGED = "changed", _("Row %(row)s of table %(table)s was changed after it was sealed (seal %(seal)s).")
    DELETED = "deleted", _("Row %(row)s of table %(table)s was deleted after it was sealed (seal %(seal)s).")
    INSERTED = "inserted", _("Row %(row)s of table %(table)s was inserted behind the seals (before seal %(seal)s).")
    FUTURE = "future", _("Row %(row)s of table %(table)s bears the number of a transaction that has not begun.")
    SEAL_ALTERED = "seal_altered", _("Seal %(seal)s was altered: its digest does not fit its content.")
    CHAIN_BROKEN = "chain_broken", _("The chain is broken at seal %(seal)s: it does not follow the seal before it.")
    SEAL_MISSING = "seal_missing", _("Seal %(seal)s is missing.")
    EXPORT_MISSING = "export_missing", _("The exported file %(file)s cannot be read: %(problem)s")
    EXPORT_MISMATCH = "export_mismatch", _("Seal %(seal)s differs from the exported file.")
    NOT_EXPORTED = "not_exported", _("Seal %(seal)s is missing in the exported file although later ones stand there.")
    TABLE_MISSING = "table_missing", _("Table %(table)s is gone; its sealed rows cannot be checked (seal %(seal)s).")
    COLUMN_MISSING = (
        "column_missing",
        _("Column %(column)s of table %(table)s is gone; its rows cannot be checked (seal %(seal)s)."),
    )
    TRIGGER_OFF = "trigger_off", _("Trigger %(trigger)s of table %(table)s is missing, switched off or altered.")
    IGNORE_ALTERED = "ignore_altered", _("Function %(function)s, which can switch triggers off, was altered.")
    COUNTER_BEHIND = (
        "counter_behind",
        _("The server's transaction counter (%(counter)s) is behind the seals (%(sealed)s): restored from a dump?"),
    )
    CUT = "cut", _("There are more findings; only the first %(limit)s are listed.")


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was sealed. `table`, `row_id` and `seal` are empty where they do not apply."""

    kind: Kind
    table: str = ""
    row_id: int | None = None
    seal: int | None = None
    facts: dict = field(default_factory=dict)

    def __str__(self):
        return str(self.kind.label) % {"table": self.table, "row": self.row_id, "seal": self.seal, **self.facts}


@dataclass
class Report:
    """Result of a verification: what was found and how much was looked at."""

    findings: list[Finding]
    seals: int = 0
    rows: int = 0
    unsealed: int = 0

    @property
    def is_green(self) -> bool:
        """Nothing found."""
        return not self.findings
