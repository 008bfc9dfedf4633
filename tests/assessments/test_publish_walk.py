"""The end of a year of Heshan, by the services: preview, appeal, second run, difference, two signatures, measure closed."""

from decimal import Decimal

import pytest

from assessments.models import Appeal, Cycle, Measure, Opening, RunUnit
from assessments.selectors.publishing import base_of
from assessments.services.appeals import file_appeal
from assessments.services.calculation import calculate
from assessments.services.openings import open_preview
from assessments.services.publish_requests import ask_to_publish, confirm
from assessments.services.publishing import difference
from foundation.accounts.models import User
from foundation.casework.services.engine import perform
from foundation.organizations.models import Organization
from tests.support.people import make_persona
from tests.support.tools import talk_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heshan_database")]
YEAR = 2025


@pytest.fixture
def people():
    """The demo's people by user name, and a second person of the office."""
    found = {user.username: user for user in User.objects.all()}
    return found | {"second": make_persona("assessment_office", Organization.objects.get(code="440784"))}


def gain(point) -> Decimal:
    """Points of the total that the best figure would add."""
    return Decimal(point["weight"]) * (100 - Decimal(point["p"])) / 100


BEST = {"direct": lambda point: "100", "completion": lambda point: point["target"], "grade": lambda point: "优"}


def way_out(run):
    """A flagged unit with a measure, the unit before it, and the few indicators whose best figures lift it over that one."""
    found = []
    for measure in run.measures.select_related("unit").order_by("unit__code"):
        row = RunUnit.objects.select_related("run__cycle__jurisdiction", "unit").get(run=run, unit=measure.unit)
        before = RunUnit.objects.filter(run=run, category=row.category, rank__lt=row.rank).order_by("-rank").first()
        points = sorted((p for p in row.points if p["state"] == "counted" and p["method"] in BEST), key=gain)
        wanted = []
        while points and before and sum(map(gain, wanted)) <= before.total - row.total:
            wanted.append(points.pop())
        if before and sum(map(gain, wanted)) > before.total - row.total:
            found.append((len(wanted), row.unit.code, row, before, wanted))
    return min(found, key=lambda each: each[:2])[2:]


def test_from_the_preview_to_the_closed_measure(people):
    cycle = Cycle.objects.select_related("jurisdiction").get(year=YEAR)
    opening = Opening.objects.current().select_related("run").get(cycle=cycle)
    first = opening.run
    row, overtaken, points = way_out(first)

    # the unit objects, the department agrees, the office accepts
    liaison = make_persona("unit_liaison", row.unit)
    for point in points:
        wanted = BEST[point["method"]](point)
        target = f"figure:{point['code']}"
        filed = file_appeal(opening, row.unit, actor=liaison, target=target, wanted=wanted, grounds="原报数漏计")
        answered = perform(filed, "answer", actor=people["second"], reason="经核属实")
        accepted = perform(answered, "accept", actor=people["kaohe"], reason="证据充分，予以采纳")
        assert (accepted.status, accepted.settled) == ("accepted", wanted)

    # the second run: ranks move, the unit leaves the bottom, its measure goes, another comes
    second = calculate(cycle, actor=people["kaohe"]).run
    assert second != first
    assert base_of(second) == first
    found = difference(first, second)
    moved = {change.unit.code: change for change in found.changed}
    assert moved[row.unit.code].rank_change > 0
    assert moved[overtaken.unit.code].rank_change < 0
    assert row.unit in {measure.unit for measure in found.disappearing}
    assert overtaken.unit in {measure.unit for measure in found.appearing}

    # opened again, the other appeals decided, published by two
    open_preview(second, actor=people["kaohe"], reason="采纳申诉后再次核对")
    for case in Appeal.objects.filter(cycle=cycle, status__in=["filed", "answered"]).order_by("pk"):
        if case.status == "filed":
            case = perform(case, "answer", actor=people["second"], reason="与年报一致", agrees=False)
        perform(case, "reject", actor=people["kaohe"], reason="不予采纳")
    asked = ask_to_publish(second, actor=people["kaohe"], reason="市委审定", override_reason="各单位均无新异议")
    assert asked.overridden == []
    assert confirm(asked, actor=people["lingdao"], reason="同意").status == "published"
    cycle.refresh_from_db()
    assert (cycle.published_run, cycle.is_locked) == (second, True)

    # the measure of the unit that came last instead: reviewed, approved, carried out, closed
    assert not Measure.objects.filter(cycle=cycle, organization=row.unit).exists()
    measure = Measure.objects.filter(cycle=cycle, status="proposed").order_by("pk").first()
    for step, name in (("review", "jiandu"), ("approve", "lingdao"), ("execute", "ganbu"), ("close", "ganbu")):
        if step == "execute":
            talk_for(measure)
        measure = perform(measure, step, actor=people[name], reason="按程序办理")
    assert measure.status == "closed"
