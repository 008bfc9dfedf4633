"""What the rulebook says about a case, what its points say, and the reasons of pure rules in words."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from foundation.casework.services.deadlines import county_of
from foundation.common.results import Reason, Verdict
from foundation.regulations.services.codes import code_label
from foundation.regulations.services.rulebook import Rulebook, rulebook

from ..models import CasePoint, ToleranceCase
from ..rules.decision import DecisionLaw, Findings

TABLES = {
    "tolerance_precondition": "TOL-PRECONDITIONS",
    "tolerance_distinction": "TOL-DISTINCTIONS",
    "tolerance_factor": "",
}
"""Code tables of the points of a case, and the rule that says which of them are asked."""
RULES = ("TOL-PRECONDITIONS", "TOL-DISTINCTIONS", "TOL-HARD-STOPS", "TOL-SITUATIONS")


def book_of(case: ToleranceCase, day: date) -> Rulebook:
    """The rulebook of the case's county on a day."""
    return rulebook(on=day, jurisdiction=county_of(case))


def decision_law(book: Rulebook) -> DecisionLaw:
    """What a decision is measured by."""
    return DecisionLaw(
        tuple(book.value("TOL-PRECONDITIONS")),
        tuple(book.value("TOL-DISTINCTIONS")),
        tuple(book.value("TOL-HARD-STOPS")),
        book.value("TOL-SITUATIONS"),
        {rule: book.cite(rule) for rule in RULES},
    )


def findings_of(case: ToleranceCase) -> Findings:
    """What the verifiers found (1 query)."""
    rows = CasePoint.objects.system().filter(case=case).values_list("table", "code", "found")
    found: dict[str, dict[str, str]] = {table: {} for table in TABLES}
    for table, code, answer in rows:
        found[table][code] = answer
    return Findings(
        found["tolerance_precondition"],
        found["tolerance_distinction"],
        case.exempting,
        case.mitigating,
        case.excluding,
    )


def told(verdict: Verdict, field: str = "") -> list[Reason]:
    """The reasons of a pure rule with words for people, each at the field of the form that it concerns."""
    return [
        Reason(one.code, dict(one.facts) | ({"field": field} if field else {}), one.cite, _words(one))
        for one in verdict.reasons
    ]


def _words(reason: Reason) -> Any:
    facts, code = reason.facts, reason.facts.get("code", "")
    match reason.code, facts.get("why"):
        case "TOL-PRECONDITIONS", "open":
            return _("Precondition not answered: %(point)s.") % {"point": code_label("tolerance_precondition", code)}
        case "TOL-PRECONDITIONS", _why:
            return _("A precondition is not met, so no exemption is possible: %(point)s.") % {
                "point": code_label("tolerance_precondition", code)
            }
        case "TOL-DISTINCTIONS", "open":
            return _("Distinction not answered: %(point)s.") % {"point": code_label("tolerance_distinction", code)}
        case "TOL-DISTINCTIONS", _why:
            return _("The matter stands on the intolerable side, so no exemption is possible: %(point)s.") % {
                "point": code_label("tolerance_distinction", code)
            }
        case "TOL-HARD-STOPS", _why:
            return _("An excluding situation was found, so nothing but a refusal is possible: %(point)s.") % {
                "point": code_label("tolerance_exclude", code)
            }
    words = {
        "TOL-SITUATIONS": _("At least %(needed)s situation of the list must be named for this outcome."),
        "OUTCOME_WORD": _("The word of the decision does not belong to this outcome."),
        "TOL-QUORUM": _("No quorum: %(present)s of %(entitled)s members were there, %(needed)s are needed."),
        "TOL-MAJORITY": _("No majority: %(agreed)s of %(entitled)s members agreed; more than half must."),
        "TOL-RECUSAL": _("%(name)s is related to %(kin_of)s and must take no part."),
        "TOL-INVESTIGATORS": _("At least %(needed)s people must verify; %(named)s are named."),
        "TOL-APPLY-DAYS": _(
            "The time to apply ended on %(last_day)s. It can still be applied for: say why it is late."
        ),
        "TOL-CORRECT-MONTHS": _("The correction must end after it begins and by %(longest)s at the latest."),
    }
    return words[reason.code] % facts
