"""Sample files of the interchange, and small ones made for one question."""

import csv
from functools import cache
from pathlib import Path

from officials.imports.card_files import CardFile
from officials.imports.lrmx import read_lrmx
from officials.rules.labels import LabelTable

FOLDER = Path(__file__).resolve().parents[1] / "data" / "lrmx"
SAMPLES = sorted(path.name for path in FOLDER.glob("*.lrmx"))


CODES = FOLDER.parents[2] / "foundation" / "regulations" / "codes"


@cache
def table(name: str) -> LabelTable:
    """A code table as it is loaded."""
    with (CODES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return LabelTable(name, [(row["code"], row["label_zh"]) for row in csv.DictReader(lines)])


def tables() -> dict[str, LabelTable]:
    """All code tables whose labels stand on a form."""
    names = (
        "sex_gbt2261_1", "ethnic_gbt3304", "native_place_editor_zb01", "health_editor", "education_zb64",
        "family_gb4761_editor", "political_gb4762_short",
    )  # fmt: skip
    return {name: table(name) for name in names}


@cache
def sample(name: str) -> bytes:
    """The bytes of the sample whose name begins like this."""
    (path,) = (path for path in FOLDER.iterdir() if path.name.startswith(name))
    return path.read_bytes()


def read(name: str) -> CardFile:
    """The sample, read."""
    return read_lrmx(sample(name), filename=f"{name}.lrmx")


def form(
    inner: str = "", *, declaration: str = '<?xml version="1.0" encoding="utf-8"?>', encoding: str = "utf-8"
) -> bytes:
    """A form with a name and whatever is given."""
    return f"{declaration}\n<Person><XingMing>梁嘉禾</XingMing>{inner}</Person>".encode(encoding)


def read_form(inner: str, **options) -> CardFile:
    """Such a form, read."""
    return read_lrmx(form(inner, **options), filename="a.lrmx")


def codes(found: CardFile) -> list[str]:
    """Codes of the findings, in order."""
    return [finding.code for finding in found.findings]
