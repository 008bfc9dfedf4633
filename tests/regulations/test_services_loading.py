"""Loading is safe to repeat, removes nothing and leaves a history of real changes only."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from foundation.audit.models import Entry
from foundation.regulations.imports import code_files, rule_files
from foundation.regulations.management.commands import load_regulations as command
from foundation.regulations.models import CodeRow, Rule, RuleValue
from foundation.regulations.services import rulebook
from foundation.regulations.services.loading import load_codes, load_regulations, load_rules

pytestmark = pytest.mark.django_db
TODAY = date(2025, 11, 22)
FILE = """
R-X-ONE:
  about: {zh: 一, en: One}
  unit: months
  used_by: supervision
  values: {2007-06-01: 6, 2020-07-01: 12}
  cite: {law: Law, article: "8", confidence: verified}
R-X-TWO:
  about: {zh: 二, en: Two}
  unit: months
  used_by: supervision
  values: {2007-06-01: 1}
  cite: {law: Law, article: "9", confidence: recalled}
"""


def load(text, today=TODAY):
    return load_rules(rule_files.parse_files([("x.yaml", text)]), today=today)


def test_second_load_writes_nothing_and_leaves_no_entry(loaded_fully, clerk):
    assert loaded_fully["rules"].added == len(rule_files.read_folder())
    again = load_regulations(actor=clerk, today=TODAY)
    assert {kind: count.wrote for kind, count in again.items()} == dict.fromkeys(again, 0)
    assert again["codes"].unchanged == CodeRow.objects.count()
    assert Entry.objects.filter(action="regulations.files.loaded").count() == 1


def test_load_takes_few_statements_however_many_rows(db, clerk, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        load_regulations(actor=clerk, today=TODAY)
    with django_assert_max_num_queries(20):
        load_regulations(actor=clerk, today=TODAY)


def test_vanished_rule_is_ended_and_comes_back(db):
    load(FILE)
    one = FILE.split("R-X-TWO")[0]
    assert load(one)["rules"].ended == 1
    assert load(one, today=date(2026, 1, 1))["rules"].ended == 0
    assert Rule.objects.get(code="R-X-TWO").ended_on == TODAY
    assert "R-X-TWO" in rulebook(date(2025, 11, 21))
    assert "R-X-TWO" not in rulebook(TODAY)
    assert load(FILE)["rules"].changed == 1
    assert "R-X-TWO" in rulebook(TODAY)


def test_corrected_day_withdraws_the_value_of_the_wrong_day(db):
    load(FILE)
    counts = load(FILE.replace("2020-07-01", "2021-01-01"))
    assert (counts["values"].added, counts["values"].ended) == (1, 1)
    assert rulebook(date(2020, 12, 31)).value("R-X-ONE") == 6
    assert rulebook(date(2021, 1, 1)).value("R-X-ONE") == 12
    assert RuleValue.objects.get(starts_on=date(2020, 7, 1)).withdrawn_on == TODAY


def test_changed_value_stands_in_the_row_history(db):
    load(FILE)
    assert load(FILE.replace("2020-07-01: 12", "2020-07-01: 18"))["values"].changed == 1
    row = RuleValue.objects.get(starts_on=date(2020, 7, 1))
    assert [(event.pgh_label, event.value) for event in row.row_events.order_by("pgh_id")] == [
        ("insert", 12),
        ("update", 18),
    ]


def test_vanished_code_is_disabled_and_keeps_its_label(db):
    row = code_files.CodeEntry("A", "甲", "", "", "", "")
    table = code_files.TableEntry("x", "表", "Table", "", (row, code_files.CodeEntry("B", "乙", "", "", "", "")))
    load_codes([table])
    shorter = code_files.TableEntry("x", "表", "Table", "", (row,))
    assert load_codes([shorter])["codes"].ended == 1
    assert load_codes([shorter])["codes"].wrote == 0
    assert not CodeRow.objects.get(code="B").enabled
    assert load_codes([table])["codes"].changed == 1


def test_command_reports_counts(db, capsys):
    call_command("load_regulations")
    assert "calendar days: 8401 added" in capsys.readouterr().out
    call_command("load_regulations")
    assert "rules: 0 added, 0 changed, 0 ended" in capsys.readouterr().out


def test_command_prints_every_problem_of_the_files_and_writes_nothing(db, monkeypatch):
    def refuse(**_kwargs):
        raise rule_files.RuleFilesRefused(["R-X-ONE: no value", "R-X-TWO: no value"])

    monkeypatch.setattr(command, "load_regulations", refuse)
    with pytest.raises(CommandError, match="R-X-ONE: no value\nR-X-TWO: no value"):
        call_command("load_regulations")
    assert not Rule.objects.exists()


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"index.csv": "table,label_zh,label_en,source_note\n", "x.csv": "code,label_zh\n"}, "x.csv stands in no row"),
        ({"index.csv": "table,label_zh,label_en,source_note\nx,表,Table,\n"}, "names x, which has no file"),
        (
            {"index.csv": "table,label_zh,label_en,source_note\nx,表,Table,\n", "x.csv": "code,label_zh\n1,甲\n1,乙\n"},
            "x.csv row 3",
        ),
        (
            {"index.csv": "table,label_zh,label_en,source_note\nx,表,Table,\n", "x.csv": "code,label_zh\n1,\n"},
            "x.csv row 2",
        ),
    ],
)
def test_code_files_that_disagree_are_refused(tmp_path, files, problem):
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(code_files.CodeFilesRefused, match=problem):
        code_files.read_folder(tmp_path)
