"""Kinds of alerts of the tests: facts that a test sets by hand."""

from contextlib import contextmanager

from foundation.casework import alert_kinds
from foundation.casework.alert_kinds import AlertFact, AlertKind

DESK = AlertKind(
    "test.desk", "Desk", "Desk of %(subject)s by %(due_on)s", "assessments.review_measure", lead_rule="ALR-RETIREMENT"
)


def make_kind(facts, code="test.lamp", **given) -> AlertKind:
    """A computed kind that finds what stands in the list `facts`, which the test changes."""
    own = {"permission": "assessments.review_measure", "lead_rule": "ALR-RETIREMENT", "find": lambda day, book, county: [
        fact for fact in facts if fact.organization.path.startswith(county.path)
    ]}  # fmt: skip
    return AlertKind(code, "Lamp", "Lamp of %(subject)s, due %(due_on)s, seen %(seen_on)s", **(own | given))


def fact(unit, key="1", **given) -> AlertFact:
    """A fact about a unit."""
    return AlertFact(key, unit, **({"subject": "lamp", "params": {"seen_on": "2026-01-05"}} | given))


@contextmanager
def only_kinds(*kinds):
    """These kinds and no others."""
    before, sources = dict(alert_kinds._kinds), list(alert_kinds._sources)
    alert_kinds._kinds.clear()
    alert_kinds._sources.clear()
    for kind in kinds:
        alert_kinds.register_kind(kind)
    try:
        yield
    finally:
        alert_kinds._kinds.clear()
        alert_kinds._kinds.update(before)
        alert_kinds._sources.extend(sources)
