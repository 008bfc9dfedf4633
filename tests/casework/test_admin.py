"""Events, clocks, papers and notices of cases in the auditors' admin: they are seen with their case."""

from datetime import date

import pytest
from django.utils import timezone

from assessments.models import Cycle, Measure, Run
from foundation.casework.models import Attachment, CaseEvent, Deadline, Notice
from foundation.organizations.models import Post

from ..support.reading_room import ReadingRoom

pytestmark = pytest.mark.django_db
KIND = "assessments.measure"


def case(unit, number) -> Measure:
    """A measure about a unit."""
    cycle, _made = Cycle.objects.get_or_create(jurisdiction_id=unit.root_id, year=2024)
    run = Run.objects.filter(cycle=cycle).first() or Run.objects.create(
        number=f"{unit.root_id}-2024-01", cycle=cycle, digest="x", engine_version="1", parameters={},
        rulebook_version="", started_at=timezone.now(), finished_at=timezone.now(), actor_name="test", unit_count=1,
    )  # fmt: skip
    post, _made = Post.objects.get_or_create(organization=unit, title="局长")
    return Measure.objects.create(
        case_no=f"MB-{unit.code}-{number}", status="declined", organization=unit, opened_on=date(2025, 1, 1),
        cycle=cycle, run=run, post=post, days=200, step="reminder_talk",
    )  # fmt: skip


class TestEvents(ReadingRoom):
    model = CaseEvent
    search = "MB-A-FIN-1"

    def make(self, unit, number):
        return CaseEvent.objects.create(
            kind=KIND, case_no=case(unit, number).case_no, seq=1, action="open", to_status="proposed",
            at=timezone.now(), actor_name="test", data={"run": "A-2024-01"},
        )  # fmt: skip


class TestDeadlines(ReadingRoom):
    model = Deadline
    search = "MB-A-FIN-1"

    def make(self, unit, number):
        return Deadline.objects.create(
            kind=KIND, case_no=case(unit, number).case_no, step="review", starts_on=date(2025, 1, 1),
            due_on=date(2025, 1, 10), rule_id="ASM-MEASURE-REVIEW-DAYS", rulebook_version="x",
        )  # fmt: skip


class TestAttachments(ReadingRoom):
    model = Attachment
    search = "talk.pdf"

    def make(self, unit, number):
        return Attachment.objects.create(
            kind=KIND, case_no=case(unit, number).case_no, name="talk.pdf", content_type="application/pdf", size=9,
            sha256=f"{number:064}", file="attachments/2025/talk.pdf", added_by_name="test",
        )  # fmt: skip

    secrets = ("attachments/2025",)


class TestNotices(ReadingRoom):
    model = Notice
    search = "A-FIN"

    def make(self, unit, number):
        return Notice.objects.create(
            key=f"case:{unit.code}:{number}", message="case.waits", params={"case_no": "MB-1"}, organization=unit,
            permission="assessments.review_measure",
        )  # fmt: skip
