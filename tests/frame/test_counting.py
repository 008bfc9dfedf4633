"""Several counts in one statement."""

import pytest

from foundation.common.counting import count_all
from foundation.organizations.models import Organization

pytestmark = pytest.mark.django_db


def test_counts_stand_in_the_order_of_the_questions_and_cost_one_query(tree, django_assert_num_queries):
    units = Organization.objects.system()
    asked = [units.filter(parent=tree.county_a), units.filter(code="nowhere"), units.order_by("-code"), units.none()]
    with django_assert_num_queries(1):
        assert count_all(asked) == [2, 0, 6, 0]


@pytest.mark.parametrize(("codes", "count"), [(["A"], 1), ([], 0)])
def test_one_question_is_counted_as_well(tree, codes, count):
    assert count_all([Organization.objects.filter(code__in=codes)]) == [count]


def test_no_question_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert count_all([]) == []
