"""The yearly assessment in the auditors' admin."""

from datetime import date

import pytest
from django.utils import timezone

from assessments.models import (
    Adjustment,
    Appeal,
    Collection,
    Cycle,
    FigureRemark,
    Indicator,
    Item,
    Measure,
    Opening,
    Publication,
    PublishRequest,
    RecalculationBatch,
    RecalculationJob,
    Run,
    RunMeasure,
    RunUnit,
    Scheme,
    Score,
    Veto,
)
from foundation.organizations.models import Post

from ..support.people import client_of, make_unit
from ..support.reading_room import ReadingRoom

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


def cycle_of(unit, year=2024) -> Cycle:
    return Cycle.objects.get_or_create(jurisdiction_id=unit.root_id, year=year)[0]


def scheme_of(unit) -> Scheme:
    return Scheme.objects.get_or_create(cycle=cycle_of(unit), category="ECONOMIC")[0]


def leaf_of(unit, number) -> Indicator:
    return Indicator.objects.create(
        scheme=scheme_of(unit), code=f"K{number}", name=f"指标 {number}", group="发展", weight=1, method="completion",
        params={"cap": "120"}, responsible=unit,
    )  # fmt: skip


def run_of(unit, number=0) -> Run:
    now = timezone.now()
    county = unit.jurisdiction.code if unit.jurisdiction_id else unit.code
    return Run.objects.get_or_create(
        number=f"{county}-2024-{number:02}",
        defaults={
            "cycle": cycle_of(unit), "digest": f"digest {county} {number}", "engine_version": "1",
            "parameters": {"ladder": ["reminder_talk"]}, "rulebook_version": "r", "started_at": now,
            "finished_at": now, "actor_name": "test", "unit_count": 1,
            "effects": [{"case": "RC-7", "unit": county}],
        },
    )[0]  # fmt: skip


def post_of(unit) -> Post:
    return Post.objects.get_or_create(organization=unit, title="局长")[0]


class TestCycles(ReadingRoom):
    model = Cycle

    def make(self, unit, number):
        return cycle_of(unit, 2000 + number)


class TestSchemes(ReadingRoom):
    model = Scheme
    search = "C1"

    def make(self, unit, number):
        return Scheme.objects.create(cycle=cycle_of(unit), category=f"C{number}")


class TestIndicators(ReadingRoom):
    model = Indicator
    search = "指标 1"

    def make(self, unit, number):
        return leaf_of(unit, number)

    def test_parameters_are_readable(self, auditor):
        page = client_of(auditor).get(self.row_address(leaf_of(self.tree.finance, 1))).content.decode()
        assert "<pre>cap: 120</pre>" in page


class TestScores(ReadingRoom):
    model = Score
    search = "指标 1"

    def make(self, unit, number):
        return Score.objects.create(cycle=cycle_of(unit), unit=unit, indicator=leaf_of(unit, number), figure=1)


class TestAdjustments(ReadingRoom):
    model = Adjustment
    search = "J-A-FIN-1"

    def make(self, unit, number):
        return Adjustment.objects.create(cycle=cycle_of(unit), unit=unit, number=f"J-{unit.code}-{number}", points=1)


class TestVetoes(ReadingRoom):
    model = Veto
    search = "V-A-FIN-1"

    def make(self, unit, number):
        return Veto.objects.create(cycle=cycle_of(unit), unit=unit, number=f"V-{unit.code}-{number}")


class TestRuns(ReadingRoom):
    model = Run
    search = "A-2024-01"

    def make(self, unit, number):
        return run_of(unit, number)

    def test_parameters_and_effects_are_readable(self, auditor):
        page = client_of(auditor).get(self.row_address(run_of(self.tree.finance, 1))).content.decode()
        assert "ladder: [&quot;reminder_talk&quot;]" in page
        assert "RC-7" in page


class TestResults(ReadingRoom):
    model = RunUnit

    def make(self, unit, number):
        below = make_unit(f"{unit.code}-R{number}", parent=unit, rank=200 + number)
        return RunUnit.objects.create(
            run=run_of(unit), unit=below, category="ECONOMIC", base=80, bonus=0, deduction=0, vetoes=0, total=80,
            rank=number, n=9, grade="良好", flagged=False, shielded=False, mitigated=False, streak=0,
            flags_in_window=0, step="none", engine1_points=[{"code": "K1", "p": "80"}], notes={"places": 2},
        )  # fmt: skip

    def test_explanation_is_readable_line_by_line(self, auditor):
        page = client_of(auditor).get(self.row_address(self.make(self.tree.finance, 1))).content.decode()
        assert "{&quot;p&quot;: &quot;80&quot;, &quot;code&quot;: &quot;K1&quot;}" in page
        assert "places: 2" in page


class TestProposals(ReadingRoom):
    model = RunMeasure
    search = "A-FIN"

    def make(self, unit, number):
        return RunMeasure.objects.create(
            run=run_of(unit), unit=unit, post=post_of(unit), days=number, step="reminder_talk",
            candidates=[{"official": 1, "days": 9}],
        )  # fmt: skip


class TestPublications(ReadingRoom):
    model = Publication
    search = "reason 1"

    def make(self, unit, number):
        return Publication.objects.create(
            cycle=cycle_of(unit), run=run_of(unit), at=timezone.now(), actor_name="test", reason=f"reason {number}"
        )


def opening_of(unit, number) -> Opening:
    now = timezone.now()
    return Opening.objects.create(
        cycle=cycle_of(unit), run=run_of(unit, number), opened_on=date(2025, 3, 3), due_on=date(2025, 3, 10),
        rule_id="ASM-APPEAL-DAYS", rulebook_version="r", reason=f"notice {number}", at=now, actor_name="test",
        ended_at=now,
    )  # fmt: skip


class TestOpenings(ReadingRoom):
    model = Opening
    search = "notice 1"

    def make(self, unit, number):
        return opening_of(unit, number)


class TestAppeals(ReadingRoom):
    model = Appeal
    search = "SS-A-FIN-1"

    def make(self, unit, number):
        opening = opening_of(unit, number)
        return Appeal.objects.create(
            case_no=f"SS-{unit.code}-{number}", status="rejected", organization=unit, opened_on=date(2025, 3, 4),
            cycle=opening.cycle, opening=opening, run=opening.run, responsible=unit, target_kind="figure",
            target=f"K{number}", target_name="指标", grounds="漏报",
        )  # fmt: skip


class TestPublishRequests(ReadingRoom):
    model = PublishRequest
    search = "FB-A-FIN-1"

    def make(self, unit, number):
        return PublishRequest.objects.create(
            case_no=f"FB-{unit.code}-{number}", status="refused", organization=unit, opened_on=date(2025, 3, 4),
            cycle=cycle_of(unit), run=run_of(unit, number), reason="审定", signers=2, asked_by_name="test",
        )  # fmt: skip


class TestMeasures(ReadingRoom):
    model = Measure
    search = "MB-A-FIN-1"

    def make(self, unit, number):
        return Measure.objects.create(
            case_no=f"MB-{unit.code}-{number}", status="declined", organization=unit, opened_on=date(2025, 1, 1),
            cycle=cycle_of(unit), run=run_of(unit), post=post_of(unit), days=200, step="reminder_talk",
        )  # fmt: skip


def job(unit, number, batch=None) -> RecalculationJob:
    batch = batch or RecalculationBatch.objects.create(
        number=f"2024-{unit.code}-{number}", year=2024, requested_at=timezone.now(), actor_name="test"
    )
    return RecalculationJob.objects.create(
        batch=batch, cycle=cycle_of(unit), queued_at=timezone.now(), problems=[{"code": "GAP_RAW"}]
    )


class TestJobs(ReadingRoom):
    model = RecalculationJob
    search = "2024-A-FIN-1"

    def make(self, unit, number):
        return job(unit, number)


class TestOrders(ReadingRoom):
    model = RecalculationBatch
    search = "2024-A-FIN-1"

    def make(self, unit, number):
        return job(unit, number).batch

    def test_an_order_of_several_counties_stands_in_the_list_once(self, auditor):
        batch = job(self.tree.finance, 1).batch
        job(self.tree.other_department, 2, batch)
        answer = client_of(auditor).get(self.list_address())
        assert [row.pk for row in answer.context["cl"].result_list] == [batch.pk]


def collection_of(unit) -> Collection:
    return Collection.objects.get_or_create(
        cycle=cycle_of(unit), organization=unit,
        defaults={"case_no": f"SB-{unit.code}", "status": "filling", "opened_on": date(2025, 1, 1),
                  "due_on": date(2025, 1, 20)},
    )[0]  # fmt: skip


class TestCollections(ReadingRoom):
    model = Collection

    def make(self, unit, number):
        return Collection.objects.create(
            case_no=f"SB-{unit.code}-{number}", status="filling", organization=unit, cycle=cycle_of(unit, 2000 + number),
            opened_on=date(2025, 1, 1), due_on=date(2025, 1, 20),
        )  # fmt: skip


class TestRemarks(ReadingRoom):
    model = FigureRemark
    search = "K1"

    def make(self, unit, number):
        return FigureRemark.objects.create(
            collection=collection_of(unit), unit=unit, indicator=leaf_of(unit, number), text="与决算不符",
            made_at=timezone.now(), made_by_name="test",
        )  # fmt: skip


class TestItems(ReadingRoom):
    model = Item
    search = "K1"

    def make(self, unit, number):
        return Item.objects.create(
            case_no=f"TA-{unit.code}-{number}", status="proposed", organization=unit, cycle=cycle_of(unit), unit=unit,
            opened_on=date(2025, 1, 1), item="bonus", points=1, ground="表彰", document_no=f"K{number}",
            occurred_on=date(2024, 6, 1), proposed_by_name="test",
        )  # fmt: skip
