"""The check of translations finds what it is there to find (the check itself runs in `./dev check`)."""

import shutil

import polib
import pytest

from tools import check_translations
from tools.check_translations import catalogue_faults, main
from tools.template_texts import template_problems
from tools.text_calls import code_problems

from .tree import ROOT, plant

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


# --- code -------------------------------------------------------------------------------------------------------------
HEAD = "from django.utils.translation import gettext as _\nfrom django.utils.translation import ngettext, pgettext\n"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('_(f"Run {number}")', "an f-string is translated"),
        ('_("Run {}".format(number))', "formatted before"),
        ('_("Run %(n)s" % {"n": 1})', "put together before"),
        ('_("Run " + number)', "put together before"),
        ("_(text)", "is no literal"),
        ('_(message="Run")', "given by name"),
        ('ngettext("one", "many" + x, 2)', "put together before"),
        ('pgettext(f"{x}", "open")', "an f-string is translated"),
        ('_("%s of %s")', "unnamed placeholder"),
        ('_("%d rows")', "unnamed placeholder"),
        ('_("首页")', "Chinese in the text itself"),
        ('_("(容错)")', "Chinese in the text itself"),
        ('_("Open the 工作台 page")', "Chinese in the text itself (工作台)"),
    ],
)
def test_a_planted_call_is_named(tmp_path, line, fault):
    plant(tmp_path, officials__forms=HEAD + f"label = {line}\n")
    (found,) = code_problems(tmp_path, ("officials",))
    assert found.startswith("officials/forms.py:3 ")
    assert fault in found


def test_a_function_under_a_name_that_is_not_collected_is_named(tmp_path):
    line = "from django.utils.translation import gettext as _t, gettext_lazy as _\n"
    plant(tmp_path, officials__forms=line + 'label = _t("Run")\n')
    (found,) = code_problems(tmp_path, ("officials",))
    assert found == "officials/forms.py:1 gettext is called _t: gettext's programs look for _ only"


@pytest.mark.parametrize(
    "line",
    [
        '_("Run %(n)s") % {"n": number}',
        '_("a long text " "in two parts")',
        'ngettext("%(n)d row", "%(n)d rows", n) % {"n": n}',
        '_("Tolerance (容错)")',
        '_("Veto: grade at most 一般")',
        '_("100 %% done")',
        "other(text)",
    ],
)
def test_ordinary_calls_are_let_through(tmp_path, line):
    assert code_problems(plant(tmp_path, officials__forms=HEAD + f"label = {line}\n"), ("officials",)) == []


# --- templates --------------------------------------------------------------------------------------------------------
def template(root, text):
    """A template of a tree; returns what is found in it."""
    (root / "templates").mkdir()
    (root / "templates" / "page.html").write_text(text, encoding="utf-8")
    return template_problems(root)


@pytest.mark.parametrize(
    "text",
    [
        "<p>工作台</p>",
        "<p>Home</p>",
        '<a title="Home">1</a>',
        "<a aria-label='{{ x }} Home'>1</a>",
        "{% translate '工作台' %}",
        "{% blocktranslate %}共 {{ n }} 条{% endblocktranslate %}",
        "{% if x %}yes{% endif %}",
    ],
)
def test_a_planted_text_of_a_template_is_named(tmp_path, text):
    (found,) = template(tmp_path, f"\n{text}\n")
    assert found.startswith("templates/page.html:2 ")


@pytest.mark.parametrize(
    "text",
    [
        '<p class="wide">{% translate "Home" %} · {{ count }}</p>',
        "{% blocktranslate count n=n %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}",
        "{# 注释 #}{% comment %}Home 工作台{% endcomment %}",
        "<svg><title>x y</title></svg><code>raw_text</code>",
        "{% block main_class %}wide{% endblock %}",
        '<a title="{% translate "Home" %}" href="/start/">&nbsp;1</a>',
        '{% translate "Leaders approved (核定领导职数)" %}',
    ],
)
def test_ordinary_templates_are_let_through(tmp_path, text):
    assert template(tmp_path, text) == []


def test_code_and_templates_of_the_tree_are_clean():
    assert code_problems(ROOT) + template_problems(ROOT) == []


# --- the whole --------------------------------------------------------------------------------------------------------
@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed (apt-get install gettext)")
def test_a_text_that_the_catalogue_does_not_have_is_found(tmp_path, monkeypatch):
    names = [name for name in check_translations.tracked_files() if name.parts[0] not in ("tests", "demo", "static")]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    with (tmp_path / "templates" / "404.html").open("a", encoding="utf-8") as page:
        page.write('{% load i18n %}{% translate "A text that nobody translated" %}')
    monkeypatch.setattr(check_translations, "ROOT", tmp_path)
    monkeypatch.setattr(check_translations, "tracked_files", lambda *patterns: names)
    monkeypatch.setattr(
        check_translations, "catalogues", lambda: sorted(tmp_path.glob("locale/*/LC_MESSAGES/django.po"))
    )
    assert any("A text that nobody translated" in fault for fault in check_translations.extraction_faults())


def test_without_gettext_the_check_says_so_or_fails(monkeypatch, capsys):
    monkeypatch.setattr(check_translations.shutil, "which", lambda name: None)
    monkeypatch.delenv("CADRE_REQUIRE_GETTEXT", raising=False)
    assert check_translations.extraction_faults() == []
    assert "not checked" in capsys.readouterr().out
    monkeypatch.setenv("CADRE_REQUIRE_GETTEXT", "1")
    assert check_translations.extraction_faults() != []


def test_the_check_fails_on_a_planted_catalogue(catalogue, monkeypatch, capsys):
    path = catalogue(polib.POEntry(msgid="Home"))
    monkeypatch.setattr("tools.check_translations.ROOT", path.parent)
    monkeypatch.setattr("tools.check_translations.catalogues", lambda: [path])
    monkeypatch.setattr("tools.check_translations.extraction_faults", list)
    assert main() == 1
    assert "no translation: Home" in capsys.readouterr().out
