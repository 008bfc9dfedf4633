"""`python -m tools.check_translations`: is every text translatable and every translation complete?

Checks each `locale/*/LC_MESSAGES/django.po`: nothing untranslated, fuzzy or obsolete, placeholders agree, the `.mo` file says
the same; that reading the code again would change nothing (needs xgettext; `CADRE_REQUIRE_GETTEXT` makes its absence an
error); that code and templates translate literals, English ones with named placeholders, and that templates say nothing
outside of gettext.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

from .messages import ROOT, catalogues
from .template_texts import template_problems
from .text_calls import code_problems

PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif]|\{\w+\}")


def catalogue_faults(path) -> list[str]:
    """What is wrong with one catalogue."""
    catalogue = polib.pofile(path)
    found = [f"no translation: {entry.msgid}" for entry in catalogue.untranslated_entries()]
    found += [f"fuzzy: {entry.msgid}" for entry in catalogue.fuzzy_entries()]
    found += [f"obsolete: {entry.msgid}" for entry in catalogue.obsolete_entries()]
    for entry in catalogue.translated_entries():
        wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            given = set(PLACEHOLDER.findall(text))
            if text and not (given <= wanted and (entry.msgid_plural or given == wanted)):
                found.append(f"placeholders differ: {entry.msgid} → {text}")
    return found + compiled_faults(path, catalogue)


def compiled_faults(path, catalogue) -> list[str]:
    """Does the compiled file say what the catalogue says?"""
    compiled = path.with_suffix(".mo")
    if not compiled.exists():
        return ["the .mo file is missing: python -m tools.messages --compile"]

    def said(entries):
        return {(e.msgctxt, e.msgid): (e.msgstr, tuple(sorted(e.msgstr_plural.items()))) for e in entries}

    same = said(polib.mofile(compiled)) == said(catalogue.translated_entries())
    return [] if same else ["the .mo file is not that of the .po file: python -m tools.messages --compile"]


def tracked_files(*patterns) -> list[Path]:
    """Files of the tree that git knows or would take, without those that are gone."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split("\n")  # fmt: skip
    return [Path(name) for name in listed if name and (ROOT / name).is_file()]


def extraction_faults() -> list[str]:
    """Would reading the code again change the catalogues? Tried on a copy, so that a check changes nothing."""
    if not shutil.which("xgettext"):
        if os.environ.get("CADRE_REQUIRE_GETTEXT"):
            return ["xgettext is missing: apt-get install gettext"]
        sys.stdout.write(
            "not checked without xgettext (apt-get install gettext): whether all texts are in the catalogues\n"
        )
        return []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in tracked_files():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "tools.messages"],
            cwd=copy, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(copy)}, check=False,
        )  # fmt: skip
        if done.returncode:
            return (done.stdout + done.stderr[-2000:]).strip().split("\n")
        changed = [path for path in catalogues() if (copy / path.relative_to(ROOT)).read_bytes() != path.read_bytes()]
    return [f"{path.relative_to(ROOT)} is not what the code says: python -m tools.messages" for path in changed]


def main() -> int:
    """Print every fault; the exit status is 1 when there is one."""
    faults = [f"{path.relative_to(ROOT)}: {fault}" for path in catalogues() for fault in catalogue_faults(path)]
    if not catalogues():
        faults.append("locale/ has no catalogue")
    faults += code_problems(ROOT) + template_problems(ROOT) + extraction_faults()
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
