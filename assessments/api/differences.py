"""Shape of the difference between two runs."""

from collections.abc import Callable
from dataclasses import dataclass

from rest_framework import serializers

from foundation.common.decimals import plain

from ..choices import Grade, ManualReason, MeasureStep


class Side(serializers.Serializer):
    """A unit in one of the two runs."""

    category = serializers.CharField()
    total = serializers.CharField(help_text="Decimal as text")
    rank = serializers.IntegerField()
    grade = serializers.ChoiceField(choices=Grade.choices)
    flagged = serializers.BooleanField()
    shielded = serializers.BooleanField()
    streak = serializers.IntegerField()
    step = serializers.ChoiceField(choices=MeasureStep.choices)


class UnitChange(serializers.Serializer):
    """A unit in both runs; a side is null when the unit is missing there."""

    unit = serializers.CharField()
    unit_name = serializers.CharField()
    is_changed = serializers.BooleanField()
    total_change = serializers.CharField(allow_null=True, help_text="After minus before, decimal as text")
    rank_change = serializers.IntegerField(allow_null=True, help_text="Places gained (positive) or lost")
    before = Side(allow_null=True)
    after = Side(allow_null=True)


class MeasureChange(serializers.Serializer):
    """A measure that stands in only one of the two runs."""

    unit = serializers.CharField()
    post = serializers.CharField()
    official = serializers.IntegerField(allow_null=True)
    official_name = serializers.CharField(allow_null=True)
    step = serializers.ChoiceField(choices=MeasureStep.choices)
    manual_reason = serializers.ChoiceField(choices=ManualReason.choices, allow_blank=True)


class Difference(serializers.Serializer):
    """Difference of two runs, as far as the caller may see units and measures."""

    before = serializers.CharField()
    after = serializers.CharField()
    changed = serializers.IntegerField(help_text="Units in which something differs")
    units = UnitChange(many=True)
    appearing = MeasureChange(many=True)
    disappearing = MeasureChange(many=True)


@dataclass(frozen=True)
class Reader:
    """Who reads: `units` and `measures` say by a unit's path whether its results and its leaders' measures may be seen."""

    units: Callable[[str], bool]
    measures: Callable[[str], bool]


def as_data(before, after, found, reader: Reader, *, only_changed: bool) -> dict:
    """The answer for a difference that `services.publishing.difference` found, as far as the reader may see it."""
    units = [change for change in found.units if reader.units(change.unit.path)]
    changed = [change for change in units if change.is_changed]
    return {
        "before": before.number,
        "after": after.number,
        "changed": len(changed),
        "units": [_unit(change) for change in (changed if only_changed else units)],
        "appearing": [_measure(m) for m in found.appearing if reader.measures(m.unit.path)],
        "disappearing": [_measure(m) for m in found.disappearing if reader.measures(m.unit.path)],
    }


def _unit(change) -> dict:
    return {
        "unit": change.unit.code,
        "unit_name": change.unit.name,
        "is_changed": change.is_changed,
        "total_change": None if change.total_change is None else plain(change.total_change),
        "rank_change": change.rank_change,
        "before": _side(change.before),
        "after": _side(change.after),
    }


def _side(row) -> dict | None:
    if row is None:
        return None
    return {
        "category": row.category,
        "total": plain(row.total),
        "rank": row.rank,
        "grade": row.grade,
        "flagged": row.flagged,
        "shielded": row.shielded,
        "streak": row.streak,
        "step": row.step,
    }


def _measure(measure) -> dict:
    return {
        "unit": measure.unit.code,
        "post": measure.post.title,
        "official": measure.official_id,
        "official_name": measure.official.name if measure.official_id else None,
        "step": measure.step,
        "manual_reason": measure.manual_reason,
    }
