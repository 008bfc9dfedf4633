"""What the addresses of the matrix lead to: two counties with everything, committed once for all rows.

County A: 2022 with a request to publish, 2023 calculated only, 2024 published with a measure for the finance department,
2025 open to the units with an appeal of the finance department, one staged import, one order to calculate, accounts with a
key. County B: the same in small, for what lies outside.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from assessments.models import Adjustment, Collection, Indicator, Measure, SchemeAmendment, Veto
from assessments.services.appeals import file_appeal
from assessments.services.collection_office import object_to
from assessments.services.collections import open_year
from assessments.services.items import propose
from assessments.services.jobs import order
from assessments.services.openings import open_preview
from assessments.services.publish_requests import ask_to_publish
from foundation.accounts.models import RoleGrant
from foundation.audit.services.seals import seal_now
from foundation.casework.models import Alert
from foundation.casework.services import attachments
from foundation.casework.services.alerts import PAPERS
from foundation.casework.services.engine import perform
from foundation.casework.services.notices import tell
from foundation.casework.services.readings import note_reading
from foundation.common.actors import SystemActor
from foundation.exchange.services.batches import apply, stage
from foundation.organizations.models import OrganizationName, Succession
from foundation.organizations.services.numbers import set_numbers
from foundation.regulations.models import Rule, RuleOverride
from officials.services.lists import create_list
from officials.services.reorganise import rename_unit
from tests.factories.county import make_small_county
from tests.support.people import make_key, make_persona, make_tree, make_user
from tolerance.models import AssessmentEffect

from .people import make_people, supervised
from .sheltered import reported, sheltered

DECIDED_ON = date(2024, 12, 1)
UNITS = "code,name,short_name,kind,parent,category_2026\nA-NEW,甲县新局,新局,department,A,GENERAL\n"


VARIANTS = {
    "organizations:unit#neighbour": {"code": "A-HEA"},
    "organizations:unit#elsewhere": {"code": "B-FIN"},
    "assessments:unit#neighbour": {"code": "A-HEA"},
    "assessments:unit-file#neighbour": {"code": "A-HEA"},
    "assessments:unit-years#neighbour": {"code": "A-HEA"},
    "assessments:unit-gaps#neighbour": {"code": "A-HEA"},
    "assessments:cycle#elsewhere": {"county": "B"},
    "officials:rows-edit": {"section": "family"},
    "officials:person-form-page": {"number": 1},
    "officials:person-form-file": {"ending": "docx"},
    "v1:unit#neighbour": {"code": "A-HEA"},
    "v1:unit#elsewhere": {"code": "B-FIN"},
    "v1:run-unit#neighbour": {"code": "A-HEA"},
    "v1:run-unit-gaps#neighbour": {"code": "A-HEA"},
    "v1:unit-years#neighbour": {"code": "A-HEA"},
    "assessments:unit#opened": {"year": 2025},
    "assessments:unit#opened-neighbour": {"year": 2025, "code": "A-HEA"},
    "assessments:appeal-new": {"year": 2025},
    "v1:run-unit#opened-neighbour": {"code": "A-HEA"},
    "v1:cycle-appeals": {"cycle": "A-2025"},
    "v1:run-unit-file#neighbour": {"code": "A-HEA"},
    "v1:score#elsewhere": {"cycle": "B-2024", "unit": "B-FIN"},
}


@dataclass
class World:
    """Personas by name, and the numbers of what was made."""

    people: dict
    numbers: dict = field(default_factory=dict)
    sessions: dict = field(default_factory=dict)

    def values_for(self, key: str) -> dict:
        """The parameters of an address, by the key of its line."""
        numbers, name = self.numbers, key.partition("#")[0]
        values = {
            "county": "A", "year": 2024, "code": "A-FIN", "category": "GENERAL", "ending": "xlsx", "page": "unit", "rule_id": "ASM-MIN-TENURE",
            "cycle": "A-2024", "scheme": "A-2024-GENERAL", "unit": "A-FIN", "indicator": "G1", "label": "accounts.User",
            "key": "1", "content_type_id": 1, "object_id": 1, "url": "nothing/", "case_no": numbers["case"],
            "kind": "assessments.measure", "prefix": numbers["key"], "pk": numbers["grant"], "username": numbers["user"], "number": numbers["run"],
        }  # fmt: skip
        if name.startswith("organizations:"):
            values |= {"number": numbers["act"], "kind": "rename", "table": "leaders", "pk": numbers["post"]}
        elif name.startswith(("officials:list", "v1:list-people")):
            values["pk"] = numbers["list"]
        elif name.startswith(("officials:", "v1:official", "v1:person-")):
            person = numbers["neighbour"] if key.endswith("#neighbour") else numbers["person"]
            values |= {"pk": person, "section": "identity", "case_no": numbers["correction"]}
        elif name.startswith("supervision:"):
            rows = {"supervision:issue-settle": "issue", "supervision:matters-check": "check"}
            pk = numbers[rows.get(name, "person")]
            named = next((kind for kind in ("handling", "conflict", "reuse") if f":{kind}" in name), "tool")
            case_no = numbers[named]
            slug = "record" if name.endswith(":document") else "reminders"
            values |= {"case_no": case_no, "slug": slug, "pk": pk, "topic": "YEARLY"}
        elif name.startswith("tolerance:"):
            case_no = numbers["tolerance neighbour" if key.endswith("#neighbour") else "tolerance"]
            case_no = numbers["filing"] if name.startswith("tolerance:filing") else case_no
            values |= {"case_no": case_no, "paper": "notice", "to": "unit", "ending": "docx", "who": "units"}
        elif name.startswith("clearances:"):
            case_no = numbers["accusation" if name.endswith((":accusation", ":accusation-step")) else "clearance"]
            pk = numbers["hold" if name == "clearances:hold" else "person"]
            values |= {"pk": pk, "case_no": case_no, "paper": "letter", "ending": "docx"}
        elif name.startswith("complaints:"):
            is_request = name.endswith((":request", ":request-step", ":look"))
            values["case_no"] = numbers["identity request" if is_request else "complaint"]
        elif name.startswith(("alerts:", "v1:alert")):
            values |= {"pk": numbers["alert"], "paper": numbers["alert paper"], "rule_id": "ALR-RETIREMENT"}
        elif name.startswith("exchange:") or name == "v1:import":
            values["number"] = numbers["batch"]
        elif ":collection" in name:
            values |= {"case_no": numbers["collection"], "indicator": "G2"}
        elif ":item" in name:
            values["case_no"] = numbers["item"]
        elif name.startswith(("casework:", "v1:case-")):
            values["pk"] = numbers["paper"]
        elif name == "assessments:order" or name.startswith("v1:calculation"):
            values["number"] = numbers["order"]
        elif name.endswith((":run-publish", ":run-open")) or key.endswith("run#preview"):
            values["number"] = numbers["preview"]
        elif "#opened" in key:
            values["number"] = numbers["opened"]
        elif name.partition(":")[2] in ("appeal", "appeal-step", "appeal-steps"):
            values["case_no"] = numbers["appeal"]
        elif ":publish-request" in name:
            values["case_no"] = numbers["request"]
        elif key.endswith("run#elsewhere"):
            values["number"] = numbers["run elsewhere"]
        elif key.endswith("measure#elsewhere"):
            values["case_no"] = numbers["case elsewhere"]
        return values | VARIANTS.get(key, {})


def make_world() -> World:
    """Everything, committed."""
    tree = make_tree()
    world = World(_personas(tree))
    office = world.people["assessment_office"]
    here = make_small_county(tree.county_a, units=[tree.health, tree.finance], years=(2022, 2023, 2024, 2025))
    there = make_small_county(tree.county_b, units=[tree.other_department], years=(2024,))
    published, other_run = here.published(2024, office), there.published(2024)
    case, other_case = (Measure.objects.get(cycle=c.cycles[2024]) for c in (here, there))
    made = _one_of_each(here, tree.finance, case, office, world.people["unit_liaison"])
    answered = "系统启用前的年度，已书面征求意见"
    request = ask_to_publish(here.calculated(2022, office), actor=office, reason="审定", override_reason=answered)
    preview, opened = here.calculated(2023, office), here.calculated(2025, office)
    opening = open_preview(opened, actor=office, reason="通知")
    liaison = world.people["unit_liaison"]
    appeal = file_appeal(opening, tree.finance, actor=liaison, target="figure:G1", wanted="90", grounds="漏报")
    batch = stage(
        actor=office, kind_code="units", data=UNITS.encode(), file_name="units.csv", organization=tree.county_a
    )
    started = order(actor=office, year=2025, cycles=[here.cycles[2025]])
    key, _text = make_key(office, "assessments.view_cycle")
    RuleOverride.objects.create(
        rule=Rule.objects.get(code="ASM-MIN-TENURE"), value=None, starts_on="2024-01-01", basis="x"
    )
    seal_now()
    grant = RoleGrant.objects.get(user=office)
    head = make_persona("discipline_commission", tree.county_a, username="head")
    world.numbers = {
        "case": case.case_no, "case elsewhere": other_case.case_no, "run": published.number,
        "opened": opened.number, "appeal": appeal.case_no, "request": request.case_no,
        "run elsewhere": other_run.number, "preview": preview.number, "batch": batch.number, "order": started.number,
        "key": key.prefix, "grant": grant.pk, "user": office.username,
        "list": create_list(actor=world.people["cadre_section"], name="名单").pk, **made,
        **sheltered(world.people["unit_liaison"], tree.finance, tree.health, made["person"]),
        **supervised(world.people["supervision_section"], made["person"]),
        **reported(world.people["discipline_commission"], head, tree.finance, made["person"]),
    }  # fmt: skip
    return world


def _one_of_each(county, unit, case, office, liaison):
    """A row of every table that the admin shows and that nothing else here fills."""
    cycle = county.cycles[2025]
    OrganizationName.objects.create(organization=unit, name="甲县财政办")
    numbered = {"unit": unit, "document_no": "x"}
    set_numbers(actor=SystemActor("test"), starts_on=DECIDED_ON, leaders=3, **numbered)
    act = rename_unit(
        actor=SystemActor("test"), name="甲县财政局", short_name="财", effective_on=DECIDED_ON, **numbered
    )
    Succession.objects.create(
        predecessor=county.units[0], successor=unit, kind="merge", effective_on=DECIDED_ON, document_no="x"
    )
    Adjustment.objects.create(cycle=cycle, unit=unit, number="J1", points=1)
    Veto.objects.create(cycle=cycle, unit=unit, number="V1", ground="x")
    SchemeAmendment.objects.create(
        scheme=cycle.schemes.get(), number=1, at=timezone.now(), actor_name="x", reason="x", document_no="x", version=2,
        before={}, after={},
    )  # fmt: skip
    AssessmentEffect.objects.create(
        case_no="RC1",
        organization=unit,
        year=2025,
        effect="shield",
        decision="x",
        decided_on=DECIDED_ON,
        decided_by="x",
    )
    paper = attachments.add(actor=SystemActor("test"), case=case, file=ContentFile(b"%PDF-1.7", name="a.pdf"))
    tell(key="x", message="case.waits", organization=unit, permission="assessments.view_cycle", params={"case_no": "x"})
    note_reading(reader=office, kind="assessments.measure", case_no=case.case_no)
    alert, closing = _alert(unit)
    kept = stage(
        actor=office, kind_code="units", data=UNITS.replace("A-NEW", "A-OLD").encode(), file_name="old.csv",
        organization=county.root,
    )  # fmt: skip
    apply(kept, actor=office)
    return {
        "paper": paper.pk,
        "alert": alert.pk,
        "alert paper": closing.pk,
        "act": act.number,
        "post": county.posts[unit.code].pk,
        **_collected(county, unit, office, liaison),
        **make_people(unit, county.units[0], liaison),
    }


def _alert(unit):
    """An alert that the cadre section owns, with a paper of an earlier closing."""
    alert = Alert.objects.create(
        kind="officials.term", key="officials.term:x", organization=unit, subject="x", severity="red", rank=0,
        due_on=DECIDED_ON, permission="officials.edit_official", raised_on=DECIDED_ON,
        params={"post": "x", "since_on": "2019-12-01", "number": 1},
    )  # fmt: skip
    paper, _is_new = attachments.keep(
        kind=PAPERS, case_no=str(alert.pk), actor=SystemActor("test"), name="a.pdf", ending="pdf", data=b"%PDF-1.7"
    )
    return alert, paper


def _collected(county, unit, office, liaison) -> dict:
    """The submission of the liaison's department for 2025, being verified with a remark, and a proposal of it."""
    cycle = county.cycles[2025]
    open_year(actor=office, cycle=cycle)
    case = Collection.objects.get(cycle=cycle, organization=unit)
    perform(case, "submit", actor=liaison)
    leaf = Indicator.objects.get(scheme__cycle=cycle, responsible=unit)
    object_to(actor=office, collection=case, unit=unit, indicator=leaf, text="x")
    item = propose(
        actor=liaison, cycle=cycle, organization=unit, unit=unit, item="bonus", points=Decimal(1), ground="x",
        document_no="x", occurred_on=date(2025, 3, 1),
    )  # fmt: skip
    return {"collection": case.case_no, "item": item.case_no}


def _personas(tree) -> dict:
    return {
        "assessment_office": make_persona("assessment_office", tree.county_a),
        "cadre_section": make_persona("cadre_section", tree.county_a),
        "supervision_section": make_persona("supervision_section", tree.county_a),
        "department_leader": make_persona("department_leader", tree.county_a),
        "unit_liaison": make_persona("unit_liaison", tree.finance),
        "other_county_office": make_persona("assessment_office", tree.county_b),
        "auditor": make_persona("auditor"),
        "system_admin": make_persona("system_admin"),
        "security_admin": make_persona("security_admin"),
        "audit_admin": make_persona("audit_admin"),
        "stranger": make_user("stranger", home=tree.county_a),
        "discipline_commission": make_persona("discipline_commission", tree.county_a),
    }
