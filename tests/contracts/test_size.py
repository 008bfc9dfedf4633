"""Files stay small: 90 % below 200 lines, none above 400 (tests, migrations and vendored files apart)."""

from pathlib import Path

import pytest

from .tree import ROOT, python_files

pytestmark = pytest.mark.unit
LONGEST, SHORT, SHARE = 400, 200, 0.9


def lengths(root: Path) -> dict[str, int]:
    """Lines of every own Python file."""
    return {
        path.relative_to(root).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files(root)
    }


def faults(root: Path) -> list[str]:
    """What breaks the budget."""
    found = lengths(root)
    long = [f"{name} has {lines} lines" for name, lines in found.items() if lines > LONGEST]
    short = sum(lines < SHORT for lines in found.values())
    if short < SHARE * len(found):
        long.append(f"only {short} of {len(found)} files are below {SHORT} lines")
    return long


def test_files_keep_the_budget():
    assert len(lengths(ROOT)) > 200
    assert faults(ROOT) == []


def test_a_file_that_is_too_long_is_found(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "long.py").write_text("x = 1\n" * 401)
    for number in range(20):
        (tmp_path / f"short{number}.py").write_text("x = 1\n")
    assert faults(tmp_path) == ["rules/long.py has 401 lines"]


def test_too_many_middling_files_are_found(tmp_path):
    for number in range(9):
        (tmp_path / f"short{number}.py").write_text("x = 1\n" * 199)
    (tmp_path / "middling.py").write_text("x = 1\n" * 200)
    assert faults(tmp_path) == []
    (tmp_path / "second.py").write_text("x = 1\n" * 200)
    assert faults(tmp_path) == ["only 9 of 11 files are below 200 lines"]


def test_migrations_tests_and_hidden_folders_do_not_count(tmp_path):
    for folder in ("app/migrations", "tests", ".venv", "static/vendor"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "long.py").write_text("x = 1\n" * 1000)
    assert lengths(tmp_path) == {}
