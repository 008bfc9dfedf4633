"""When a report counts as a false accusation (诬告陷害), and who may say so. Pure.

纪检监察机关处理检举控告工作规则: fabricated facts or forged material, *intended* to bring another into disrepute or to account (R-FAL-01);
determined by the Party committee or discipline inspection at the level of the prefecture or above (R-FAL-02); a report made in
error (错告) is none. What the county may conclude itself: R-FAL-05-COUNTY (house reading 24).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from foundation.common.results import Cite, Reason, Verdict

DETERMINED, MISTAKEN, NOT_ESTABLISHED = "DETERMINED", "MISTAKEN_REPORT", "NOT_ESTABLISHED"
OUTCOMES = (DETERMINED, MISTAKEN, NOT_ESTABLISHED)
"""Conclusions, of table false_report_status."""
LEVELS = ("COUNTY", "PREFECTURE", "PROVINCE", "CENTRAL")


@dataclass(frozen=True, slots=True)
class AccusationLaw:
    """R-FAL-02 (least level that determines) and R-FAL-05-COUNTY (what the county concludes itself)."""

    least: str
    by_county: frozenset[str]
    cites: Mapping[str, Cite] = field(default_factory=dict)


def check_elements(is_fabricated: bool, is_intended: bool, cite: Cite | None = None) -> Verdict:
    """Both elements of R-FAL-01. Refusals: NOT_FABRICATED, NOT_INTENDED."""
    found = []
    if not is_fabricated:
        found.append(Reason("NOT_FABRICATED", {"field": "is_fabricated", "rule_id": "R-FAL-01"}, cite))
    if not is_intended:
        found.append(Reason("NOT_INTENDED", {"field": "is_intended", "rule_id": "R-FAL-01"}, cite))
    return Verdict.from_refusals(found)


def check_conclusion(
    outcome: str, level: str, document_no: str, law: AccusationLaw, managed_at: str = "COUNTY"
) -> Verdict:
    """May a body of that level conclude so? `level`: the approving body's; `managed_at`: level that manages the reported person.

    Refusals: LEVEL_TOO_LOW (below R-FAL-02, or below the province for whom the province manages), DOCUMENT_MISSING, and
    NOT_FOR_THE_COUNTY for another outcome that the county may not reach. ValueError for an outcome that is none.
    """
    if outcome not in OUTCOMES:
        raise ValueError(f"unknown conclusion {outcome!r}: one of {', '.join(OUTCOMES)}")
    rank = LEVELS.index(level) if level in LEVELS else -1
    if outcome in law.by_county and outcome != DETERMINED:
        return Verdict(True)
    cite = law.cites.get("R-FAL-02")
    facts = {"outcome": outcome, "level": level, "rule_id": "R-FAL-02"}
    if outcome != DETERMINED:
        if rank > 0:
            return Verdict(True)
        rule_id = "R-FAL-05-COUNTY"
        return Verdict(False, (Reason("NOT_FOR_THE_COUNTY", facts | {"rule_id": rule_id}, law.cites.get(rule_id)),))
    needed = max(law.least, managed_at if managed_at == "PROVINCE" else law.least, key=LEVELS.index)
    found = []
    if rank < LEVELS.index(needed):
        found.append(Reason("LEVEL_TOO_LOW", facts | {"needed": needed, "field": "approval_level"}, cite))
    if not document_no.strip():
        found.append(Reason("DOCUMENT_MISSING", facts | {"field": "approval_no"}, cite))
    return Verdict.from_refusals(found)
