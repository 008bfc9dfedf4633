"""Labels of files against the code tables as they are delivered."""

import csv

import pytest

from foundation.regulations.imports.code_files import read_folder
from officials.rules.labels import ALIASES, How, LabelTable, label_key

pytestmark = pytest.mark.unit
TABLES = {table.code: [(row.code, row.label_zh) for row in table.rows] for table in read_folder()}


def match(table, text, **options):
    return LabelTable(table, TABLES[table], **options).match(text)


@pytest.mark.parametrize(
    ("table", "text", "code", "how"),
    [
        ("ethnic_gbt3304", "汉族", "01", How.LABEL),
        ("ethnic_gbt3304", "汉", "01", How.ENDING),
        ("sex_gbt2261_1", " 女 ", "2", How.LABEL),
        ("political_gb4762_short", "党员", "01", How.ALIAS),
        ("political_gb4762_short", "中共预备党员", "02", How.ALIAS),
        ("political_gb4762_short", "九三学社社员", "10", How.ALIAS),
        ("political_gb4762_short", "群众", "13", How.LABEL),
        ("education_zb64", "本科", "21", How.ALIAS),
        ("education_zb64", "大学本科", "21", How.ALIAS),
        ("education_zb64", "硕士研究生", "11", How.ALIAS),
        ("education_zb64", "省委党校研究生", "1B", How.ALIAS),
        ("education_zb64", "省(区、市)委党校大学", "23", How.LABEL),
        ("assess_zb18", "优秀等次", "1", How.ENDING),
        ("assess_zb18", "不确定等次", "5", How.ALIAS),
        ("reward_punish_zb65", "党内严重警告", "02251", How.ALIAS),
        ("post_level_zb09_2017", "正科级", "1A41", How.ALIAS),
        ("rank_zb148", "四级主任科员", "1A", How.LABEL),
        ("native_place_editor_zb01", "广东鹤山", "440784", How.LABEL),
        ("native_place_editor_zb01", "广东省鹤山市", "440784", How.PLACE),
        ("native_place_editor_zb01", "广东省江门市鹤山市", "440784", How.PLACE),
        ("gb2260_guangdong", "鹤山", "440784", How.PLACE),
        ("gb2260_provinces", "广西", "450000", How.PLACE),
        ("family_gb4761_editor", "妻", "13", How.ALIAS),
        ("retire_age_limit_nllb", "60岁", "60", How.ALIAS),
    ],
)
def test_usual_wordings_lead_to_the_code(table, text, code, how):
    found = match(table, text)
    assert (found.code, found.how) == (code, how)


@pytest.mark.parametrize(
    ("table", "text", "offered"),
    [
        ("reward_punish_zb65", "警告", {"02110", "02220", "02230", "02240", "02250", "02610"}),
        ("establishment_zb135", "事业编制", {"2", "3"}),
        ("post_level_zb09_2017", "一级警长", {"20"}),
        ("pro_title_gb8561", "编辑", set()),
    ],
)
def test_what_may_mean_several_codes_is_offered_never_chosen(table, text, offered):
    found = match(table, text)
    assert found.code == ""
    assert found.how in {How.SEVERAL, How.UNKNOWN}
    assert offered <= {code for code, _label in found.offers}
    assert len(found.offers) > 1


@pytest.mark.parametrize("text", ["配偶", "火星", ""])
def test_what_no_label_says_stays_open(text):
    assert match("family_gb4761_editor", text).code == ""


def test_a_code_counts_only_where_codes_may_stand():
    assert match("education_zb64", "1a").how == How.UNKNOWN
    assert match("education_zb64", "1a", takes_codes=True).code == "1A"


def test_every_label_of_every_table_finds_itself_or_all_that_bear_it():
    for table, rows in TABLES.items():
        looked_up = LabelTable(table, rows)
        for code, label in rows:
            found = looked_up.match(label)
            assert found.code == code or code in {offer for offer, _label in found.offers}, (table, label)


def test_every_alias_leads_to_a_label_of_its_table_and_hides_none():
    with ALIASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        labels = {label_key(label) for _code, label in TABLES[row["table"]]}
        assert label_key(row["label"]) in labels, row
        assert label_key(row["alias"]) not in labels, row
    assert len({(row["table"], label_key(row["alias"])) for row in rows}) == len(rows)
