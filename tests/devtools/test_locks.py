"""Locks between `./dev` commands."""

import pytest

from devtools import locks

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(locks, "RUN", tmp_path)


def test_the_second_holder_is_refused_and_reads_the_note_of_the_first():
    with locks.Lock("run") as first, locks.Lock("run") as second:
        assert first.take()
        first.note(address="http://127.0.0.1:8000/")
        assert not second.take()
        assert second.read_note() == {"address": "http://127.0.0.1:8000/"}
        first.release()
        assert second.take()


def test_shared_holders_live_together_and_only_the_last_one_gets_it_alone():
    with locks.Lock("use") as first, locks.Lock("use") as second:
        assert first.take(shared=True)
        assert second.take(shared=True)
        assert not first.take()
        assert second.take()


def test_a_missing_or_damaged_note_is_empty(tmp_path):
    assert locks.Lock("run").read_note() == {}
    (tmp_path / "run.lock").write_text("{")
    assert locks.Lock("run").read_note() == {}
