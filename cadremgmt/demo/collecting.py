"""The submission of the latest year's figures in all its states, and a few proposals that wait for the office."""

from datetime import date
from decimal import Decimal

from assessments.models import Collection, Cycle
from assessments.selectors.collections import sheet_of
from assessments.services.collection_office import object_to
from assessments.services.collections import open_year
from assessments.services.items import propose
from foundation.accounts.models import User
from foundation.casework.services.engine import perform
from foundation.organizations.models import Organization

FINANCE = "HS-D23"
STILL_FILLING = 4  # departments that have not submitted yet


def collect(tell, cycle: Cycle) -> None:
    """Ask the departments, let most submit, verify some, return the finance department's with a remark."""
    if Collection.objects.system().filter(cycle=cycle).exists():
        return
    office, finance = (User.objects.get(username=name) for name in ("kaohe", "caizheng"))
    cases = open_year(actor=office, cycle=cycle, reason=f"鹤考办〔{cycle.year}〕21号")
    others = [case for case in cases if case.organization.code != FINANCE]
    for number, case in enumerate(others[STILL_FILLING:]):
        sent = perform(case, "submit_for", actor=office, reason="该单位以纸质件报送，已核对盖章")
        if number % 2:
            perform(sent, "verify", actor=office, reason="与佐证材料一致")
    own = next(case for case in cases if case.organization.code == FINANCE)
    sent = perform(own, "submit", actor=finance)
    unit, leaf = next(sheet_of(sent).places())
    object_to(actor=office, collection=sent, unit=unit, indicator=leaf, text="与部门决算口径不一致，请核对并附决算表")
    perform(sent, "send_back", actor=office, reason="个别数据与决算不一致，请按逐项意见更正")
    _propose(cycle, own.organization, office, finance)
    tell(f"{cycle.year}: {len(cases)} departments asked for their figures")


def _propose(cycle, finance: Organization, office, liaison):
    units = {unit.code: unit for unit in Organization.objects.system().filter(code__in=["HS-T05", "HS-D24"])}
    bonus = {
        "unit": units["HS-D24"], "item": "bonus", "points": Decimal("0.5"), "kind": "表彰奖励",
        "ground": "涉农资金绩效评价获评优秀等次", "document_no": f"鹤财〔{cycle.year}〕35号",
        "occurred_on": date(cycle.year, 9, 12),
    }  # fmt: skip
    deduction = {
        "unit": units["HS-T05"], "item": "deduction", "points": Decimal("0.3"), "kind": "通报批评",
        "ground": "专项资金拨付逾期被通报", "document_no": f"鹤财〔{cycle.year}〕18号",
        "occurred_on": date(cycle.year, 6, 20),
    }  # fmt: skip
    for values in (bonus, deduction):
        case = propose(actor=liaison, cycle=cycle, organization=finance, **values)
    perform(case, "decline", actor=office, reason="该单位已在规定期限内完成整改，不予扣分")
