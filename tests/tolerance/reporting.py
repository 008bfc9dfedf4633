"""Reports from the public with informers of these tests, and who takes part."""

from datetime import date, timedelta

from django.utils import timezone

from foundation.casework.services.engine import perform
from tests.support.people import make_persona
from tolerance.services.complaints import register
from tolerance.services.identities import Identity, keep_identity
from tolerance.services.identity_requests import answer, ask

NAME = "欧阳若楠"
INFORMER = Identity(
    name=NAME, id_number="440784198812120021", phone="13928190417", unit="鹤山市沙坪水厂", address="沙坪街道前进路917号"
)
NUMBER = "鹤信访〔2026〕41号"


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def office(tree) -> dict:
    """Two of the office for reports, the section, and the liaison of the unit that was reported."""
    return {
        "clerk": make_persona("discipline_commission", tree.county_a, username="clerk"),
        "head": make_persona("discipline_commission", tree.county_a, username="head"),
        "section": make_persona("supervision_section", tree.county_a),
    }


def registered(people, person, **more):
    given = {
        "number": NUMBER,
        "kind": "NAMED",
        "channel": "LETTER",
        "received_on": ago(3),
        "matter": "反映其在项目验收中把关不严。",
        "officials": [person],
    }
    return register(actor=people["clerk"], organization=person.home, **(given | more))


def kept(people, person, identity=INFORMER, **more):
    return keep_identity(actor=people["clerk"], complaint=registered(people, person, **more), identity=identity)


def asked(people, person, by="clerk"):
    return ask(actor=people[by], complaint=kept(people, person), purpose="需当面核实线索来源")


def approved(people, person):
    return answer(asked(people, person), "approve", actor=people["head"])


def accepted(people, case, **more):
    return perform(case, "accept", actor=people["clerk"], accepted_on=timezone.localdate(), **more)
