"""Random small counties for hypothesis: few units, small whole figures, so that ties, extremes and caps are common."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from .spec import (
    Adjustment,
    County,
    Effect,
    Indicator,
    Ladder,
    PastYear,
    Post,
    Scheme,
    Score,
    Spell,
    Veto,
)

CATEGORIES = ("ECONOMIC", "GENERAL", "SOCIAL")
GROUPS = ("重点工作", "服务基层")
PEOPLE = ("P1", "P2", "P3", "P4")
#: Weights of a scheme by the number of its indicators; each sums to exactly 100.
WEIGHTS = {
    1: (("100",),),
    2: (("50", "50"), ("60", "40"), ("33.3", "66.7"), ("99.99", "0.01")),
    3: (("50", "30", "20"), ("33.3", "33.3", "33.4"), ("12.5", "17.5", "70")),
    4: (("25", "25", "25", "25"), ("7.5", "42.5", "30", "20"), ("16.67", "16.67", "16.66", "50")),
}
#: Codes of the indicators of the first and the second category.
LETTERS = ("ABCD", "EFGH")
METHODS = ("direct", "completion", "efficacy", "rank", "grade", "pass")
OWN_TABLE = {"优": Decimal(100), "良": Decimal("88.5"), "合格": Decimal(60)}

rarely = st.sampled_from((True, *(False,) * 7))


def decimals(values) -> st.SearchStrategy[Decimal]:
    """One of the numbers, exactly."""
    return st.sampled_from([Decimal(value) for value in values])


@st.composite
def indicators(draw, code: str, weight: str):
    """One leaf with every method and parameter of §2."""
    method = draw(st.sampled_from(METHODS))
    params = {}
    if method == "completion" and draw(st.booleans()):
        params["cap"] = draw(decimals(("90", "100", "110", "120")))
    if method == "efficacy" and draw(st.booleans()):
        params |= {"best": draw(decimals(("0", "5", "8"))), "worst": draw(decimals(("2", "5", "10")))}
    if method == "rank":
        params["step"] = draw(decimals(("2", "2.5", "15")))
        if draw(st.booleans()):
            params["floor"] = draw(decimals(("0", "70")))
    if method == "grade" and draw(st.booleans()):
        params["table"] = OWN_TABLE
    if method == "pass":
        params["threshold"] = draw(decimals(("3", "3.5")))
    direction = draw(st.sampled_from(("higher", "lower"))) if method not in ("direct", "grade") else "higher"
    return Indicator(
        code, Decimal(weight), method, direction, params, draw(st.sampled_from(GROUPS)), name=f"指标{code}"
    )


@st.composite
def schemes(draw, carries: bool, letters: str):
    """Parameters of one category."""
    number = draw(st.integers(1, 4))
    weights = draw(st.sampled_from(WEIGHTS[number]))
    leaves = [draw(indicators(letters[i], weight)) for i, weight in enumerate(weights)]
    mode = draw(st.sampled_from(("last_n", "last_percent")))
    breakers = ({"by": "group", "group": GROUPS[0]}, {"by": "deduction"})
    return Scheme(
        indicators=tuple(leaves),
        bonus_cap=draw(decimals(("5", "2", "0"))),
        deduction_cap=draw(decimals(("-10", "-3", "0"))),
        veto_effect=draw(st.sampled_from(("cap_grade", "rank_last"))),
        places=draw(st.sampled_from((2, 2, 2, 1, 0))),
        excellent_share=draw(decimals(("0.30", "0.5", "0.25", "1"))),
        excellent_min=draw(st.sampled_from((0, 0, 1, 2))),
        excellent_line=draw(decimals(("90", "85"))),
        good_line=draw(decimals(("80", "75"))),
        pass_line=draw(decimals(("70", "60"))),
        bottom_mode=mode,
        bottom_value=draw(decimals(("1", "2", "3") if mode == "last_n" else ("10", "33.4", "50"))),
        min_class_size=draw(st.sampled_from((3, 3, 1, 4))),
        exempt_line=draw(st.sampled_from((None, None, Decimal(85), Decimal(70)))),
        bottom_ties=draw(st.sampled_from(("all", "none"))),
        tie_breakers=draw(st.sampled_from(((), breakers, breakers[:1], breakers[1:], breakers[::-1]))),
        carry_streak_over_category_change=carries,
    )


@st.composite
def scores(draw, indicator: Indicator, faulty: bool):
    """A score fit for its indicator or 不适用; when `faulty`, now and then a gap or a figure to refuse."""
    if draw(rarely):
        return Score(is_applicable=False)
    if faulty and draw(rarely):
        return draw(st.sampled_from((Score(), Score(Decimal(101), target=Decimal(0)), Score(word="好"))))
    return draw(applicable_scores(indicator))


@st.composite
def strays(draw, by_category: dict[str, Scheme], category: str):
    """Now and then a figure left over from another category: the unit was moved after the figures had come in."""
    foreign = {
        indicator.code: indicator
        for other, scheme in by_category.items()
        if other != category
        for indicator in scheme.indicators
    }
    if not foreign or not draw(rarely):
        return {}
    own = {indicator.code for indicator in by_category[category].indicators}
    return {code: draw(applicable_scores(indicator)) for code, indicator in foreign.items() if code not in own}


@st.composite
def applicable_scores(draw, indicator: Indicator):
    """A score fit for its indicator."""
    target = draw(decimals(("2", "3", "4", "7"))) if indicator.method == "completion" else None
    if indicator.method == "grade":
        return Score(word=draw(st.sampled_from(sorted(indicator.params.get("table", ("优", "良", "中", "差"))))))
    if indicator.method == "direct":
        return Score(draw(decimals(("0", "60", "80", "80.005", "84.995", "90", "95.5", "100"))))
    return Score(draw(decimals(("-1", "0", "1", "2", "3", "3.5", "6"))), target=target)


@st.composite
def pasts(draw, year: int):
    """Earlier published years of one unit; a year may be missing."""
    every_year = range(year - 4, year)
    years = draw(st.one_of(st.just(every_year), st.sets(st.sampled_from(every_year))))
    category = st.sampled_from((CATEGORIES[0], *CATEGORIES))
    often = st.sampled_from((True, True, False))
    shielded = st.sampled_from((False, False, False, True))
    return {past: PastYear(draw(often), draw(shielded), draw(category)) for past in sorted(years)}


@st.composite
def spells(draw, year: int):
    """Who held a post: cuts around the year, some stretches vacant, some people returning."""
    start = date(year, 1, 1)
    cut = st.sampled_from((-40, 0, 1, 60, 121, 182, 183, 184, 250, 366, 400))
    halves, thirds = [-40, 183], [0, 122, 244, 366]
    bounds = draw(st.one_of(st.lists(cut, max_size=4, unique=True).map(sorted), st.sampled_from((halves, thirds))))
    held = []
    for i, first in enumerate(bounds):
        person = draw(st.sampled_from((*PEOPLE, None)))
        if person:
            last = bounds[i + 1] - 1 if i + 1 < len(bounds) else None
            ends_on = None if last is None else start + timedelta(days=last)
            held.append(Spell(person, start + timedelta(days=first), ends_on))
    return tuple(held)


@st.composite
def effects(draw, year: int, units: list[str], targets: dict[str, list[tuple[str, str]]]):
    """One tolerance decision; most are effective, of this year, and name something of the unit."""
    unit = draw(st.sampled_from(units))
    effect = draw(st.sampled_from(("void", "void", "shield", "mitigate")))
    kind, target = draw(st.sampled_from(targets[unit])) if effect == "void" else ("", "")
    return Effect(unit, effect, draw(st.sampled_from((year, year, year, year - 1))), kind, target, not draw(rarely))


@st.composite
def counties(draw, faulty: bool | None = None):
    """A county of one to seven units in up to two categories. `faulty`: may hold figures the run must refuse."""
    faulty = draw(rarely) if faulty is None else faulty
    year = draw(st.sampled_from((2023, 2024)))
    used = draw(st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=2, unique=True))
    carries = draw(st.booleans())
    by_category = {category: draw(schemes(carries, letters)) for category, letters in zip(used, LETTERS, strict=False)}
    members = draw(st.lists(st.sampled_from((used[0], *used)), min_size=1, max_size=7))
    units = {f"U{i + 1}": category for i, category in enumerate(members)}
    by_category = {category: scheme for category, scheme in by_category.items() if category in members}
    figures = {}
    for unit, category in units.items():
        leaves = by_category[category].indicators
        row = {indicator.code: draw(scores(indicator, faulty)) for indicator in leaves}
        if not faulty and not any(score.is_applicable for score in row.values()):
            row = {indicator.code: draw(applicable_scores(indicator)) for indicator in leaves}
        figures[unit] = row | draw(strays(by_category, category))
    names = list(units)
    points = decimals(("-6", "-2.5", "-1", "-0.25", "0.25", "1", "3", "4"))
    items = draw(st.lists(st.tuples(st.sampled_from(names), points), max_size=5))
    adjustments = tuple(Adjustment(f"J{i}", unit, value) for i, (unit, value) in enumerate(items, 1))
    vetoed = draw(st.lists(st.sampled_from(names), max_size=3))
    vetoes = tuple(Veto(f"F{i}", unit) for i, unit in enumerate(vetoed, 1))
    targets = {
        unit: [("indicator", indicator.code) for indicator in by_category[units[unit]].indicators]
        + [("adjustment", one.number) for one in adjustments if one.unit == unit]
        + [("veto", one.number) for one in vetoes if one.unit == unit]
        for unit in names
    }
    posts = [
        Post(unit, title, draw(spells(year)), draw(st.sampled_from((True, True, True, False))))
        for unit in names
        for title in ("书记", "镇长")[: draw(st.integers(0, 2))]
    ]
    return County(
        year=year,
        units=units,
        schemes=by_category,
        scores=figures,
        adjustments=adjustments,
        vetoes=vetoes,
        effects=tuple(draw(st.lists(effects(year, names, targets), max_size=4))),
        history={unit: draw(pasts(year)) for unit in names},
        posts=tuple(posts),
        ladder=draw(st.sampled_from((Ladder(), Ladder(), Ladder({2: "reminder_talk"}, 2, 2, "reminder_talk")))),
        min_tenure_days=draw(st.sampled_from((183, 183, 60))),
    )
