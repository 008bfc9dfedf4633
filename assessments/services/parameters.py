"""The parameters of a calculation that come from the rulebook: ladders, tenure, defaults of methods."""

from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal

from foundation.regulations.services.rulebook import rulebook

from ..choices import STEP_ORDER


@dataclass(frozen=True)
class Parameters:
    """What the rules say for a year. `ladder` maps years in a row to a step; the last rung holds for more years.

    Sources: assessment engine §2, §3, §5; rules ASM-*.
    """

    ladder: tuple[str, ...] = ("reminder_talk", "admonishment", "post_adjustment")
    window_years: int = 3
    window_flags: int = 2
    window_step: str = "admonishment"
    min_tenure_days: int = 183
    category_change_keeps: bool = True
    cap: Decimal = Decimal(100)
    cap_max: Decimal = Decimal(120)
    rank_floor: Decimal = Decimal(60)
    grade_table: dict[str, str] = field(default_factory=lambda: {"优": "100", "良": "85", "中": "70", "差": "50"})
    rulebook_version: str = ""

    def severities(self) -> list[int]:
        """The ladder as numbers: 0 none … 3 post adjustment."""
        return [STEP_ORDER.index(step) for step in self.ladder]

    def as_dict(self) -> dict:
        """For the run's record and the digest: JSON types, numbers as text."""
        data = asdict(self)
        data["ladder"] = list(self.ladder)
        return {key: str(value) if isinstance(value, Decimal) else value for key, value in data.items()}


SCHEME_RULES = {
    "bonus_cap": "ASM-BONUS-CAP",
    "deduction_cap": "ASM-DEDUCTION-CAP",
    "veto_effect": "ASM-VETO-EFFECT",
    "places": "ASM-PLACES",
    "excellent_share": "ASM-EXCELLENT-SHARE",
    "excellent_min": "ASM-EXCELLENT-MIN",
    "excellent_line": "ASM-EXCELLENT-LINE",
    "good_line": "ASM-GOOD-LINE",
    "pass_line": "ASM-PASS-LINE",
    "bottom_mode": "ASM-BOTTOM-MODE",
    "bottom_value": "ASM-BOTTOM-VALUE",
    "min_class_size": "ASM-MIN-CLASS",
    "bottom_ties": "ASM-BOTTOM-TIES",
}


def scheme_defaults(year: int, jurisdiction: str) -> dict:
    """Parameters of a new scheme by field, as the county's rulebook says for the year (assessment engine §2, §3)."""
    book = rulebook(on=date(year, 12, 31), jurisdiction=jurisdiction)
    return {name: book.value(rule) for name, rule in SCHEME_RULES.items()}


def parameters_for(year: int, jurisdiction: str) -> Parameters:
    """The parameters of a county (its code) in force on the last day of the assessed year.

    A later change of the rules does not reach back; the county's own dated settings go before the general ones.
    """
    book = rulebook(on=date(year, 12, 31), jurisdiction=jurisdiction)
    ladder = book.value("ASM-LADDER-STREAK")
    window = book.value("ASM-LADDER-WINDOW")
    return Parameters(
        ladder=tuple(ladder[str(n)] if str(n) in ladder else ladder[n] for n in range(1, len(ladder) + 1)),
        window_years=int(window["years"]),
        window_flags=int(window["flags"]),
        window_step=window["step"],
        min_tenure_days=int(book.value("ASM-MIN-TENURE")),
        category_change_keeps=book.value("ASM-STREAK-CATEGORY-CHANGE") is True,
        cap=Decimal(str(book.value("ASM-COMPLETION-CAP"))),
        cap_max=Decimal(str(book.value("ASM-COMPLETION-CAP-MAX"))),
        rank_floor=Decimal(str(book.value("ASM-RANK-FLOOR"))),
        grade_table={word: str(points) for word, points in book.value("ASM-GRADE-TABLE").items()},
        rulebook_version=book.version,
    )
