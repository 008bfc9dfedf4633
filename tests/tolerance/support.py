"""A tolerance case on the small tree, walked step by step as the office does it."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from foundation.casework.services.engine import perform
from foundation.regulations.services.codes import codes
from tests.support.people import make_persona
from tolerance.services.applications import draft

GOOD = {"tolerance_precondition": "YES", "tolerance_distinction": "TOLERABLE", "tolerance_factor": "FAVOURABLE"}
VERIFIERS = "周明 纪委监委三室主任\n郑洁 干部监督科科长"
BALLOTS = "部长甲 部长 同意\n副部长乙 副部长 同意\n副部长丙 副部长 同意"


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def answers(**changed) -> dict[str, tuple[str, str]]:
    """Every point on its good side but those that are changed."""
    points = {code: (answer, "有会议纪要和票据") for table, answer in GOOD.items() for code in codes(table)}
    return points | {code: (answer, "核查发现") for code, answer in changed.items()}


@dataclass
class Office:
    """Who takes part: the unit's liaison applies, the section verifies, the leader decides, the second section follows."""

    tree: object
    people: dict = field(default_factory=dict)

    def __post_init__(self):
        self.people = {
            "liaison": make_persona("unit_liaison", self.tree.finance),
            "section": make_persona("supervision_section", self.tree.county_a),
            "leader": make_persona("department_leader", self.tree.county_a),
        }

    def __getitem__(self, name):
        return self.people[name]

    def drafted(self, **values):
        texts = {
            "applicant_kind": "UNIT",
            "title_text": "改革试点推进",
            "event_on": ago(60),
            "summary": "试点未达预期",
            "claimed": ["TE1"],
        }
        who = {"units": [self.tree.finance]} if "officials" not in values and "units" not in values else {}
        points = values.pop("points", None) or answers()
        return draft(actor=self["liaison"], organization=self.tree.finance, points=points, **{**texts, **who, **values})

    def submitted(self, **values):
        return perform(self.drafted(**values), "submit", actor=self["liaison"])

    def verifying(self, **values):
        case = perform(self.submitted(**values), "accept", actor=self["section"])
        return perform(case, "assign", actor=self["section"], verifiers=VERIFIERS)

    def deliberating(self, found=None, exempting=("TE1",), mitigating=(), excluding=(), **values):
        return perform(
            self.verifying(**values),
            "report",
            actor=self["section"],
            report="属实，程序完备。",
            points=answers(**(found or {})),
            exempting=list(exempting),
            mitigating=list(mitigating),
            excluding=list(excluding),
        )

    def decide(self, case, outcome="EXEMPT", word="免予追究", **more):
        given = {
            "meeting_on": timezone.localdate(),
            "ballots": BALLOTS,
            "body": "ORGANIZATION_DEPARTMENT",
            "body_name": "甲县委组织部",
            "document_no": "甲组容〔2026〕1号",
            "decided_on": timezone.localdate(),
            "minutes": "一致同意。",
            "effects": (),
        } | more
        return perform(case, "decide", actor=self["leader"], outcome=outcome, word=word, **given)

    def told(self, case):
        return perform(case, "feed_back", actor=self["section"])
