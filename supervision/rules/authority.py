"""Who may decide what about whom (处分、处理权限): the kind of body, and its level against the level that manages the person. Pure.

Bodies by kind: the column "who decides" of the master table of sanctions; R-ACC-02 (中国共产党问责条例 第8条): discipline inspection and
the working departments of the Party may themselves use circulars and admonishments and only propose anything further; R-1.12
(干部管理权限): a person managed above is a matter for the body above, the county may only propose; of two managing sides the other is
asked first. R-1.43: who approves a reminder talk, an inquiry letter, an admonishment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foundation.common.results import Cite, Reason, Verdict

from .kinds import ACCOUNTABILITY, ADJUSTMENT, FAMILY_OF, GOVERNMENT, ORGANIZATION, PARTY

COMMITTEE, DISCIPLINE, SUPERVISORY = "PARTY_COMMITTEE", "DISCIPLINE_COMMISSION", "SUPERVISORY_COMMISSION"
APPOINTING, DEPARTMENT = "APPOINTING_BODY", "ORGANIZATION_DEPARTMENT"
BODIES = (COMMITTEE, DISCIPLINE, SUPERVISORY, APPOINTING, DEPARTMENT)
"""Party committee or Party group (党委、党组), discipline inspection (纪委), supervision (监委), appointing body (任免机关), 组织部."""
LEVELS = ("UNIT", "COUNTY", "PREFECTURE", "PROVINCE", "CENTRAL")
"""Levels of management, the lowest first; UNIT: the Party group of a unit over those it manages itself."""
APPROVERS = ("OD_HEAD", "COMMITTEE_LEADER")
"""Those who approve, the lower first: head of the organization department, main leader of the committee."""

BODIES_OF_FAMILY = {
    PARTY: (COMMITTEE, DISCIPLINE),
    GOVERNMENT: (SUPERVISORY, APPOINTING),
    ORGANIZATION: (COMMITTEE,),
    ACCOUNTABILITY: (COMMITTEE,),
    ADJUSTMENT: (COMMITTEE,),
}
BODIES_OF_KIND = {
    "ADMONISH": (COMMITTEE, DISCIPLINE, DEPARTMENT),
    "CIRCULATE": (COMMITTEE, DISCIPLINE, DEPARTMENT),
    "REMIND": (COMMITTEE, DISCIPLINE, DEPARTMENT),
    "INQUIRY": (DISCIPLINE, DEPARTMENT),
    "CRITICISM": BODIES,
    "ORDER_SELF_EXAM": BODIES,
}
CITES = {
    PARTY: Cite("中国共产党纪律处分条例", "", "recalled"),
    GOVERNMENT: Cite("公职人员政务处分法", "第2、3条", "recalled"),
    ORGANIZATION: Cite("中国共产党组织处理规定（试行）", "", "recalled"),
    ACCOUNTABILITY: Cite("中国共产党问责条例", "第8条", "recalled"),
    ADJUSTMENT: Cite("推进领导干部能上能下规定", "", "recalled"),
    "FIRST_FORM": Cite("关于组织人事部门对领导干部进行提醒、函询和诫勉的实施细则", "", "verified"),
}
PROPOSE_ONLY = Cite("中国共产党问责条例", "第8条", "recalled")
BY_MANAGEMENT = Cite("党政领导干部选拔任用工作条例", "", "recalled")


@dataclass(frozen=True, slots=True)
class Body:
    """A deciding body: its kind (of `BODIES`) and its level (of `LEVELS`)."""

    kind: str
    level: str


def bodies_for(kind: str) -> tuple[str, ...]:
    """Kinds of body that may decide on a kind of handling_type."""
    return BODIES_OF_KIND.get(kind) or BODIES_OF_FAMILY[FAMILY_OF[kind]]


def check_body(
    kind: str, body: Body, managed_at: str, *, is_dual_managed: bool = False, has_consulted: bool = False
) -> Verdict:
    """May the body decide on a person managed at that level?

    Refusals: BODY_PROPOSES_ONLY (a working department took a decision of its committee), BODY_WITHOUT_AUTHORITY, and
    LEVEL_WITHOUT_AUTHORITY (the person is managed above). OTHER_SIDE_NOT_ASKED: of two managing sides one was not heard.
    """
    found = []
    allowed = bodies_for(kind)
    facts = {"kind": kind, "body": body.kind, "level": body.level, "managed_at": managed_at, "bodies": allowed}
    if body.kind not in allowed:
        if body.kind == DEPARTMENT:
            found.append(Reason("BODY_PROPOSES_ONLY", facts, PROPOSE_ONLY))
        else:
            found.append(Reason("BODY_WITHOUT_AUTHORITY", facts, CITES[FAMILY_OF[kind]]))
    if LEVELS.index(body.level) < LEVELS.index(managed_at):
        found.append(Reason("LEVEL_WITHOUT_AUTHORITY", facts, BY_MANAGEMENT))
    if is_dual_managed and not has_consulted:
        found.append(Reason("OTHER_SIDE_NOT_ASKED", facts, BY_MANAGEMENT))
    return Verdict.from_refusals(found)


def check_approval(kind: str, approver: str, needed: Mapping[str, str], cite: Cite | None) -> Verdict:
    """Is the approval high enough (R-1.43)? `needed`: approver by kind, as the rulebook gives it; a higher one will do.

    Kinds it does not name need none. Refusal: APPROVER_TOO_LOW; an empty `approver` is one.
    """
    wanted = needed.get(kind)
    if wanted is None or (approver in APPROVERS and APPROVERS.index(approver) >= APPROVERS.index(wanted)):
        return Verdict(True)
    facts = {"kind": kind, "approver": approver, "needed": wanted, "rule_id": "R-1.43"}
    return Verdict(False, (Reason("APPROVER_TOO_LOW", facts, cite),))
