"""Rule files (YAML): law as dated data. Every error of every file is collected before anything is refused."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from ..choices import Confidence, Room, Unit
from ..rules.resolve import ValueFact
from ..rules.values import Shape, ValueRefused, checked

FOLDER = Path(__file__).resolve().parent.parent / "rules"
KNOWN_KEYS = {"about", "unit", "type", "choices", "minimum", "maximum", "words", "used_by", "values", "cite", "cites"}
RULE_ID = re.compile(r"[A-Z]{1,4}(-[A-Z0-9][A-Z0-9._]*)+")
CITE_KEYS = {"law", "article", "confidence", "source_note"}


class RuleFilesRefused(ValueError):
    """The files are not in order; `problems` says all that is wrong, each with its rule id."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be said about the source of a value."""

    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One rule as written in a file; `values` in the stored form, `notes` by the day of the value.

    `words` names the code tables that label the words in its values, before `rule_word`.
    """

    code: str
    about_zh: str
    about_en: str
    unit: str
    shape: Shape
    words: tuple[str, ...]
    used_by: str
    values: tuple[ValueFact, ...]
    notes: dict[date, Note] = field(default_factory=dict)


def read_folder(folder: Path = FOLDER) -> list[RuleEntry]:
    """Every rule of the folder, files in order of name. Raises `RuleFilesRefused` with all problems."""
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml"))]
    return parse_files(texts)


def parse_files(texts: Iterable[tuple[str, str]]) -> list[RuleEntry]:
    """Rules of (file name, text) pairs."""
    entries, problems, seen = [], [], {}
    for name, text in texts:
        document = yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a SafeLoader that refuses double keys
        for code, body in (document or {}).items():
            if code in seen:
                problems.append(f"{code}: written in {seen[code]} and again in {name}")
                continue
            seen[code] = name
            entry = _entry(code, body, problems)
            if entry is not None:
                entries.append(entry)
    if problems:
        raise RuleFilesRefused(problems)
    return entries


class _StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML silently keeps the last of two equal keys; in a book of rules that is an error. Real numbers stay text."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        double = [key for number, key in enumerate(keys) if key in keys[:number]]
        if double:
            raise RuleFilesRefused([f"{double[0]}: the key stands twice {node.start_mark}"])
        return super().construct_mapping(node, deep)


# 0.30 must arrive as the decimal that is written, not as the nearest binary fraction
_StrictLoader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: loader.construct_scalar(node))


def _entry(code: str, body: dict, problems: list[str]) -> RuleEntry | None:
    before = len(problems)
    if not RULE_ID.fullmatch(code):
        problems.append(f"{code}: not an id of the form ABC-NAME")
    about, cite = body.get("about") or {}, body.get("cite") or {}
    unknown = set(body) - KNOWN_KEYS
    if unknown:
        problems.append(f"{code}: unknown keys {sorted(unknown)}")
    if not about.get("zh") or not about.get("en"):
        problems.append(f"{code}: about needs zh and en")
    if body.get("unit") not in Unit.values:
        problems.append(f"{code}: unknown unit {body.get('unit')!r}")
    if body.get("used_by") not in Room.values:
        problems.append(f"{code}: unknown mechanism {body.get('used_by')!r}")
    if not body.get("values"):
        problems.append(f"{code}: no value")
    shape = Shape(
        body.get("type", "integer"),
        tuple(body.get("choices", ())),
        _bound(body.get("minimum")),
        _bound(body.get("maximum")),
    )
    values, notes = [], {}
    for starts_on, value in (body.get("values") or {}).items():
        own = cite | (body.get("cites") or {}).get(starts_on, {})
        faults = [f"{code}: {problem}" for problem in _cite_problems(own)]
        problems.extend(faults)
        if not isinstance(starts_on, date):
            problems.append(f"{code}: {starts_on!r} is not a date")
            continue
        try:
            stored = None if value is None else checked(shape, value)
        except (ValueRefused, KeyError) as refused:
            problems.append(f"{code}: value of {starts_on}: {refused}")
            continue
        values.append(
            ValueFact(starts_on, stored, own.get("law", ""), str(own.get("article", "")), own.get("confidence", ""))
        )
        notes[starts_on] = Note() if faults else Note(**(own.get("source_note") or {}))
    stray = set(body.get("cites") or {}) - set(body.get("values") or {})
    if stray:
        problems.append(f"{code}: cites for days without a value: {sorted(map(str, stray))}")
    if len(problems) > before:
        return None
    words = tuple(body.get("words", ()))
    return RuleEntry(code, about["zh"], about["en"], body["unit"], shape, words, body["used_by"], tuple(values), notes)


def _bound(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _cite_problems(cite: dict) -> Iterable[str]:
    if not cite.get("law"):
        yield "citation names no regulation"
    if cite.get("confidence") not in Confidence.values:
        yield f"unknown confidence {cite.get('confidence')!r}"
    if cite.get("confidence") == Confidence.VERIFIED and not (cite.get("article") or cite.get("source_note")):
        yield "a verified value needs its article, or a note where it was read"
    note = cite.get("source_note")
    if note and (not isinstance(note, dict) or set(note) != {"zh", "en"}):
        yield "a note on the source needs zh and en"
    unknown = set(cite) - CITE_KEYS
    if unknown:
        yield f"unknown keys in the citation: {sorted(unknown)}"
