"""Numbers of SQL statements as reviewed data: a changed number is a visible line in the diff.

    with assert_query_baseline("ranking", at_most=8):
        client.get(address)

compares with `query_counts.json` beside the test file, and no page asks more than PAGE_LIMIT times. `CADRE_UPDATE_QUERIES=1` writes the number that was found; a
failure prints every statement. What a process remembers (rulebook, code tables) must be warm: ask once before.
"""

import json
import os
import re
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

PAGE_LIMIT = 10  # statements of any page, whatever it shows: session, user, inbox and seven of its own
UPDATE = "CADRE_UPDATE_QUERIES"
SHOWN = 400  # characters of a statement
NO_QUESTIONS = re.compile(r"^(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT)\b")  # of the test's own transaction


class assert_query_baseline:  # noqa: N801 - used like a function
    """The statements of the block are as many as the file says, and never more than `at_most`."""

    def __init__(self, name: str, *, at_most: int = PAGE_LIMIT, file: Path | None = None):
        self.name, self.at_most = name, at_most
        self.file = file or Path(sys._getframe(1).f_code.co_filename).parent / "query_counts.json"

    def __enter__(self):
        self.captured = CaptureQueriesContext(connection)
        self.captured.__enter__()
        return self

    def __exit__(self, kind, error, trace):
        self.captured.__exit__(kind, error, trace)
        if error is None:
            self._compare([q["sql"] for q in self.captured.captured_queries if not NO_QUESTIONS.match(q["sql"])])

    def _compare(self, statements):
        count, known = len(statements), read_counts(self.file)
        if count > self.at_most:
            self._fail(f"{count} statements, at most {self.at_most} are allowed", statements)
        if os.environ.get(UPDATE):
            self.file.write_text(json.dumps(known | {self.name: count}, indent=2, sort_keys=True) + "\n", "utf-8")
        elif self.name not in known:
            self._fail(f"{count} statements, but {self.file.name} has no number yet", statements)
        elif known[self.name] != count:
            self._fail(f"{count} statements, {self.file.name} says {known[self.name]}", statements)

    def _fail(self, text, statements):
        listed = "\n".join(f"{number:3} {sql[:SHOWN]}" for number, sql in enumerate(statements, start=1))
        pytest.fail(f"{self.name}: {text} ({UPDATE}=1 writes it; look at the diff)\n{listed}", pytrace=False)


def read_counts(file: Path) -> dict[str, int]:
    """The numbers of a file; none where there is no file."""
    return json.loads(file.read_text("utf-8")) if file.exists() else {}


def count_queries(act) -> int:
    """Statements of an act."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return sum(not NO_QUESTIONS.match(query["sql"]) for query in captured.captured_queries)
