"""One fictional account per kind of user, all with the demo's password."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from foundation.accounts.models import User
from foundation.accounts.services.accounts import create_account
from foundation.accounts.services.grants import grant_role
from foundation.accounts.services.passwords import store
from foundation.common.actors import SystemActor
from foundation.organizations.models import Organization

DEMO = SystemActor("demo")


@dataclass(frozen=True)
class DemoPerson:
    """An account of the demo: who it is, which role it has and at which unit (None: everywhere)."""

    username: str
    name: str
    role: str
    unit: str | None
    home: str | None


PEOPLE = (
    DemoPerson("kaohe", "梁敏（考核办）", "assessment_office", "440784", "HS-D06"),
    DemoPerson("ganbu", "李书航（干部科）", "cadre_section", "440784", "HS-D06"),
    DemoPerson("jiandu", "陈立（干部监督科）", "supervision_section", "440784", "HS-D06"),
    DemoPerson("lingdao", "黄志远（部领导）", "department_leader", "440784", "HS-D06"),
    DemoPerson("buzhang", "关永年（部长）", "department_leader", "440784", "HS-D06"),
    DemoPerson("jiwei", "林正（纪委监委信访室）", "discipline_commission", "440784", "HS-D01"),
    DemoPerson("jiweisj", "邓国强（纪委监委负责人）", "discipline_commission", "440784", "HS-D01"),
    DemoPerson("caizheng", "冯晓（市财政局）", "unit_liaison", "HS-D23", "HS-D23"),
    DemoPerson("zhishan", "吴桐（址山镇）", "unit_liaison", "HS-T05", "HS-T05"),
    DemoPerson("shenji", "周宁（审计）", "auditor", None, None),
    DemoPerson("xitong", "郑凯（系统管理）", "system_admin", None, None),
    DemoPerson("anquan", "何静（安全保密）", "security_admin", None, None),
    DemoPerson("shenyuan", "谢安（安全审计）", "audit_admin", None, None),
)


def make_people() -> int:
    """Open the accounts that are missing; returns how many were opened."""
    known = set(User.objects.filter(username__in=[p.username for p in PEOPLE]).values_list("username", flat=True))
    units = {
        unit.code: unit
        for unit in Organization.objects.system().filter(
            code__in=[p.unit for p in PEOPLE if p.unit] + [p.home for p in PEOPLE if p.home]
        )
    }
    missing = [person for person in PEOPLE if person.username not in known]
    for person in missing:
        home = units[person.home] if person.home else None
        user = create_account(actor=DEMO, username=person.username, display_name=person.name, organization=home).user
        store(user, settings.DEMO_PASSWORD, must_change=False)
        grant_role(
            actor=DEMO,
            user=user,
            role=person.role,
            organization=units[person.unit] if person.unit else None,
            valid_from=timezone.localdate(),
            reason="演示账户",
        )
    return len(missing)
