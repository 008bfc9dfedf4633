"""Numbers of SQL statements are reviewed data, and the tool that compares them finds a planted statement."""

import re

import pytest
from django.db import connection

from tests.support.queries import PAGE_LIMIT, UPDATE, assert_query_baseline, count_queries, read_counts

from .tree import ROOT


def ask(times):
    """Ask the database so many times."""
    with connection.cursor() as cursor:
        for _ in range(times):
            cursor.execute("SELECT 1")


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A file that says: two statements."""
    monkeypatch.delenv(UPDATE, raising=False)
    (tmp_path / "query_counts.json").write_text('{"page": 2}\n')
    return tmp_path / "query_counts.json"


@pytest.mark.django_db
def test_the_number_in_the_file_is_kept(file):
    with assert_query_baseline("page", file=file):
        ask(2)


@pytest.mark.django_db
@pytest.mark.parametrize("times", [1, 3])
def test_another_number_fails_and_prints_the_statements(file, times):
    with pytest.raises(
        pytest.fail.Exception, match=rf"page: {times} statements, query_counts.json says 2(.|\n)*SELECT 1"
    ):
        with assert_query_baseline("page", file=file):  # fmt: skip
            ask(times)


@pytest.mark.django_db
def test_a_page_without_a_number_fails(file):
    with pytest.raises(pytest.fail.Exception, match="has no number yet"), assert_query_baseline("other", file=file):
        ask(1)


@pytest.mark.django_db
def test_the_bound_holds_even_while_numbers_are_written(file, monkeypatch):
    monkeypatch.setenv(UPDATE, "1")
    with pytest.raises(pytest.fail.Exception, match="at most 2"), assert_query_baseline("page", at_most=2, file=file):
        ask(3)
    with assert_query_baseline("page", at_most=8, file=file):
        ask(3)
    assert read_counts(file) == {"page": 3}


@pytest.mark.django_db
def test_no_page_may_be_recorded_above_the_limit_of_all(file, monkeypatch):
    monkeypatch.setenv(UPDATE, "1")
    with (
        pytest.raises(pytest.fail.Exception, match=f"at most {PAGE_LIMIT}"),
        assert_query_baseline("page", file=file),
    ):
        ask(PAGE_LIMIT + 1)


@pytest.mark.django_db
def test_an_error_in_the_block_is_not_hidden(file):
    with pytest.raises(ZeroDivisionError), assert_query_baseline("page", file=file):
        ask(1 // 0)


@pytest.mark.django_db
def test_statements_are_counted():
    assert count_queries(lambda: ask(3)) == 3


@pytest.mark.unit
def test_every_number_belongs_to_a_test_that_asks_for_it():
    for file in (ROOT / "tests").rglob("query_counts.json"):
        texts = "".join(path.read_text("utf-8") for path in file.parent.glob("test_*.py"))
        unused = [name for name in read_counts(file) if not re.search(rf"""["']{re.escape(name)}["']""", texts)]
        assert unused == [], file


@pytest.mark.unit
def test_no_number_is_above_the_limit():
    for file in (ROOT / "tests").rglob("query_counts.json"):
        assert {name: count for name, count in read_counts(file).items() if count > PAGE_LIMIT} == {}, file
