"""Rules and code agree: no id without a rule, no rule without its reader, no value without its source."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from foundation.regulations.choices import Confidence, Room
from foundation.regulations.imports import code_files, rule_files
from foundation.regulations.rules.values import check_alike

pytestmark = pytest.mark.unit
ENTRIES = {entry.code: entry for entry in rule_files.read_folder()}
TABLES = {table.code: {row.code for row in table.rows} for table in code_files.read_folder()}

# Rooms that read their rules, and where their code stands. A room moves up here when it is built.
READING = {
    Room.ASSESSMENTS: ("assessments",),
    Room.CASEWORK: ("foundation/casework",),
    Room.OFFICIALS: ("officials",),
    Room.REGULATIONS: ("foundation/regulations", "foundation/common"),
    Room.SUPERVISION: ("supervision",),
    Room.TOLERANCE: ("tolerance",),
}
# Rooms not built yet, or built without the part that decides by these rules.
WAITING = {
    Room.APPOINTMENTS: "selection, ranks and ratings come with their room",
    Room.REWARDS: "comes with its room",
    Room.DEVELOPMENT: "comes with its room",
    Room.ACCOUNTS: "the numbers of security stand in the settings until they are read from here",
    Room.AUDIT: "retention comes with the archive of the audit",
}
# Single rules of a room that reads the others.
WAITING_RULES: dict[str, str] = {}
PREFIXES = sorted({code.split("-")[0] for code in ENTRIES if len(code.split("-")[0]) > 1})
LITERAL = re.compile(rf"""["']((?:{"|".join(PREFIXES)}|R-(?:DIS|CLR|FAL|CON|\d))[-.][A-Z0-9][A-Z0-9._-]*)["']""")


def sources(*folders):
    for folder in folders or (
        "foundation",
        "officials",
        "supervision",
        "tolerance",
        "assessments",
        "cadremgmt",
        "demo",
    ):
        for path in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text(encoding="utf-8")


def mentions(text, code):
    """Is this very id named, and not only a longer one that begins with it?"""
    return re.search(rf"(?<![A-Z0-9_.-]){re.escape(code)}(?![A-Z0-9_-]|\.\d)", text) is not None


def unread(texts, codes):
    return sorted(code for code in codes if not any(mentions(text, code) for text in texts))


def unknown(texts):
    return sorted({code for text in texts for code in LITERAL.findall(text)} - set(ENTRIES))


@pytest.mark.parametrize("room", list(READING), ids=str)
def test_every_rule_is_read_by_the_room_it_names(room):
    texts = [text for _, text in sources(*READING[room])]
    assert (
        unread(texts, [code for code, entry in ENTRIES.items() if entry.used_by == room and code not in WAITING_RULES])
        == []
    )


def test_every_room_either_reads_or_is_said_to_wait():
    assert not set(READING) & set(WAITING)
    assert {entry.used_by for entry in ENTRIES.values()} <= set(READING) | set(WAITING)


def test_every_id_in_code_is_a_rule():
    assert unknown(text for _, text in sources()) == []


def test_planted_ids_are_found():
    assert unknown(['book.value("ASM-NO-SUCH-RULE")']) == ["ASM-NO-SUCH-RULE"]
    assert unread(['value("ASM-COMPLETION-CAP-MAX")'], ["ASM-COMPLETION-CAP", "ASM-COMPLETION-CAP-MAX"]) == [
        "ASM-COMPLETION-CAP"
    ]


def test_every_rule_of_a_reading_room_has_a_test_that_names_it():
    folder = Path(settings.BASE_DIR) / "tests"
    marks = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("test_*.py"))
    marked = set(re.findall(r"""(?:mark\.rule\(|rule\()["']([^"']+)["']""", marks)) | set(rules_of_situations(folder))
    due = {code for code, entry in ENTRIES.items() if entry.used_by in READING} - set(WAITING_RULES)
    assert sorted(due - marked) == []


def rules_of_situations(folder):
    """Rules that situations in YAML name; their loader marks the test of each with them."""
    for path in folder.glob("*/situations/*.yaml"):
        for one in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            yield from one.get("rules", ())


def test_situations_name_rules_that_exist():
    named = set(rules_of_situations(Path(settings.BASE_DIR) / "tests"))
    assert named
    assert sorted(named - set(ENTRIES)) == []


def test_a_rule_that_waits_is_not_read_yet():
    texts = [text for _, text in sources()]
    assert unread(texts, WAITING_RULES) == sorted(WAITING_RULES)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=lambda entry: entry.code)
def test_every_value_has_regulation_and_confidence(entry):
    for fact in entry.values:
        assert fact.law
        assert fact.confidence in Confidence.values
        if fact.confidence == Confidence.VERIFIED:
            assert fact.article or entry.notes[fact.starts_on].zh


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=lambda entry: entry.code)
def test_values_of_one_rule_are_built_alike(entry):
    first, *others = [fact.value for fact in entry.values if fact.value is not None]
    for other in others:
        if entry.shape.value_type in {"record", "rows"}:
            check_alike(first, other)


def words_of(code):
    return {
        word for fact in ENTRIES[code].values for word in (fact.value if isinstance(fact.value, list) else [fact.value])
    }


@pytest.mark.parametrize(
    ("pattern", "table"),
    [
        (r"R-DIS-.*-BLOCKS", "blocked_act"),
        (r"R-DIS-30", "nomination_bar"),
        (r"TOL-PRECONDITIONS", "tolerance_precondition"),
        (r"TOL-HARD-STOPS", "tolerance_exclude"),
        (r"TOL-DISTINCTIONS", "tolerance_distinction"),
        (r"R-CLR-0[26]", "clearance_mode"),
        (r"SEL-AVOIDANCE-RELATIONS", "avoidance_relation"),
        (r"R-3.4-NO-GRADE", "civil_rank"),
    ],
)
def test_words_of_rules_are_codes_of_their_table(pattern, table):
    found = [code for code in ENTRIES if re.fullmatch(pattern, code)]
    assert found
    for code in found:
        assert words_of(code) <= TABLES[table], code


def test_posts_and_ranks_in_rules_are_codes():
    known = TABLES["leadership_level"] | TABLES["civil_rank"] | {"STAFF", "TEAM"}
    for code in (
        "SEL-RANK-NEED",
        "SEL-RANK-OF-POST",
        "SEL-RANK-GRADES",
        "SEL-POST-GRADES",
        "SEL-QUOTA-COUNTY",
        "R-2.7",
    ):
        assert set(re.findall(r"'([LR]\d\d|STAFF|TEAM)'", str([fact.value for fact in ENTRIES[code].values]))) <= known


def words_in(value):
    if isinstance(value, dict):
        for key, entry in value.items():
            yield key
            yield from words_in(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from words_in(entry)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=lambda entry: entry.code)
def test_every_word_in_a_value_has_a_label_in_both_languages(entry):
    known = set(TABLES["rule_word"]).union(*(TABLES[table] for table in entry.words))
    words = {word for fact in entry.values for word in words_in(fact.value)} | set(entry.shape.choices)
    assert {word for word in words if re.search(r"[^\d.-]", word)} - known == set()


def test_steps_of_the_ladder_are_the_codes_of_measures():
    assert words_of_steps() == TABLES["measure_step"]


def words_of_steps():
    return set(ENTRIES["ASM-LADDER-STREAK"].shape.choices)
