"""Alerts that wait, beside a person's name."""

from collections import defaultdict

from django.urls import reverse

from foundation.casework.alert_kinds import alert_kind
from foundation.casework.models import Alert

from ..badges import Badge, add_source


@add_source
def alert_badges(people, day) -> dict[int, list[Badge]]:
    """Waiting alerts about each person, the first due first, each for whoever may see its kind (1 query)."""
    found = defaultdict(list)
    for alert in Alert.objects.system().filter(person_id__in=list(people)).waiting().in_order():
        kind = alert_kind(alert.kind)
        text = f"{alert.kind_label} {alert.due_on:%Y.%m.%d}" if alert.due_on else alert.kind_label
        permission = kind.viewers[0] if kind and kind.viewers else alert.permission
        found[alert.person_id].append(Badge(alert.severity, text, reverse("alerts:alert", args=[alert.pk]), permission))
    return found
