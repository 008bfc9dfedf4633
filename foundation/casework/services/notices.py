"""Telling staff something once: notices by message id, rendered when read."""

from django.utils import timezone

from ..models import Notice


def tell(*, key, message, organization, permission, params=None, severity="blue", url=""):
    """Tell those who hold `permission` at a unit. The same key again refreshes the text and opens it again."""
    notice, _created = Notice.objects.update_or_create(
        key=key,
        defaults={
            "message": message,
            "params": params or {},
            "severity": severity,
            "permission": permission,
            "organization": organization,
            "url": url,
            "resolved_at": None,
        },
    )
    return notice


def tell_each(facts: dict, **shared):
    """Tell many units at once, as `tell` does one: `facts` maps a key to what differs there (organization, params, url)."""
    columns = ("message", "params", "severity", "permission", "organization", "url", "resolved_at")
    rows = [Notice(key=key, **shared, **own) for key, own in facts.items()]
    return Notice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=list(columns), batch_size=500
    )


def settle(*keys):
    """Mark notices as done: what they told is no longer so."""
    return Notice.objects.filter(key__in=keys, resolved_at__isnull=True).update(resolved_at=timezone.now())
