"""Effects of tolerance decisions in the auditors' admin."""

from datetime import date

import pytest

from tolerance.models import AssessmentEffect

from ..support.reading_room import ReadingRoom

pytestmark = pytest.mark.django_db


class TestEffects(ReadingRoom):
    model = AssessmentEffect
    search = "RC-1"

    def make(self, unit, number):
        return AssessmentEffect.objects.create(
            case_no=f"RC-{number}",
            organization=unit,
            year=2024,
            effect="shield",
            decision="免予追究",
            decided_on=date(2024, 12, 1),
            decided_by="组织部",
        )
