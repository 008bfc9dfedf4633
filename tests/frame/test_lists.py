"""Lists in running text."""

import pytest
from django.utils.translation import override

from foundation.common.lists import clauses, words

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("language", "most", "told"),
    [
        ("zh-hans", None, "一、二、三"),
        ("zh-hans", 3, "一、二、三"),
        ("zh-hans", 2, "一、二等"),
        ("en", 2, "一, 二 and others"),
    ],
)
def test_of_many_the_first_are_told_and_that_there_are_others(language, most, told):
    with override(language):
        assert words(["一", "二", "三"], most) == told
        assert clauses(iter(["一"]), most) == "一"
