"""What a prior filing (容错报备) must say, and when a later case can cite it. Pure.

Basis: pre-filing as practised in 嵩明县 (Kunming) and Shenzhen: a risky reform is filed before it begins, one working day for
the preliminary review; whether it may be shielded is decided later by the six preconditions, to which a filing is evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from foundation.common.results import Cite, Reason, Verdict

BEFORE, CITED, CONDITIONS = "TOL-PREFILE-BEFORE", "TOL-PREFILE-CITED", "TOL-PRECONDITIONS"


@dataclass(frozen=True)
class FilingLaw:
    """`before`: must it be filed before it begins? Citations by rule id."""

    before: bool
    cites: Mapping[str, Cite] = field(default_factory=dict)


@dataclass(frozen=True)
class Filing:
    """What is filed. `record`: of the collective decision; `breaks_no_ban`: as the unit states."""

    starts_on: date | None
    ends_on: date | None
    risks: str
    measures: str
    record: str
    breaks_no_ban: bool


@dataclass(frozen=True)
class Cited:
    """A filing that a case cites. `accepted_on`: None before it is accepted; `is_own`: of the same unit or one above it."""

    accepted_on: date | None
    starts_on: date | None
    ends_on: date | None
    is_own: bool


def check_filing(filing: Filing, filed_on: date, law: FilingLaw) -> Verdict:
    """Everything that stands against filing on a day, each with the field that it concerns."""
    found = []

    def against(rule: str, name: str, /, **facts):
        found.append(Reason(rule, {"field": name} | facts, law.cites.get(rule)))

    if not filing.breaks_no_ban:
        against(CONDITIONS, "breaks_no_ban", code="G1_LEGAL")
    if not filing.record.strip():
        against(CONDITIONS, "decision_record", code="G4_DUE_PROCESS")
    for name in ("risks", "measures"):
        if not getattr(filing, name).strip():
            against("PREFILE_MISSING", name)
    if filing.starts_on is None or filing.ends_on is None:
        against("PREFILE_TERM", "starts_on" if filing.starts_on is None else "ends_on")
        return Verdict.from_refusals(found)
    if filing.ends_on < filing.starts_on:
        against("PREFILE_TERM_BACKWARD", "ends_on")
    if law.before and filing.starts_on < filed_on:
        against(BEFORE, "starts_on", filed_on=filed_on, starts_on=filing.starts_on)
    return Verdict.from_refusals(found)


def check_citation(cited: Cited, event_on: date, law: FilingLaw) -> Verdict:
    """Can a case about an event of that day cite the filing? Only one that was accepted before it, of the unit, within its term."""
    cite, found = law.cites.get(CITED), []
    facts = {"field": "filing", "event_on": event_on}
    if not cited.is_own:
        found.append(Reason(CITED, facts | {"why": "unit"}, cite))
    if cited.accepted_on is None:
        found.append(Reason(CITED, facts | {"why": "open"}, cite))
    elif cited.accepted_on > event_on:
        found.append(Reason(CITED, facts | {"why": "late", "accepted_on": cited.accepted_on}, cite))
    inside = cited.starts_on and cited.ends_on and cited.starts_on <= event_on <= cited.ends_on
    if cited.accepted_on is not None and not inside:
        found.append(Reason(CITED, facts | {"why": "term", "starts_on": cited.starts_on, "ends_on": cited.ends_on}, cite))  # fmt: skip
    return Verdict.from_refusals(found)
