"""Situations worked by hand: reads `tests/assessments/situations/*.yaml` into counties and compares outcomes.

Short forms of a county in YAML (everything else is spelled as in `spec.py`):

* `scheme:` instead of `schemes:` — one category, `GENERAL`, every unit in it;
* `totals: {U1: 95}` — one `direct` indicator `A` of weight 100, so that the figure is the base;
* a score is a figure, a grade word, `[figure, target]`, `na`, or absent (a gap);
* `history: {U1: {2023: flagged}}` with flagged, shielded, clear, or `[flagged, CATEGORY]`;
* `posts: {U1: {局长: [[P1, 2024-01-01, 2024-06-30]]}}`; a title in `other_posts` is not principal.
"""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import yaml

from .engine import Outcome, rounded
from .spec import (
    NOT_APPLICABLE,
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

FOLDER = Path(__file__).parent.parent / "situations"
ONLY = "GENERAL"


class ExactLoader(yaml.SafeLoader):
    """Reads 0.1 as the decimal 0.1, and refuses a key given twice."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        doubled = {key for key in keys if keys.count(key) > 1}
        if doubled:
            raise yaml.YAMLError(f"given twice: {doubled} {node.start_mark}")
        return super().construct_mapping(node, deep)


ExactLoader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: Decimal(loader.construct_scalar(node)))


def situations() -> list[dict]:
    """Every situation of every file, with its file name."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        with path.open(encoding="utf-8") as stream:
            found += [{**one, "file": path.name} for one in yaml.load(stream, Loader=ExactLoader)]  # noqa: S506
    return found


def county_of(text: dict) -> County:
    """The county a situation describes."""
    text = {"year": 2024, **text}
    if "totals" in text:
        totals = text.pop("totals")
        parameters = text.pop("scheme", {})
        text["scheme"] = {**parameters, "indicators": [{"code": "A", "weight": 100}]}
        text["scores"] = {unit: {"A": total} for unit, total in totals.items()}
    if "scheme" in text:
        text["schemes"] = {ONLY: text.pop("scheme")}
        text.setdefault("units", dict.fromkeys(text["scores"], ONLY))
    unknown = set(text) - {field.name for field in fields(County)} - {"other_posts"}
    if unknown:
        raise ValueError(f"not part of a county: {unknown}")
    posts = _posts(text.pop("posts", {}), True) + _posts(text.pop("other_posts", {}), False)
    return County(
        year=text["year"],
        units=text["units"],
        schemes={category: _scheme(scheme) for category, scheme in text["schemes"].items()},
        scores={
            unit: {code: _score(value) for code, value in scores.items()} for unit, scores in text["scores"].items()
        },
        adjustments=tuple(Adjustment(**one) for one in text.get("adjustments", ())),
        vetoes=tuple(Veto(**one) for one in text.get("vetoes", ())),
        effects=tuple(Effect(**{"year": text["year"], **one}) for one in text.get("effects", ())),
        history={
            unit: {year: _past(value) for year, value in years.items()}
            for unit, years in text.get("history", {}).items()
        },
        posts=posts,
        ladder=replace(Ladder(), **text.get("ladder", {})),
        min_tenure_days=text.get("min_tenure_days", 183),
    )


def _scheme(text: dict) -> Scheme:
    indicators = tuple(Indicator(**one) for one in text["indicators"])
    return Scheme(**{**text, "indicators": indicators, "tie_breakers": tuple(text.get("tie_breakers", ()))})


def _score(value) -> Score:
    figure, target = value if isinstance(value, list) else (value, None)
    if figure == NOT_APPLICABLE:
        return Score(is_applicable=False, target=target)
    if isinstance(figure, str):
        return Score(word=figure, target=target)
    return Score(figure=figure, target=target)


def _past(value) -> PastYear:
    word, category = value if isinstance(value, list) else (value, None)
    flagged, shielded = {"flagged": (True, False), "shielded": (True, True), "clear": (False, False)}[word]
    return PastYear(flagged, shielded, category)


def _posts(text: dict, is_principal: bool) -> tuple[Post, ...]:
    return tuple(
        Post(unit, title, tuple(Spell(*spell) for spell in spells), is_principal)
        for unit, posts in text.items()
        for title, spells in posts.items()
    )


def _exact(value):
    return Fraction(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def disagreements(expected: dict, outcome: Outcome) -> list[str]:
    """Where an outcome differs from what a situation expects; empty: none.

    Only the columns a situation names are compared, but measures and refusals are compared as a whole. Exact
    values (`base`, `p`, `contribution`, `effective_weight`) are compared after rounding both to 10 places.
    """
    found = []
    refusals = sorted((r.code, r.unit, r.indicator) for r in outcome.refusals)
    wanted = sorted(tuple(one) for one in expected.get("refusals", ()))
    if refusals != wanted:
        return [f"refusals: expected {wanted}, got {refusals}"]
    for unit, columns in expected.get("units", {}).items():
        for column, value in columns.items():
            found += _difference(f"{unit} {column}", value, getattr(outcome.units[unit], column))
    for unit, points in expected.get("points", {}).items():
        for code, columns in points.items():
            point = outcome.points.get((unit, code))
            if columns == NOT_APPLICABLE:
                found += [] if point is None else [f"{unit} {code}: expected no points"]
            elif point is None:
                found.append(f"{unit} {code}: no points")
            else:
                columns = columns if isinstance(columns, dict) else {"p": columns}
                for column, value in columns.items():
                    found += _difference(f"{unit} {code} {column}", value, getattr(point, column))
    if "measures" in expected:
        wanted = [tuple(one) for one in expected["measures"]]
        rows = [(m.unit, m.post, m.person, m.days, m.step, m.status, m.reason) for m in outcome.measures]
        if sorted(rows) != sorted(wanted):
            found.append(f"measures: expected {wanted}, got {rows}")
    return found


def _difference(label: str, expected, got) -> list[str]:
    expected, got = _exact(expected), _exact(got)
    if isinstance(expected, Fraction) and isinstance(got, Fraction):
        same = rounded(expected, 10) == rounded(got, 10)
    else:
        same = expected == got
    shown = float(got) if isinstance(got, Fraction) else got
    return [] if same else [f"{label}: expected {expected}, got {shown}"]
