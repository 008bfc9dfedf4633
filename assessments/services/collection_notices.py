"""What departments and the office are told about collections. Each notice has a key of its own and is settled by the next step."""

from django.urls import reverse

from foundation.casework.services.notices import settle, tell

SUBMIT, VERIFY = "assessments.submit_collection", "assessments.verify_collection"
KINDS = ("opened", "returned", "due", "overdue", "remind")


def key_of(case, kind: str) -> str:
    """Key of a notice to the department."""
    return f"assessments.collection.{kind}:{case.case_no}"


def _tell(case, kind: str, *, severity: str, **params):
    return tell(
        key=key_of(case, kind),
        message=f"assessments.collection.{kind}",
        organization=case.organization,
        permission=SUBMIT,
        params={"year": case.cycle.year, "day": f"{case.last_day:%Y.%m.%d}", **params},
        severity=severity,
        url=reverse("assessments:collection", args=[case.case_no]),
    )


def opened(case):
    """A new submission is asked for."""
    return _tell(case, "opened", severity="blue")


def returned(case, reason: str):
    """The office returned the figures."""
    settle(key_of(case, "overdue"), key_of(case, "due"))
    return _tell(case, "returned", severity="orange", reason=reason)


def due_soon(case):
    """Few working days are left."""
    return _tell(case, "due", severity="yellow")


def overdue(case):
    """The last day has passed."""
    settle(key_of(case, "due"))
    return _tell(case, "overdue", severity="red")


def remind(case, gaps: int):
    """The office reminds the department by hand."""
    return _tell(case, "remind", severity="yellow", count=gaps)


def in_time_again(case):
    """A release gives days: what told of lateness is settled."""
    return settle(key_of(case, "overdue"), key_of(case, "due"))


def submitted(case):
    """The department has done what it was asked."""
    return settle(*(key_of(case, kind) for kind in KINDS))


def verified(case):
    """Nothing is open any more."""
    return settle(*(key_of(case, kind) for kind in KINDS))


def tell_office(cycle, count: int):
    """So many departments of a year are late; nobody is: the notice is settled."""
    county = cycle.jurisdiction
    key = f"assessments.collection.late:{county.code}-{cycle.year}"
    if not count:
        return settle(key)
    return tell(
        key=key,
        message="assessments.collection.late",
        organization=county,
        permission=VERIFY,
        params={"year": cycle.year, "count": count},
        severity="red",
        url=reverse("assessments:collection-board", args=[county.code, cycle.year]) + "?state=overdue",
    )
