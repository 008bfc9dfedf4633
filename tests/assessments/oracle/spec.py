"""One county's yearly assessment: the input of the oracle, and of the loader that fills the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Number = Decimal | int

#: 等次 word → points, when an indicator brings no table of its own.
DEFAULT_GRADES = {"优": 100, "良": 85, "中": 70, "差": 50}

#: Sentinel of a score that is explicitly 不适用.
NOT_APPLICABLE = "na"


@dataclass(frozen=True)
class Indicator:
    """A leaf of a scheme (指标). `params` carries the same keys as the `params` column of the indicator files."""

    code: str
    weight: Number
    method: str = "direct"
    direction: str = "higher"
    params: dict = field(default_factory=dict)
    group: str = "重点工作"
    name: str = ""
    responsible: str = ""


@dataclass(frozen=True)
class Scheme:
    """Parameters of one category in one year (考核方案). Points and lines are in points, shares are fractions of 1."""

    indicators: tuple[Indicator, ...]
    bonus_cap: Number = 5
    deduction_cap: Number = -10
    veto_effect: str = "cap_grade"
    places: int = 2
    excellent_share: Number = Decimal("0.30")
    excellent_min: int = 0
    excellent_line: Number = 90
    good_line: Number = 80
    pass_line: Number = 70
    bottom_mode: str = "last_n"
    bottom_value: Number = 1
    min_class_size: int = 3
    exempt_line: Number | None = None
    bottom_ties: str = "all"
    tie_breakers: tuple[dict, ...] = ()
    carry_streak_over_category_change: bool = True


@dataclass(frozen=True)
class Score:
    """Figure (or grade word) of one unit for one indicator. Both empty and applicable: a gap."""

    figure: Number | None = None
    word: str = ""
    target: Number | None = None
    is_applicable: bool = True


@dataclass(frozen=True)
class Adjustment:
    """加分扣分: signed points; `number` is the identity that tolerance decisions name."""

    number: str
    unit: str
    points: Number


@dataclass(frozen=True)
class Veto:
    """一票否决 item."""

    number: str
    unit: str


@dataclass(frozen=True)
class Effect:
    """What a tolerance decision (容错) does to one unit's year: void, shield or mitigate."""

    unit: str
    effect: str
    year: int
    target_kind: str = ""
    target: str = ""
    is_effective: bool = True


@dataclass(frozen=True)
class PastYear:
    """Published result of one earlier year. A year without one is simply absent."""

    flagged: bool
    shielded: bool = False
    category: str | None = None  # None: the same category as in the year being calculated


@dataclass(frozen=True)
class Spell:
    """Time one person held a post; both days belong to it, `ends_on` None: still there."""

    person: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class Post:
    """A post of a unit and everybody who held it."""

    unit: str
    title: str
    spells: tuple[Spell, ...] = ()
    is_principal: bool = True


@dataclass(frozen=True)
class Ladder:
    """末位倒逼 ladder: streak → step (the largest key not above the streak counts), and the sliding window."""

    by_streak: dict[int, str] = field(
        default_factory=lambda: {1: "reminder_talk", 2: "admonishment", 3: "post_adjustment"}
    )
    window_years: int = 3
    window_flags: int = 2
    window_step: str = "admonishment"


@dataclass(frozen=True)
class County:
    """One cycle (考核周期) with all its inputs."""

    year: int
    units: dict[str, str]  # code → category
    schemes: dict[str, Scheme]  # category → scheme
    scores: dict[str, dict[str, Score]] = field(default_factory=dict)
    adjustments: tuple[Adjustment, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    effects: tuple[Effect, ...] = ()
    history: dict[str, dict[int, PastYear]] = field(default_factory=dict)
    posts: tuple[Post, ...] = ()
    ladder: Ladder = field(default_factory=Ladder)
    min_tenure_days: int = 183
    names: dict[str, str] = field(default_factory=dict)  # short names of units, for the texts of refusals
