"""Decisions after which a person may be kept on hold (期满影响使用)."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from officials.choices import Nature
from officials.models import Official, Restriction
from officials.selectors.restrictions import kind_label

HOLDABLE = frozenset({"POST", "HIGHER_POST", "EQUAL_OR_HIGHER_POST", "LEADING_POST", "IMPORTANT_LATERAL", "RANK"})
"""What a hold may go on barring: posts and ranks (R-DIS-30, R-DIS-31), never grades or pay."""


@dataclass(frozen=True)
class EndedDecision:
    """A decision with the last day of its periods and what a hold after it goes on barring."""

    source_kind: str
    source_no: str
    kind: str
    ends_on: date
    blocks: list[str]

    @property
    def words(self) -> str:
        """Kind, last day and number, as a choice of a form."""
        return f"{kind_label(self.kind)} · {date_format(self.ends_on, 'Y.m.d')} · {self.source_no}"


def decisions_to_hold(official: Official) -> dict[str, EndedDecision]:
    """Decisions of a person whose periods all have a known end, by number, the latest end first (1 query)."""
    rows = Restriction.objects.system().standing().filter(official=official, nature=Nature.PERIOD)
    parts: dict[str, list[Restriction]] = {}
    for row in rows.order_by("-starts_on", "pk"):
        parts.setdefault(row.source_no, []).append(row)
    found = [_decision(rows) for rows in parts.values() if all(row.ends_on for row in rows)]
    return {one.source_no: one for one in sorted(found, key=lambda one: one.ends_on, reverse=True)}


def _decision(rows: list[Restriction]) -> EndedDecision:
    first = rows[0]
    blocks = sorted({code for row in rows for code in row.blocks} & HOLDABLE) or ["POST", "RANK"]
    return EndedDecision(first.source_kind, first.source_no, first.kind, max(row.ends_on for row in rows), blocks)
