"""One notice a day for each role and unit that has alerts to see to, however many they are."""

from collections import Counter
from datetime import date

from django.urls import reverse
from django.utils import timezone

from foundation.accounts.models import RoleGrant
from foundation.accounts.roles import ROLES

from ..messages import DIGEST
from ..models import Alert, AlertStatus, Notice
from ..rules.severity import SEVERITIES
from .notices import tell_each


def tell_digests(day: date) -> int:
    """Tell every unit where the owner's permission is granted how many alerts wait in its area, by colour.

    The notices of earlier days are settled: a digest is about today. Returns how many were told.
    """
    waiting = Alert.objects.system().filter(status__in=[AlertStatus.OPEN, AlertStatus.CLAIMED])
    counted = Counter(waiting.values_list("permission", "organization__path", "severity"))
    facts = {}
    for permission in sorted({permission for permission, _path, _severity in counted}):
        for unit in _granted_at(permission, day):
            numbers = Counter()
            for (owner, path, severity), number in counted.items():
                if owner == permission and path.startswith(unit.path):
                    numbers[severity] += number
            if numbers:
                facts[f"{DIGEST}:{permission}:{unit.code}:{day}"[:120]] = _fact(permission, unit, numbers)
    told = tell_each(facts, message=DIGEST, resolved_at=None) if facts else []
    Notice.objects.filter(message=DIGEST, resolved_at__isnull=True).exclude(key__in=facts).update(
        resolved_at=timezone.now()
    )
    return len(told)


def _granted_at(permission: str, day: date) -> list:
    """Units at which some role with the permission is granted today."""
    roles = [code for code, role in ROLES.items() if permission in role.permissions]
    grants = RoleGrant.objects.filter(group__name__in=roles, organization__isnull=False).in_force(day)
    return list({grant.organization for grant in grants.select_related("organization")})


def _fact(permission, unit, numbers: Counter) -> dict:
    worst = next(name for name in SEVERITIES if numbers[name])
    return {
        "permission": permission,
        "organization": unit,
        "severity": worst,
        "params": {"total": sum(numbers.values())} | {name: numbers[name] for name in SEVERITIES},
        "url": f"{reverse('alerts:list')}?mine=owner",
    }
