"""Rows written by COPY are the rows that `bulk_create` would have written, with keys, history and the database's checks."""

import json
from datetime import date

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from foundation.common.copying import copy_new, copy_rows
from foundation.exchange.services.changes import Snapshots, snapshot
from officials.models import Official, PostHolding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
AWKWARD = 'a\tb\\n\n\r"c"{,}\\.NULL \\N'


def person(key: str, **more) -> Official:
    values = {
        "name": AWKWARD,
        "grams": ["张", 'q"u\\o', "NULL", "a,b", ""],
        "id_hash": key,
        "id_cipher": b"\x00\\\xff\n",
    }
    return Official(**values | {"birth_on": date(1980, 2, 29), "none_declared": ["family", 'q"']} | more)


def stored(pk: int) -> dict:
    return Official.objects.system().filter(pk=pk).values().get()


def test_every_value_is_stored_as_bulk_create_stores_it():
    (copied,), (created,) = copy_rows([person("1")]), Official.objects.bulk_create([person("2")])
    ours, theirs = stored(copied.pk), stored(created.pk)
    assert ours.pop("name") == AWKWARD
    for values in (ours, theirs):
        for name in ("id", "id_hash"):
            values.pop(name)
    theirs.pop("name")
    ours["id_cipher"], theirs["id_cipher"] = bytes(ours["id_cipher"]), bytes(theirs["id_cipher"])
    assert ours == theirs
    assert copied.updated_at == ours["updated_at"]


def test_keys_follow_the_sequence_and_history_is_kept():
    made = copy_rows([person(str(number)) for number in range(3)])
    later = Official.objects.create(name="x", id_hash="later", id_cipher=b"", grams=[])
    assert sorted({each.pk for each in made}) == [each.pk for each in made]
    assert later.pk > made[-1].pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM officials_officialrowevent WHERE id = ANY(%s)", [[m.pk for m in made]])
        assert cursor.fetchone() == (3,)
    assert not made[0]._state.adding


def test_what_the_database_refuses_is_refused_and_nothing_stays():
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_rows([person("1"), person("1")])
    with pytest.raises(DataError), transaction.atomic():
        copy_rows([person("1", sex="far too long")])
    with pytest.raises(ValueError, match="unsaved"):
        copy_rows([PostHolding(official=person("1"), starts_on=date(2020, 1, 1))])
    assert not Official.objects.exists()
    assert copy_rows([]) == []


def test_rows_given_as_values_are_the_rows_that_objects_would_have_made():
    full = {
        "name": AWKWARD,
        "grams": ["张", 'q"u\\o', "NULL", "a,b", ""],
        "id_hash": "1",
        "id_cipher": b"\x00\\\xff\n",
        "birth_on": date(1980, 2, 29),
        "none_declared": ["family", 'q"'],
        "has_grassroots_years": None,
        "positions": 6,
    }
    ours, bare = copy_new(Official, [full, {"name": "张三", "id_hash": "2", "id_cipher": b""}])
    (theirs,) = copy_rows([person("3", positions=6)])
    mine, other = stored(ours), stored(theirs.pk)
    assert (mine.pop("id_hash"), other.pop("id_hash"), mine.pop("id") < other.pop("id")) == ("1", "3", True)
    assert bytes(mine.pop("id_cipher")) == bytes(other.pop("id_cipher")) == full["id_cipher"]
    assert mine == other
    assert bare == ours + 1
    assert (stored(bare)["grams"], stored(bare)["status"], stored(bare)["positions"]) == ([], "1", 0)


def test_the_snapshot_of_new_values_is_that_of_the_stored_row():
    values = {"name": AWKWARD, "id_hash": "1", "id_cipher": b"\xff\x00", "birth_on": date(1980, 2, 29), "grams": ["张"]}
    rows = [values, values | {"id_hash": "2", "version": 3}]
    written = Snapshots(Official, {*values, "version"})
    for key, row in zip(copy_new(Official, rows), rows, strict=True):
        assert json.loads(written.of(key, row)) == snapshot(Official.objects.get(pk=key))


def test_a_column_that_the_database_fills_is_named_by_all_rows_or_by_none():
    row = {"name": "张三", "id_hash": "1", "id_cipher": b""}
    with pytest.raises(KeyError):
        copy_new(Official, [row | {"updated_at": None}, row | {"id_hash": "2"}])
    assert copy_new(Official, []) == []
