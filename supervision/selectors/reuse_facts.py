"""What the record knows of sanctioned people for their reuse, for all people of a page at once."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import JSONObject

from foundation.casework.models import CaseEvent
from officials.badges import badge_rows
from officials.models import AnnualRating, Restriction
from officials.pending_acts import pending_of
from officials.rules.promotability import RestrictionFact
from officials.selectors.restrictions import fact_of

from ..choices import VisitPurpose
from ..models import AdjustmentLead, Admonishment, Handling, Inquiry, Reminder, Revisit
from ..rules.reuse import OpenCase, ReuseFacts, VisitFact
from ..workflows import ADMONISHMENT, HANDLING, INQUIRY, LEAD, REMINDER
from ..workflows.handling import ENTERED, IN_FORCE

UNSETTLED = ((Reminder, REMINDER), (Inquiry, INQUIRY), (Admonishment, ADMONISHMENT), (AdjustmentLead, LEAD))
"""Kinds of cases that keep somebody from being used again while they are open."""
RESTRICTED = ("nature", "kind", "blocks", "starts_on", "ends_on", "review_on", "source_no", "rule_ids")
"""Columns of a restriction that the rule needs."""
OF_REUSE = (VisitPurpose.PERIOD, VisitPurpose.OTHER)
"""Visits that speak for or against a reuse; those after a clearance or tolerance do not."""


@dataclass(frozen=True)
class PersonRecord:
    """All that is known of one person, whichever decision is asked about."""

    restrictions: list[RestrictionFact] = field(default_factory=list)
    appeals: list[str] = field(default_factory=list)
    visits: list[VisitFact] = field(default_factory=list)
    open_cases: list[OpenCase] = field(default_factory=list)
    ratings: dict[int, str] = field(default_factory=dict)

    def since(self, day: date) -> ReuseFacts:
        """In the shape of the pure rule: visits since the day of effect of the decision that is asked about."""
        visits = tuple(one for one in self.visits if one.on >= day)
        return ReuseFacts(
            tuple(self.restrictions), tuple(self.appeals), visits, tuple(self.open_cases), dict(self.ratings)
        )


def records_of(people: Iterable[int], day: date) -> dict[int, PersonRecord]:
    """By person (1 query, and those of what is pending)."""
    keys = list(people)
    found = {key: PersonRecord() for key in keys}
    if not keys:
        return found
    for key, facts in pending_of(keys, day).items():
        found[key].restrictions.extend(facts)
    for person, told in _told(keys).items():
        _take(found[person], told)
    return found


def _told(people: list[int]) -> dict[int, list[tuple]]:
    """Rows (kind, word, number, day) by person."""
    visits = Revisit.objects.system().filter(official__in=people, purpose__in=OF_REUSE)
    acts = CaseEvent.objects.filter(kind=HANDLING.kind, action__in=("appeal", "answer_appeal"))
    last = acts.filter(case_no=OuterRef("case_no")).order_by("-seq").values("action")[:1]
    decisions = Handling.objects.system().filter(official__in=people)
    appealed = decisions.filter(status=IN_FORCE).annotate(last_act=Subquery(last)).filter(last_act="appeal")
    ratings = AnnualRating.objects.system().filter(official__in=people)
    standing = Restriction.objects.system().standing().filter(official__in=people)
    facts = JSONObject(**{name: name for name in RESTRICTED})
    kinds = ["restriction", "visit", "visit", "appeal", "rating", "open"]
    queries = [
        badge_rows(standing, word="nature", number=facts),
        badge_rows(visits.filter(status="made"), word="result", number="case_no", day="visited_on"),
        badge_rows(visits.filter(status="planned"), word=Value(""), number="case_no", day="planned_on"),
        badge_rows(appealed, word=Value(""), number="case_no"),
        badge_rows(ratings, word="grade", number="year"),
        badge_rows(decisions.filter(status=ENTERED), word=Value(HANDLING.kind), number="case_no"),
    ]
    for model, flow in UNSETTLED:
        rows = model.objects.system().filter(official__in=people, status__in=flow.open_states())
        queries.append(badge_rows(rows, word=Value(flow.kind), number="case_no"))
    queries = [query.annotate(badge_source=Value(place)) for place, query in enumerate(queries)]
    found = defaultdict(list)
    for row in queries[0].union(*queries[1:], all=True):
        kind = kinds[min(row["badge_source"], len(kinds) - 1)]
        found[row["badge_person"]].append((kind, row["badge_word"], row["badge_number"], row["badge_day"]))
    return found


def _take(record: PersonRecord, told: list[tuple]) -> None:
    for kind, word, number, on in sorted(told, key=lambda row: (row[0], row[3] or date.min, row[2])):
        if kind == "restriction":
            record.restrictions.append(_restriction(json.loads(number)))
        elif kind == "visit":
            record.visits.append(VisitFact(number, on, word))
        elif kind == "appeal":
            record.appeals.append(number)
        elif kind == "rating":
            record.ratings[int(number)] = word
        else:
            record.open_cases.append(OpenCase(word, number))


def _restriction(row: dict) -> RestrictionFact:
    days = {
        name: date.fromisoformat(row[name]) if row[name] else None for name in ("starts_on", "ends_on", "review_on")
    }
    return fact_of(Restriction(**(row | days)))
