"""A file that is not taken at all, as an exception that carries its text and its place."""

from __future__ import annotations

from typing import Any

from .messages import sentence
from .rows import Finding, Level


class FileRefused(Exception):  # noqa: N818 - it is an answer to the user, not a fault
    """Nothing of the file was read. `message` is fit for the user and says what to do, in the language active then."""

    def __init__(
        self, code: str, *, filename: str, sheet: str = "", row: int | None = None, column: str = "", **params: object
    ) -> None:
        super().__init__(code)
        self.code = code
        self.filename = filename
        self.sheet = sheet
        self.row = row
        self.column = column
        self.params = {key: str(value) for key, value in params.items()}

    @classmethod
    def from_dict(cls, filename: str, data: dict[str, Any]) -> FileRefused:
        place = {"sheet": data["sheet"], "row": data["row"], "column": data["column"]}
        return cls(data["code"], filename=filename, **place, **data["params"])

    @property
    def finding(self) -> Finding:
        params = self.params | {"file": self.filename}
        return Finding(Level.ERROR, self.code, self.sheet, self.row, self.column, "", params)

    @property
    def message(self) -> str:
        return sentence(self.finding)

    def __str__(self) -> str:
        return self.message
