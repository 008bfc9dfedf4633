"""Long acts on a batch: ordered, done once by the worker, told while they last, resumed after a worker that died."""

from io import BytesIO
from time import time
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from foundation.accounts.models import RoleGrant
from foundation.audit.models import Entry
from foundation.common.actors import SystemActor
from foundation.common.results import DomainError
from foundation.exchange import progress
from foundation.exchange.models import BatchStatus, ImportBatch
from foundation.exchange.services import contents, queue
from foundation.exchange.tasks import carry_out, sweep_imports
from foundation.organizations.models import Organization
from tests.support.people import client_of, make_tree
from tests.support.together import all_at_once

from .files import TWO_UNITS, state, units

ACTOR = SystemActor("test")
ENGLISH = {"accept-language": "en"}
WRONG = units("A-W1,甲县水利局,水利局,department,A-FIM,2001-13-01,20,GENERAL")
alone = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture(autouse=True)
def _everything_is_large(settings):
    settings.IMPORT_BYTES_AT_ONCE = settings.IMPORT_ROWS_AT_ONCE = 0


@pytest.fixture
def office(assessment_office):
    """A browser of the assessment office."""
    return client_of(assessment_office)


def ordered(tree, data=TWO_UNITS, actor=ACTOR, kind="units", name="units.csv"):
    return queue.stage_or_order(
        actor=actor, kind_code=kind, file=BytesIO(data), file_name=name, organization=tree.county_a, year=None
    )


def now(batch) -> ImportBatch:
    return ImportBatch.objects.get(pk=batch.pk)


def shown(client, batch, name="batch"):
    return client.get(reverse(f"exchange:{name}", args=[batch.number]), headers=ENGLISH)


class TestOneAfterTheOther:
    pytestmark = alone

    def test_a_large_file_is_kept_in_parts_and_comes_out_as_it_went_in(self, tree, office, monkeypatch):
        monkeypatch.setattr(contents, "PART_BYTES", 40)
        batch = ordered(tree)
        assert (bytes(now(batch).content), batch.size) == (b"", len(TWO_UNITS))
        parts = list(batch.parts.order_by("position").values_list("position", "content"))
        assert [place for place, _sealed in parts] == list(range(1, -(-len(TWO_UNITS) // 40) + 1))
        assert not any(TWO_UNITS[:20] in bytes(sealed) for _place, sealed in parts)
        assert ordered(tree).pk == batch.pk
        assert batch.parts.count() == len(parts), "the same file is kept once"
        carry_out(batch.pk)
        assert now(batch).counts["rows"] == 2
        assert b"".join(shown(office, batch, "batch-file").streaming_content) == TWO_UNITS

    def test_a_large_file_is_kept_read_applied_and_undone_by_the_worker(self, tree):
        batch = ordered(tree)
        assert (now(batch).status, now(batch).is_waiting) == (BatchStatus.READING, True)
        assert carry_out(batch.pk) is True
        assert (now(batch).status, now(batch).counts["rows"]) == (BatchStatus.STAGED, 2)
        before = state(data_only=True)
        queue.apply_or_order(now(batch), actor=ACTOR)
        assert state(data_only=True) == before
        assert carry_out(batch.pk) is True
        assert now(batch).status == BatchStatus.APPLIED
        assert Organization.objects.filter(code="A-W1").exists()
        queue.undo_or_order(now(batch), actor=ACTOR, reason="录错")
        assert carry_out(batch.pk) is True
        assert (now(batch).status, now(batch).undo_reason, now(batch).progress) == (BatchStatus.UNDONE, "录错", {})
        assert state(data_only=True) == before

    def test_every_message_may_come_again_without_effect(self, tree):
        batch = ordered(tree)
        assert carry_out(batch.pk) is True
        after = state()
        assert carry_out(batch.pk) is False
        assert state() == after
        for ask in (queue.apply_or_order, lambda batch, actor: queue.undo_or_order(batch, actor=actor, reason="x")):
            ask(now(batch), actor=ACTOR)
            ask(now(batch), actor=ACTOR)  # pressed twice
            assert carry_out(batch.pk) is True
            after = state()
            assert carry_out(batch.pk) is False
            assert state() == after
        acts = ("exchange.import.applied", "exchange.import.undone")
        assert [Entry.objects.filter(action=act).count() for act in acts] == [1, 1]

    def test_uploading_it_again_meanwhile_orders_nothing_more(self, tree):
        batch = ordered(tree)
        assert ordered(tree).pk == batch.pk
        assert Entry.objects.filter(action="exchange.import.received").count() == 1

    def test_what_stands_against_it_is_said_at_once(self, tree):
        batch = ordered(tree, WRONG)
        carry_out(batch.pk)
        with pytest.raises(DomainError) as caught:
            queue.apply_or_order(now(batch), actor=ACTOR)
        assert caught.value.code == "IMPORT_HAS_ERRORS"
        with pytest.raises(DomainError) as caught:
            queue.undo_or_order(now(batch), actor=ACTOR, reason="x")
        assert caught.value.code == "IMPORT_NOT_APPLIED"
        assert not now(batch).is_waiting

    def test_a_file_that_cannot_be_read_keeps_its_fault_and_can_be_read_again(self, tree, office, assessment_office):
        batch = ordered(tree, b"PK\x03\x04 no table", actor=assessment_office)
        assert carry_out(batch.pk) is True
        assert now(batch).fault
        assert not now(batch).is_waiting
        page = shown(office, batch)
        assert now(batch).fault in page.content.decode()
        office.post(reverse("exchange:batch-read", args=[batch.number]))
        assert now(batch).is_waiting

    def test_rights_that_were_taken_away_meanwhile_count(self, tree, assessment_office):
        batch = ordered(tree, actor=assessment_office)
        RoleGrant.objects.filter(user=assessment_office).delete()
        assert carry_out(batch.pk) is True
        assert now(batch).fault
        assert now(batch).status == BatchStatus.READING

    def test_a_worker_that_dies_leaves_the_order_and_three_times_are_enough(self, tree, monkeypatch):
        batch = ordered(tree)

        def dies(*args):
            raise MemoryError

        with monkeypatch.context() as patched:
            patched.setitem(queue.ACTS, "read", dies)
            for _attempt in range(queue.MAX_ATTEMPTS):
                with pytest.raises(MemoryError):
                    carry_out(batch.pk)
                assert now(batch).is_waiting
        assert now(batch).progress["attempts"] == queue.MAX_ATTEMPTS
        assert carry_out(batch.pk) is False
        assert now(batch).fault
        queue.read_again(now(batch), actor=ACTOR)
        assert carry_out(batch.pk) is True
        assert now(batch).status == BatchStatus.STAGED

    def test_the_sweeper_wakes_what_nobody_does(self, tree, monkeypatch, django_capture_on_commit_callbacks):
        batch = ordered(tree)
        with django_capture_on_commit_callbacks(execute=True):
            assert sweep_imports() == 0  # ordered just now
        assert now(batch).status == BatchStatus.READING
        monkeypatch.setattr(queue, "WAIT", queue.timedelta(0))
        with django_capture_on_commit_callbacks(execute=True):
            assert sweep_imports() == 1
        assert now(batch).status == BatchStatus.STAGED
        assert sweep_imports() == 0

    def test_the_page_tells_progress_and_remaining_time_and_leads_on(self, tree, office, monkeypatch):
        answer = office.post(
            reverse("exchange:upload"),
            {"kind": "units", "organization": "A", "file": SimpleUploadedFile("units.csv", TWO_UNITS)},
        )
        batch = ImportBatch.objects.get()
        assert answer.url == reverse("exchange:batch", args=[batch.number])
        page = shown(office, batch)
        assert "Waiting for the worker" in page.content.decode()
        assert reverse("exchange:batch-progress", args=[batch.number]) in page.content.decode()
        began = time() - 30
        with monkeypatch.context() as patched:
            patched.setattr(progress, "time", SimpleNamespace(time=lambda: began))
            meter = progress.Meter(batch.pk)
        meter.tell(500, 2000)
        words = shown(office, batch, "batch-progress").content.decode()
        assert "500 of 2000" in words
        assert "left" in words
        assert 85 <= progress.progress_of(now(batch)).remaining.total_seconds() <= 100
        progress.Meter(batch.pk).tell(2500, progress.UNKNOWN)
        words = shown(office, batch, "batch-progress").content.decode()
        assert "2500 so far" in words
        assert "<progress aria-label" in words, "no full bar where nobody knows how much there is"
        carry_out(batch.pk)
        ended = shown(office, batch, "batch-progress")
        assert ended["HX-Redirect"] == reverse("exchange:batch", args=[batch.number])
        assert shown(office, batch).context["page"].paginator.count == 2

    def test_rows_cannot_be_decided_about_while_the_worker_applies(self, tree, office):
        batch = ordered(tree)
        carry_out(batch.pk)
        office.post(reverse("exchange:batch-apply", args=[batch.number]))
        assert now(batch).progress["act"] == "apply"
        answer = office.post(reverse("exchange:batch-decide", args=[batch.number]), {"row-1": "skip"})
        assert answer.status_code == 302
        assert not now(batch).rows.exclude(decision="").exists()


@pytest.mark.fault
def test_workers_at_the_same_time_do_it_once(committed_ruled, monkeypatch):
    monkeypatch.setattr(queue, "enqueue", lambda *message: None)
    batch = ordered(make_tree())
    done = all_at_once([lambda: carry_out(batch.pk)] * 4)
    assert sorted(done) == [False, False, False, True]
    assert now(batch).status == BatchStatus.STAGED
    assert now(batch).rows.count() == 2
    assert Entry.objects.filter(action="exchange.import.staged").count() == 1


@pytest.mark.fault
def test_a_batch_that_another_worker_holds_is_left_alone(committed_ruled, monkeypatch):
    monkeypatch.setattr(queue, "enqueue", lambda *message: None)
    batch = ordered(make_tree())
    with transaction.atomic():
        ImportBatch.objects.select_for_update().get(pk=batch.pk)
        assert all_at_once([lambda: carry_out(batch.pk)]) == [False]
        transaction.set_rollback(True)  # as when that worker is killed
    assert carry_out(batch.pk) is True
