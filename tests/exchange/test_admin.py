"""Imports in the auditors' admin: neither bytes nor secret values."""

import pytest

from foundation.exchange.models import ImportBatch, ImportChange, ImportRow

from ..support.people import client_of
from ..support.reading_room import ReadingRoom

pytestmark = pytest.mark.django_db
FINDING = {
    "level": "warning",
    "code": "sheet_hidden",
    "sheet": "汇总",
    "row": None,
    "column": "",
    "value": "",
    "params": {},
}
CONTENT = b"content-of-the-file"


def batch(unit, number) -> ImportBatch:
    return ImportBatch.objects.create(
        number=f"IMP-{unit.code}-{number}", kind="posts", organization=unit.jurisdiction or unit, year=2024,
        file_name="posts.csv", sha256=f"{number:064}", size=11, content=CONTENT, counts={"rows": 1},
        findings=[FINDING], created_by_name="test",
    )  # fmt: skip


class TestBatches(ReadingRoom):
    model = ImportBatch
    search = "IMP-A-FIN-1"
    secrets = (CONTENT.decode(), CONTENT.hex())

    def make(self, unit, number):
        return batch(unit, number)

    def test_findings_are_told_in_words(self, auditor):
        page = client_of(auditor).get(self.row_address(batch(self.tree.finance, 1))).content.decode()
        assert "汇总" in page
        assert "sheet_hidden" not in page


class TestRows(ReadingRoom):
    model = ImportRow
    search = "row 1"
    secrets = ("cipher-of-row",)

    def make(self, unit, number):
        return ImportRow.objects.create(
            batch=batch(unit, number), position=1, kind="holding", key=f"row {number}", raw={"A": "x"},
            values={"name": "某甲"}, secret=b"cipher-of-row", findings=[FINDING],
        )  # fmt: skip


class TestChanges(ReadingRoom):
    model = ImportChange
    secrets = ("hash-of-number",)

    def make(self, unit, number):
        return ImportChange.objects.create(
            batch=batch(unit, number), model="officials.Official", object_pk=number,
            before={"id_hash": "hash-of-number", "name": "某甲"}, after={"id_hash": "hash-of-number", "name": "某乙"},
        )  # fmt: skip

    def test_names_of_changed_columns_are_told_and_no_values(self, auditor):
        page = client_of(auditor).get(self.row_address(self.make(self.tree.finance, 1))).content.decode()
        assert "某乙" not in page
        assert ">name<" in page
