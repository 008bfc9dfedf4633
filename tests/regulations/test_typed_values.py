"""Values of rules as clerks type them: words instead of codes, and the way back."""

import re

import pytest
from django.utils import translation

from foundation.regulations.models import Rule
from foundation.regulations.rules.values import Shape, checked
from foundation.regulations.services.typed_values import LineRefused, TypedValue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
LISTED = ("text_list", "integer_table", "decimal_table", "text_table", "step_table", "record", "rows")


def typed(code) -> TypedValue:
    rule = Rule.objects.get(code=code)
    return TypedValue(rule, rule.values.last().value)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_value_of_the_rulebook_is_shown_in_words_and_read_back_as_it_was(language):
    seen = 0
    with translation.override(language):
        for rule in Rule.objects.filter(value_type__in=LISTED).prefetch_related("values"):
            for stored in (row.value for row in rule.values.all() if row.value is not None):
                value = TypedValue(rule, stored)
                assert checked(Shape(rule.value_type), value.read(value.shown(stored))) == stored, rule.code
                seen += 1
    assert seen > 60


def test_no_form_shows_a_word_of_the_program():
    with translation.override("zh-hans"):
        shown = {
            rule.code: TypedValue(rule, row.value).shown(row.value)
            for rule in Rule.objects.filter(value_type__in=LISTED).prefetch_related("values")
            for row in rule.values.all()
            if row.value is not None and rule.code != "CASE-FILE-TYPES"  # JPEG is JPEG
        }
    assert {
        code: text for code, text in shown.items() if re.search(r"\b[a-z]{3,}\b|[A-Za-z]_[A-Za-z]|\b[A-Z]{4,}\b", text)
    } == {}


def test_lists_tables_and_records_stand_in_lines():
    with translation.override("zh-hans"):
        assert typed("R-DIS-UNFIT_ADJUST-BLOCKS").shown(["POST", "RANK"]) == "提拔职务\n晋升职级"
        assert typed("R-4.11").shown([["base", "0.2"], ["approved", "0.25"]]) == "一般 = 0.2\n经批准 = 0.25"
        assert typed("ASM-LADDER-WINDOW").shown({"years": 3, "step": "admonishment"}) == "年限 = 3\n措施 = 诫勉谈话"
        assert (
            typed("R-2.8").shown([{"from": ["L09", "L10"], "years": 3}]).endswith("：乡科级正职 / 乡科级副职；年限：3")
        )


@pytest.mark.parametrize("text", ["一般 0.2", "一般 =", "= 0.2", "一般 = 0.2\n一般 = 0.3"])
def test_a_line_that_is_built_otherwise_is_refused_with_its_number(text):
    with pytest.raises(LineRefused) as refused:
        typed("R-4.11").read(text)
    assert refused.value.line == len(text.splitlines())


@pytest.mark.parametrize("text", ["年限", "年限：3；年限：4", "：3"])
def test_a_record_in_a_line_is_refused_where_a_name_or_value_is_missing(text):
    with pytest.raises(LineRefused):
        typed("R-2.8").read(text)
