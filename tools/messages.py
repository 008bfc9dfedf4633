"""Catalogues of translations: taken from the code with gettext, kept in a form that does not change by itself, compiled.

`python -m tools.messages` brings every `locale/*/LC_MESSAGES/django.po` up to date with the code and compiles it;
it ends with 1 when an entry has no translation. `--compile` only writes the `.mo` files from the `.po` files.
English is the language of the code and needs no catalogue. A guess of gettext for a changed text is not taken over:
the entry stands empty until somebody translates it.
"""

import argparse
import os
import sys
from pathlib import Path

import django
import polib
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
IGNORED = (".venv", "tests", "bench", "devtools", "demo", "docs", "node_modules", "static", "staticfiles", "tools")
HEADER = (
    "Project-Id-Version",
    "Language",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Plural-Forms",
)
WIDTH = 110


def catalogues():
    """The `.po` files, one per language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def extract(locales):
    """Let gettext read the code and the templates; needs xgettext and msgmerge."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadremgmt.settings.test")
    os.chdir(ROOT)
    django.setup()
    call_command(
        "makemessages", locale=locales, ignore_patterns=list(IGNORED), no_location=True, no_obsolete=True, verbosity=0
    )


def tidy(path):
    """Write a catalogue sorted, without dates, places and guesses; return the entries that have no translation."""
    catalogue = polib.pofile(path, wrapwidth=WIDTH)
    old = catalogue.metadata
    catalogue.header, catalogue.metadata_is_fuzzy = "", False
    catalogue.metadata = {key: old[key] for key in HEADER if key in old}
    catalogue.metadata |= {"Project-Id-Version": "cadremgmt", "Language": path.parent.parent.name}
    for entry in catalogue:
        entry.occurrences, entry.comment, entry.tcomment = [], "", ""
        if entry.fuzzy:
            entry.flags.remove("fuzzy")
            entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
            entry.msgstr = ""
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    catalogue.save(path)
    return catalogue.untranslated_entries()


def compile_catalogue(path):
    """Write the `.mo` file that the running system reads."""
    polib.pofile(path).save_as_mofile(path.with_suffix(".mo"))


def main(arguments=None):
    """Run from the command line; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compile", action="store_true", help="only write the .mo files")
    options = parser.parse_args(arguments)
    found = catalogues()
    if not options.compile:
        extract([path.parent.parent.name for path in found])
    missing = 0
    for path in found:
        for entry in [] if options.compile else tidy(path):
            missing += 1
            context = f" ({entry.msgctxt})" if entry.msgctxt else ""
            sys.stdout.write(f"{path.relative_to(ROOT)}: no translation of{context}: {entry.msgid}\n")
        compile_catalogue(path)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
