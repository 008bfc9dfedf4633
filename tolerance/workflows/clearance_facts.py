"""Which facts each step of a clearance or of an inquiry into a false accusation brings; the table of supervision holds them."""

from supervision.workflows.step_facts import STEP_FACTS, StepFacts

from .accusation import ACCUSATION
from .clearance import CLEARANCE

FOUND = ("finding", "found_on", "finding_body")
HARMED = ("grounds", "harm", "spread")
MEANT = ("modes", "scope", "text")

STEP_FACTS[CLEARANCE.kind] = {
    "find": StepFacts(FOUND, more=("reported_on", "finding_no"), order=(("found_on", "reported_on"),)),
    "assess": StepFacts(
        (*HARMED, *MEANT),
        more=("routine_only", "scope_reason"),
    ),
    "approve": StepFacts(
        ("section_head", "leader_in_charge", "approved_on"),
        more=("principal_leader", "approval_no"),
        order=(("approved_on", "found_on"),),
    ),
    "consent": StepFacts(("consent_on", "consent_by", "consent_how"), order=(("consent_on", "approved_on"),)),
    "go_without": StepFacts(("consent_on", "consent_by"), order=(("consent_on", "approved_on"),)),
    "clear": StepFacts(
        ("cleared_on", "document_no"),
        more=("remedy", "late_reason"),
        order=(("cleared_on", "approved_on"), ("cleared_on", "consent_on")),
        clocked="cleared_on",
    ),
    "reject": StepFacts(("explained_on", "explained_by", "explanation"), more=("refusal", "routine_only")),
    "withdraw": StepFacts(("withdrawn_by",)),
}
STEP_FACTS[ACCUSATION.kind] = {
    "propose": StepFacts(("evidence",), more=("is_fabricated", "is_intended", "aggravations")),
    "send": StepFacts(("sent_no", "sent_on"), order=(("sent_on", "opened_on"),)),
    "determine": StepFacts(
        ("approval_level", "approval_body", "approved_on"),
        more=("approval_no", "handling"),
        order=(("approved_on", "sent_on"),),
    ),
    "mistaken": StepFacts(("handling",)),
}
