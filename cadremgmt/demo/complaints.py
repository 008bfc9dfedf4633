"""The register of reports of the demo: those that clearances of these days name, some others, and informers who do not exist.

Names, numbers and addresses are made up. One request to see who reported is approved, one refused, one waits.
"""

from datetime import timedelta

from django.utils import timezone

from foundation.accounts.models import User
from foundation.casework.services.engine import perform
from tolerance.models import Clearance, Complaint
from tolerance.services.complaints import assign, register
from tolerance.services.identities import Identity, keep_identity
from tolerance.services.identity_requests import answer, ask

INFORMERS = (
    Identity("司徒某某（虚构）", phone="13900000001", address="虚构街道1号"),
    Identity("上官某某（虚构）", phone="13900000002", unit="虚构商会"),
    Identity("诸葛某某（虚构）", phone="13900000003", address="虚构村3号"),
)
OTHERS = (
    ("ANONYMOUS", "ONLINE", "OWN", "反映其所在单位公车管理不严。", 20),
    ("PETITION", "VISIT", "OWN", "反映征地补偿款发放迟缓。", 12),
    ("NAMED", "PHONE", "BELOW", "反映村级财务公开不及时。", 3),
    ("NAMED", "LETTER", "ABOVE", "", 2),
)


def begin_complaints(tell) -> None:
    """Enter what is not there yet."""
    clerk, head, section = (User.objects.get(username=name) for name in ("jiwei", "jiweisj", "jiandu"))
    today = timezone.localdate()
    cleared = Clearance.objects.system().filter(source_no__startswith="鹤信访").select_related("official__home")
    cases, known = [], set(Complaint.objects.system().values_list("number", flat=True))
    for clearance in cleared.order_by("source_no"):
        if clearance.source_no not in known:
            cases.append(_verified(clearance, clerk))
    for case, identity in zip(cases, INFORMERS, strict=False):
        keep_identity(actor=clerk, complaint=case, identity=identity)
    if len(cases) >= len(INFORMERS):
        _requests(cases, clerk, head, section)
    units = [clearance.official.home for clearance in cleared]
    for number, (kind, channel, owner, matter, days) in enumerate(OTHERS, start=11):
        name = f"鹤信访〔{today.year}〕{number}号"
        if units and name not in known:
            case = register(
                actor=clerk,
                organization=units[number % len(units)],
                number=name,
                kind=kind,
                channel=channel,
                owner=owner,
                matter=matter,
                received_on=today - timedelta(days=days),
            )
            if kind != "NAMED":
                perform(case, "accept", actor=clerk, accepted_on=today - timedelta(days=1))
    tell(f"reports registered: {Complaint.objects.system().count()}")


def _verified(clearance, clerk) -> Complaint:
    """The report behind a clearance, told, concluded and told again on the days that the clearance names."""
    case = register(
        actor=clerk,
        organization=clearance.official.home,
        number=clearance.source_no,
        kind="NAMED",
        channel="LETTER",
        received_on=clearance.reported_on,
        matter=clearance.summary,
        officials=[clearance.official],
    )
    day = clearance.reported_on + timedelta(days=2)
    perform(case, "accept", actor=clerk, accepted_on=day)
    perform(case, "tell_acceptance", actor=clerk, acceptance_told_on=day)
    ended = {
        "concluded_on": clearance.found_on,
        "finding": clearance.finding,
        "conclusion": "经核查，反映的问题不属实。",
    }
    perform(case, "conclude", actor=clerk, **ended)
    return perform(case, "tell_result", actor=clerk, result_told_on=clearance.found_on)


def _requests(cases, clerk, head, section) -> None:
    approved = ask(actor=clerk, complaint=cases[0], purpose="需当面核实线索来源，书面方式无法核清。")
    answer(approved, "approve", actor=head)
    refused = ask(actor=clerk, complaint=cases[1], purpose="被反映人询问举报来源。")
    answer(refused, "refuse", actor=head, reason="不属于办案需要，不得向被反映人透露。")
    given = assign(actor=clerk, complaint=cases[2], handler=section)
    ask(actor=section, complaint=given, purpose="核查诬告线索，需确认是否同一人多次举报。")
