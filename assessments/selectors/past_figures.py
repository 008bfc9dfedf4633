"""What the units of a category reported the year before, for the worked examples of the scheme editor."""

from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Coalesce, NullIf

from tolerance.models import AssessmentEffect

from ..models import Cycle, Score
from ..rules.figures import Entered


@dataclass
class PastFigures:
    """Figures of one indicator that counted: year, name of the indicator then, each unit with its figure, in the tree's order."""

    year: int
    name: str
    figures: list[tuple[str, Entered]] = field(default_factory=list)


def past_figures(cycle: Cycle, category: str, **only) -> dict[str, PastFigures]:
    """By code, the figures of the category's indicators in the year before (1 query); `only` narrows the figures."""
    voided = AssessmentEffect.objects.system().effective().filter(
        effect="void", target_kind="indicator", year=cycle.year - 1, organization=OuterRef("unit"),
        target=OuterRef("indicator__code"),
    )  # fmt: skip
    rows = Score.objects.system().filter(
        ~Exists(voided), cycle__jurisdiction=cycle.jurisdiction_id, cycle__year=cycle.year - 1, is_applicable=True,
        indicator__scheme__cycle=F("cycle"), indicator__scheme__category=category,
        unit__categories__year=cycle.year - 1, unit__categories__category=category, **only,
    )  # fmt: skip
    columns = ("indicator__code", "indicator__name", "unit_called", "figure", "word", "target")
    rows = rows.annotate(unit_called=Coalesce(NullIf("unit__short_name", Value("")), "unit__name")).values_list(
        *columns
    )
    found = {}
    for code, name, unit, figure, word, target in rows.order_by("unit__path"):
        past = found.setdefault(code, PastFigures(cycle.year - 1, name))
        past.figures.append((unit, Entered(figure, word, target, True)))
    return found
