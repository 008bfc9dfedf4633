"""Reading rule files: everything that is wrong is said at once."""

from datetime import date
from decimal import Decimal

import pytest

from foundation.regulations.imports.rule_files import RuleFilesRefused, parse_files, read_folder

pytestmark = pytest.mark.unit
GOOD = """
R-X-ONE:
  about: {zh: 一, en: One}
  unit: share
  type: decimal
  minimum: 0
  used_by: supervision
  values: {2007-06-01: 0.30, 2020-07-01: 0.1000000000000000055, 2030-01-01: null}
  cite: {law: Law, article: "8", confidence: verified}
  cites:
    2007-06-01: {law: Older law, confidence: recalled}
"""


def problems_of(*texts):
    with pytest.raises(RuleFilesRefused) as refused:
        parse_files([(f"{number}.yaml", text) for number, text in enumerate(texts)])
    return refused.value.problems


def test_decimals_arrive_as_written_and_citations_by_value():
    entry = parse_files([("a.yaml", GOOD)])[0]
    assert [(fact.starts_on, fact.value, fact.law, fact.confidence) for fact in entry.values] == [
        (date(2007, 6, 1), "0.3", "Older law", "recalled"),
        (date(2020, 7, 1), "0.1000000000000000055", "Law", "verified"),
        (date(2030, 1, 1), None, "Law", "verified"),
    ]
    assert entry.shape.minimum == Decimal(0)


def test_every_problem_of_every_rule_is_named():
    found = problems_of(
        """
R-X-ONE:
  about: {zh: 一}
  unit: parsecs
  used_by: nobody
  surprise: 1
  values: {2020-01-01: many}
  cite: {confidence: certain}
lowercase:
  about: {zh: 二, en: Two}
  unit: days
  used_by: supervision
  values: {}
  cite: {law: Law, confidence: verified}
"""
    )
    text = "\n".join(found)
    for words in (
        "R-X-ONE: unknown keys",
        "R-X-ONE: about needs zh and en",
        "R-X-ONE: unknown unit 'parsecs'",
        "R-X-ONE: unknown mechanism 'nobody'",
        "R-X-ONE: value of 2020-01-01: not_an_integer",
        "R-X-ONE: citation names no regulation",
        "R-X-ONE: unknown confidence 'certain'",
        "lowercase: not an id",
        "lowercase: no value",
    ):
        assert words in text


def test_missing_article_of_a_verified_value_is_a_missing_citation():
    assert (
        problems_of(GOOD.replace('article: "8", ', ""))
        == ["R-X-ONE: a verified value needs its article, or a note where it was read"] * 2
    )


def test_same_id_in_two_files_is_refused():
    assert problems_of(GOOD, GOOD) == ["R-X-ONE: written in 0.yaml and again in 1.yaml"]


def test_same_key_twice_in_one_file_is_refused_although_yaml_would_take_the_last():
    assert "R-X-ONE: the key stands twice" in problems_of(GOOD + GOOD)[0]


def test_citation_for_a_day_without_value_is_refused():
    assert (
        "cites for days without a value" in problems_of(GOOD.replace("    2007-06-01: {law", "    2008-06-01: {law"))[0]
    )


def test_delivered_files_are_in_order():
    entries = read_folder()
    assert len(entries) > 240
    assert len({entry.code for entry in entries}) == len(entries)
