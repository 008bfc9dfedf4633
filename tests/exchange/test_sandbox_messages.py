"""The catalogue of texts: complete, used, and rendered in the reader's language; parsers without a database."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from foundation.exchange.messages import TEXTS, WHYS, add_texts, sentence, text, where
from foundation.exchange.refusals import FileRefused
from foundation.exchange.rows import Candidate, Finding, Level, ParseResult, Reading, StagedRow

ROOT = Path(__file__).resolve().parents[2]
PARSERS = [
    *ROOT.glob("*/imports/*.py"),
    *ROOT.glob("*/rules/*.py"),
    *ROOT.glob("foundation/exchange/sandbox/*.py"),
    *(
        ROOT / "foundation" / "exchange" / f"{name}.py"
        for name in ("cleaning", "columns", "matching", "rows", "refusals")
    ),
]


def constants(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_text_is_told_by_some_parser():
    # what only the register can tell (is a person known, are the rules the same) is told beside the parsers
    tellers = [*PARSERS, *ROOT.glob("*/services/import_*.py"), *ROOT.glob("*/reports/*.py")]
    used = set().union(*(constants(path) for path in tellers))
    assert set(TEXTS) | set(WHYS) <= used


def test_every_text_says_what_to_do_unless_nothing_is_to_be_done():
    told_only = {
        "row_too_short", "column_ignored", "roster_no_header", "roster_remembered", "roster_row_again", "line_ignored", "sheet_hidden", "sheet_empty", "heading_read", "summary_row",
        "remark", "not_applicable_figure", "rows_without_year", "figure_gap", "target_gap",
        "date_placeholder", "date_season_beside_month", "party_words", "cycle_person_new", "card_tag_unknown", "lrm_unnamed", "card_unknown_left_out",
        "card_2025_left_out", "photo_ratio", "bundle_not_read", "collection_sheet_unknown", "cycle_engine", "cycle_parameters", "collection_units_compared",
    }  # fmt: skip
    with translation.override("en"):
        for code, message in TEXTS.items():
            assert ("Please" in str(message)) is (code not in told_only), code
            assert "!" not in str(message)


def test_two_rooms_cannot_tell_the_same_code():
    with pytest.raises(ValueError, match="id_length"):
        add_texts({"id_length": "another text"})
    add_texts({"id_length": TEXTS["id_length"]})


class AnyValue(dict):
    """Knows every placeholder, and remembers which were asked for."""

    def __missing__(self, key: str) -> str:
        self[key] = "?"
        return "?"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_text_can_be_filled_in_and_asks_for_the_same_values_in_every_language(language):
    for message in (*TEXTS.values(), *WHYS.values()):
        with translation.override("en"):
            original = AnyValue()
            assert str(message) % original
        with translation.override(language):
            translated = AnyValue()
            assert str(message) % translated
        assert translated.keys() == original.keys()


@pytest.mark.parametrize("path", PARSERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_parsers_import_no_django_and_no_model(path):
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    assert not [name for name in names if name.partition(".")[0] == "django" or name.endswith(("models", "services"))]


def finding(**changes) -> Finding:
    return Finding(
        **(
            {"level": Level.ERROR, "code": "number_text", "sheet": "表", "row": 6, "column": "C", "value": "约"}
            | changes
        )
    )


def test_a_sentence_has_the_place_and_the_text():
    with translation.override("en"):
        assert sentence(finding()) == "Sheet “表”, row 6, column C: “约” is no number. Please enter digits only."
        assert where(finding(column="")) == "Sheet “表”, row 6"
        assert where(finding(row=None)) == "Sheet “表”, column C"
        assert where(finding(row=None, column="")) == "Sheet “表”"
        assert sentence(finding(sheet="", row=None, column="")) == text(finding())


def test_a_percent_sign_in_a_value_does_no_harm():
    with translation.override("en"):
        assert text(finding(value="100%(s)")).startswith("“100%(s)” is no number")


def test_a_refusal_carries_its_message_and_its_place():
    refused = FileRefused("cell_outside", filename="a.xlsx", sheet="表", row=20_000, column="XFD", rows=10, columns=5)
    with translation.override("en"):
        assert str(refused) == refused.message
        assert refused.message.startswith("Sheet “表”, row 20000, column XFD: There is a filled cell far outside")
    assert refused.finding.params == {"rows": "10", "columns": "5", "file": "a.xlsx"}


def test_results_are_kept_as_json_and_come_back_equal():
    told = finding(candidates=(Candidate("A", "甲"),), params={"x": "1"})
    row = StagedRow(
        "score", "k", {"figure": "1"}, "表", 6, "C", {"score": "１"}, (Reading("C", "１", "1", "full_width"),), (told,)
    )
    assert StagedRow.from_dict(row.as_dict()) == row
    assert not row.is_valid
    result = ParseResult((row,), (finding(level=Level.WARNING),))
    assert (len(result.errors), len(result.warnings), result.is_applicable) == (1, 1, False)
    assert [reading.raw for _, reading in result.readings] == ["１"]
