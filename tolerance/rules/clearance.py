"""When a false report is cleared, how, how far and by whom (澄清正名). Pure.

关于做好失实检举控告澄清工作的意见 (2020) with local measures: unproven is not false (未查实但又不能排除的，不得认定为失实); the trigger is a false
report *and* harm; who is not cleared: NCL1 (no adverse effect), NCL2 (neither verified nor excluded), NCL3 (effect of routine
talks alone). Modes, consent, scope and chain of approval: R-CLR-02, R-CLR-05 … R-CLR-07, house reading 24. Clearance concerns one
allegation, it is no overall judgement of the person.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from foundation.common.dates import add_months
from foundation.common.results import Cite, Reason, Verdict

UNTRUE, SERIOUSLY_UNTRUE, FABRICATED = "UNTRUE", "SERIOUSLY_UNTRUE", "FABRICATED"
NOT_FOUND, NO_VIOLATION = "NOT_FOUND", "NO_VIOLATION"
UNPROVEN, NO_CONCLUSION, PROVEN = "UNPROVEN", "NO_CONCLUSION", "PROVEN"
FALSE = frozenset({UNTRUE, SERIOUSLY_UNTRUE, FABRICATED})
"""不属实, 严重失实, 捏造: false whatever the setting."""
WIDELY_FALSE = frozenset({NOT_FOUND, NO_VIOLATION})
"""没有发现反映的问题, 事实存在但不违规违纪: false by the wider definition (CLR-WIDE-FALSE)."""
NEVER_FALSE = frozenset({UNPROVEN, NO_CONCLUSION})
"""未查实但又不能排除, 尚无结论: never false."""
FINDINGS = (UNTRUE, SERIOUSLY_UNTRUE, FABRICATED, NOT_FOUND, NO_VIOLATION, UNPROVEN, NO_CONCLUSION, PROVEN)

NO_HARM, UNDECIDED, ROUTINE_ONLY = "NCL1", "NCL2", "NCL3"
"""Codes of table clearance_refusal."""
WRITTEN = "WRITTEN"
SCOPES = ("PERSON", "UNIT_TEAM", "UNIT_ALL", "SYSTEM", "PUBLIC")
"""Codes of table clearance_scope, the smallest first."""
SECTION_HEAD, LEADER, PRINCIPAL = "section_head", "leader_in_charge", "principal_leader"
DEFINITION = Cite("关于做好失实检举控告澄清工作的意见", "", "verified")
NOT_CLEARED = Cite("不实举报澄清（省级办法）", "第3条", "verified")


@dataclass(frozen=True, slots=True)
class ClearanceLaw:
    """Values of the rulebook: R-CLR-02, R-CLR-06, R-CLR-05, CLR-WIDE-FALSE, CLR-REVISIT, and the citations by rule."""

    with_written: frozenset[str]
    with_consent: frozenset[str]
    with_principal: frozenset[str]
    wide: bool
    first_days: int
    second_months: int
    cites: Mapping[str, Cite] = field(default_factory=dict)

    def reason(self, code: str, rule_id: str, **facts) -> Reason:
        """A reason that names its rule and cites it."""
        return Reason(code, facts | {"rule_id": rule_id}, self.cites.get(rule_id))


@dataclass(frozen=True, slots=True)
class Harm:
    """What the report has done: `grounds` of table clearance_ground; was it felt only in routine talks of the inquiry?"""

    grounds: frozenset[str] = field(default_factory=frozenset)
    routine_only: bool = False


def is_false(finding: str, law: ClearanceLaw) -> bool:
    """Does the finding make the report a false one? Unproven is not false."""
    return finding in FALSE or (law.wide and finding in WIDELY_FALSE)


def check_trigger(finding: str, harm: Harm, law: ClearanceLaw) -> Verdict:
    """Trigger = false AND harmed. Refusals, the weightiest alone: NCL2, NOT_FALSE, NCL3, NCL1.

    NOT_FALSE: the report is true, or its facts exist and the wider definition is not in force: nothing to clear, whatever
    the harm. ValueError for an unknown finding.
    """
    if finding not in FINDINGS:
        raise ValueError(f"unknown finding {finding!r}: one of {', '.join(FINDINGS)}")
    facts = {"finding": finding, "grounds": sorted(harm.grounds)}
    if finding in NEVER_FALSE:
        return _refused(Reason(UNDECIDED, facts | {"rule_id": UNDECIDED}, NOT_CLEARED))
    if not is_false(finding, law):
        return _refused(Reason("NOT_FALSE", facts | {"rule_id": "CLR-WIDE-FALSE"}, DEFINITION))
    if harm.routine_only:
        return _refused(Reason(ROUTINE_ONLY, facts | {"rule_id": ROUTINE_ONLY}, NOT_CLEARED))
    if not harm.grounds:
        return _refused(Reason(NO_HARM, facts | {"rule_id": NO_HARM}, NOT_CLEARED))
    return Verdict(True)


def check_refusal(code: str, finding: str, harm: Harm, law: ClearanceLaw) -> Verdict:
    """Does the ground on which clearance is refused fit what is known? REFUSAL_DIFFERS names the ground that would.

    A report that is true or not false at all is refused without a code of the table (an empty `code`).
    """
    verdict = check_trigger(finding, harm, law)
    found = verdict.reasons[0].code if verdict.reasons else ""
    fitting = "" if found == "NOT_FALSE" else found
    if not verdict.allowed and code == fitting:
        return Verdict(True)
    facts = {"given": code, "fitting": fitting, "finding": finding, "rule_id": code or found or "NCL1"}
    return _refused(Reason("CLEARANCE_DUE" if verdict.allowed else "REFUSAL_DIFFERS", facts, NOT_CLEARED))


def check_modes(modes: Collection[str], law: ClearanceLaw) -> Verdict:
    """Every mode but the written one needs the written one as well (R-CLR-02). Refusals: MODE_MISSING, WRITTEN_MISSING."""
    if not modes:
        return _refused(law.reason("MODE_MISSING", "R-CLR-02"))
    alone = sorted(set(modes) & law.with_written) if WRITTEN not in modes else []
    if not alone:
        return Verdict(True)
    return _refused(law.reason("WRITTEN_MISSING", "R-CLR-02", modes=alone))


def needing_consent(modes: Collection[str], law: ClearanceLaw) -> list[str]:
    """The modes to which the person has to agree before (R-CLR-06)."""
    return sorted(set(modes) & law.with_consent)


def check_consent(modes: Collection[str], consented: bool, law: ClearanceLaw) -> Verdict:
    """Nothing is said before others without the person's consent (R-CLR-06). Refusal: CONSENT_MISSING, with the modes."""
    waiting = [] if consented else needing_consent(modes, law)
    if not waiting:
        return Verdict(True)
    return _refused(law.reason("CONSENT_MISSING", "R-CLR-06", modes=waiting))


def without_consent(modes: Collection[str], law: ClearanceLaw) -> list[str]:
    """What remains when the person does not agree: in writing, and in person where that was meant."""
    return sorted({WRITTEN} | (set(modes) - law.with_consent))


def check_scope(scope: str, spread: str, law: ClearanceLaw) -> tuple[Reason, ...]:
    """Warning SCOPE_WIDER (R-CLR-07): the clearance would reach further than the harm has spread. Never a refusal.

    ValueError for a word that is not of clearance_scope.
    """
    if SCOPES.index(scope) <= SCOPES.index(spread):
        return ()
    return (law.reason("SCOPE_WIDER", "R-CLR-07", scope=scope, spread=spread),)


def approvals_needed(modes: Collection[str], law: ClearanceLaw) -> tuple[str, ...]:
    """Who approves, in order: head of the section, leader in charge, and before others the principal leader (R-CLR-05)."""
    return (SECTION_HEAD, LEADER, PRINCIPAL) if set(modes) & law.with_principal else (SECTION_HEAD, LEADER)


def check_approvals(modes: Collection[str], given: Collection[str], law: ClearanceLaw) -> Verdict:
    """Refusals: APPROVAL_MISSING for each of the chain that has not approved."""
    missing = [level for level in approvals_needed(modes, law) if level not in given]
    return Verdict.from_refusals(
        law.reason("APPROVAL_MISSING", "R-CLR-05", field=level, level=level) for level in missing
    )


def check_announced(modes: Collection[str], held: Collection[str], law: ClearanceLaw) -> Verdict:
    """Cleared is who was cleared in every mode that was approved. Refusal: MODE_NOT_DONE, with the modes that are missing."""
    missing = sorted(set(modes) - set(held))
    if not missing:
        return Verdict(True)
    return _refused(law.reason("MODE_NOT_DONE", "R-CLR-02", modes=missing))


def visit_days(cleared_on: date, law: ClearanceLaw) -> tuple[date, date]:
    """Days of the two visits after clearance (CLR-REVISIT): calendar days for the first, months for the second."""
    return cleared_on + timedelta(days=law.first_days), add_months(cleared_on, law.second_months)


def last_working_day(days: Sequence[date | None]) -> date | None:
    """The earliest of several last days, None when there is none."""
    return min((day for day in days if day), default=None)


def _refused(reason: Reason) -> Verdict:
    return Verdict(False, (reason,))
