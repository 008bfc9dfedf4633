"""Which facts each step of a report from the public brings; the table of supervision holds them."""

from supervision.workflows.step_facts import STEP_FACTS, StepFacts

from .complaint import COMPLAINT

STEP_FACTS[COMPLAINT.kind] = {
    "accept": StepFacts(("accepted_on",), more=("late_reason",), order=(("accepted_on", "received_on"),)),
    "forward": StepFacts(
        ("forwarded_on", "forwarded_to"),
        more=("forward_no", "late_reason"),
        order=(("forwarded_on", "received_on"),),
    ),
    "tell_acceptance": StepFacts(
        ("acceptance_told_on",), more=("late_reason",), order=(("acceptance_told_on", "accepted_on"),)
    ),
    "conclude": StepFacts(
        ("concluded_on", "finding", "conclusion"), more=("late_reason",), order=(("concluded_on", "accepted_on"),)
    ),
    "tell_result": StepFacts(("result_told_on",), more=("late_reason",), order=(("result_told_on", "concluded_on"),)),
    "ask_review": StepFacts(("review_asked_on",), order=(("review_asked_on", "result_told_on"),)),
    "answer_review": StepFacts(
        ("review_answered_on",),
        more=("conclusion", "late_reason"),
        order=(("review_answered_on", "review_asked_on"),),
    ),
}
