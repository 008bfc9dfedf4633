"""到龄年月 by hand: what the alert of retirement is raised by."""

from datetime import date

import pytest

from officials.rules.partial_dates import parse_partial_date
from officials.rules.retirement import RaisedAge, compute_reaching

from .situation_files import book_of_files, situations

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("one", situations("retirement"))
def test_situation(one):
    rule = book_of_files(date(2026, 3, 1)).get(one["rules"][0])
    found = compute_reaching(parse_partial_date(one["born"]), RaisedAge.of_rule(rule.value, rule.starts_on))
    assert [found.exchanged, found.years, found.months, found.delay] == one["expect"]
