"""The check of translations finds what it is there to find (the check itself runs in `./dev check`)."""

import polib
import pytest

from tools.check_translations import assembled_texts, catalogue_faults, main

pytestmark = pytest.mark.unit


@pytest.fixture
def catalogue(tmp_path):
    """Write a catalogue of entries and its compiled file; returns the path."""

    def write(*entries, compiled=True):
        made = polib.POFile()
        made.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
        made.extend(entries)
        path = tmp_path / "django.po"
        made.save(path)
        if compiled:
            made.save_as_mofile(path.with_suffix(".mo"))
        return path

    return write


def test_a_complete_catalogue_has_no_faults(catalogue):
    path = catalogue(polib.POEntry(msgid="Run %(number)s", msgstr="批次 %(number)s"))
    assert catalogue_faults(path) == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (polib.POEntry(msgid="Home"), "no translation: Home"),
        (polib.POEntry(msgid="Home", msgstr="工作台", flags=["fuzzy"]), "fuzzy: Home"),
        (polib.POEntry(msgid="Home", msgstr="工作台", obsolete=True), "obsolete: Home"),
        (
            polib.POEntry(msgid="Run %(number)s", msgstr="批次 %(nummer)s"),
            "placeholders differ: Run %(number)s → 批次 %(nummer)s",
        ),
        (polib.POEntry(msgid="Run {number}", msgstr="批次"), "placeholders differ: Run {number} → 批次"),
    ],
)
def test_a_planted_fault_is_named(catalogue, entry, fault):
    assert fault in catalogue_faults(catalogue(entry))


def test_a_plural_may_leave_the_number_out_but_not_invent_one(catalogue):
    fine = polib.POEntry(msgid="one row", msgid_plural="%(n)d rows", msgstr_plural={0: "%(n)d 行"})
    assert catalogue_faults(catalogue(fine)) == []
    wrong = polib.POEntry(msgid="one row", msgid_plural="%(n)d rows", msgstr_plural={0: "%(m)d 行"})
    assert catalogue_faults(catalogue(wrong)) != []


def test_a_compiled_file_that_says_something_else_is_found(catalogue):
    path = catalogue(polib.POEntry(msgid="Home", msgstr="首页"))
    path.write_text(path.read_text(encoding="utf-8").replace("首页", "工作台"), encoding="utf-8")
    assert catalogue_faults(path) == ["the .mo file is not that of the .po file: python -m tools.messages --compile"]
    path = catalogue(polib.POEntry(msgid="Home", msgstr="首页"))
    path.with_suffix(".mo").unlink()
    assert catalogue_faults(path) == ["the .mo file is missing: python -m tools.messages --compile"]


def test_texts_put_together_inside_the_call_are_found():
    source = 'a = _("fine %(n)s") % {"n": 1}\nb = _(f"not {a}")\nc = gettext("not {}".format(a))\nd = ngettext("x" + a, "y", 2)\n'
    assert assembled_texts(source) == [2, 3, 4]


def test_the_check_fails_on_a_planted_catalogue(catalogue, monkeypatch, capsys):
    path = catalogue(polib.POEntry(msgid="Home"))
    monkeypatch.setattr("tools.check_translations.ROOT", path.parent)
    monkeypatch.setattr("tools.check_translations.catalogues", lambda: [path])
    monkeypatch.setattr("tools.check_translations.tracked_files", lambda *patterns: [])
    monkeypatch.setattr("tools.check_translations.extraction_faults", list)
    assert main() == 1
    assert "no translation: Home" in capsys.readouterr().out
