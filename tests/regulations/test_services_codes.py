"""Labels of codes."""

import pytest
from django.utils.translation import override as language

from foundation.regulations.models import CodeRow
from foundation.regulations.services import UnknownCodeTable, code_label, codes

pytestmark = pytest.mark.django_db


def test_label_in_the_language_asked_for_else_the_readers(loaded):
    assert code_label("unit_category", "KEY", "zh-hans") == "重点开发区"
    assert code_label("unit_category", "KEY", "en") == "Key development"
    with language("en"):
        assert code_label("unit_category", "KEY") == "Key development"
    with language("zh-hans"):
        assert code_label("unit_category", "KEY") == "重点开发区"


def test_table_without_english_answers_in_chinese(loaded):
    row = next(row for row in codes("enter_zb77").values() if not row.label_en)
    assert code_label("enter_zb77", row.code, "en") == row.label_zh


def test_codes_are_text_in_the_order_of_the_file(loaded):
    assert list(codes("ethnic_gbt3304"))[:2] == ["01", "02"]
    assert codes("post_level_zb09_2017")["1A31"].code == "1A31"


def test_foreign_code_stands_for_itself_but_a_foreign_table_is_an_error(loaded):
    assert code_label("unit_category", "OLD-7") == "OLD-7"
    with pytest.raises(UnknownCodeTable, match="no_such_table"):
        codes("no_such_table")


def test_category_knows_whether_it_is_for_departments_or_towns(loaded):
    parents = {code: row.parent for code, row in codes("unit_category").items()}
    assert set(parents.values()) == {"department", "town"}
    assert [code for code, parent in parents.items() if parent == "town"] == ["OPTIMISED", "KEY", "ECOLOGICAL"]


def test_changed_label_is_seen_at_once(loaded):
    assert code_label("unit_category", "KEY", "en") == "Key development"
    CodeRow.objects.filter(table__code="unit_category", code="KEY").update(label_en="Key zone")
    assert code_label("unit_category", "KEY", "en") == "Key zone"


def test_tables_cannot_be_written_through_what_is_lent_out(loaded):
    with pytest.raises(TypeError):
        codes("unit_category")["KEY"] = None


def test_dictionaries_have_nine_three_and_eight_situations(loaded):
    sizes = {
        name: len(codes(name))
        for name in (
            "tolerance_exempt",
            "tolerance_mitigate",
            "tolerance_exclude",
            "unfit_circumstance",
            "timely_reward_condition",
        )
    }
    assert list(sizes.values()) == [9, 3, 8, 15, 6]
