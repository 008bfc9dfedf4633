"""Every act leaves its entry, and only services act."""

import pytest

from .services import silent_services, writes_outside_services
from .tree import plant

pytestmark = pytest.mark.unit

# Services that write and record nothing themselves, each with the reason why that is right.
SILENT = {
    "assessments.services.jobs.claim": "a worker takes a job row; the order was recorded, the run records itself",
    "assessments.services.shelter_measures.lower": "effect of a decision on tolerance, which records",
    "assessments.services.shelter_measures.raise_again": "reversal of a decision on tolerance, which records",
    "assessments.services.openings.close_opening": "part of a signed publication, which records",
    "assessments.services.jobs.sweep": "wakes job rows; the order was recorded, its jobs say what became of them",
    "assessments.services.scheme_content.store_content": "part of save_draft and amend, which record",
    "foundation.accounts.services.keys.note_use": "the day a key was last used: an entry per call would drown the others",
    "foundation.accounts.services.passwords.store": "part of the acts that set a password, which record",
    "foundation.accounts.services.sessions.choose_language": "a person's own taste, no act on anybody's record",
    "foundation.casework.services.alert_digest.tell_digests": "notices tell of alerts, which the sweep records",
    "foundation.casework.services.alert_sweep.raise_alerts": "part of the act of another room, which records",
    "foundation.casework.services.attachments.keep": "part of the acts that take papers in, which record",
    "foundation.casework.services.deadlines.move": "part of perform, which records",
    "foundation.casework.services.deadlines.open_for_state": "part of perform and open_case",
    "foundation.casework.services.engine.note": "writes a case event, append-only and sealed; part of an act that records",
    "foundation.casework.services.engine.open_case": "writes a case event; the act that opens cases (publish) records",
    "foundation.casework.services.notices.settle": "a notice tells of an act that was recorded",
    "foundation.casework.services.notices.tell": "a notice tells of an act that was recorded",
    "foundation.casework.services.notices.tell_each": "notices tell of an act that was recorded",
    "foundation.exchange.services.changes.Changes.create": "the pen of batches.apply, which records once for all rows",
    "foundation.exchange.services.changes.Changes.merge": "the pen of batches.apply",
    "foundation.exchange.services.changes.Changes.update": "the pen of batches.apply",
    "foundation.exchange.services.changes.Changes.save": "the pen of batches.apply",
    "foundation.exchange.services.contents.keep_parts": "part of staging, which records",
    "foundation.exchange.services.keeping.keep_rows": "part of staging, which records",
    "foundation.exchange.services.queue.carry_out": "does what was ordered by a service of its own, which records",
    "foundation.exchange.services.undoing.take_back": "part of batches.undo, which records",
    "foundation.organizations.services.tree.relocate": "part of acts on the tree and of their undoing, which record",
    "foundation.regulations.services.loading.load_calendar": "part of load_regulations, which records all counts at once",
    "foundation.regulations.services.loading.load_codes": "part of load_regulations",
    "foundation.regulations.services.loading.load_rules": "part of load_regulations",
    "officials.services.restrictions.impose": "part of the decision of a room above, which records",
    "officials.services.restrictions.lift": "part of the decision of a room above, which records",
    "officials.services.restrictions.restore": "part of the decision of a room above, which records",
    "officials.services.ledger.Ledger.change_all": "the pen of reorganise.carry_out, which records once for the whole act",
    "officials.services.ledger.Ledger.create_all": "the pen of reorganise.carry_out",
    "officials.services.ledger.take_back": "part of reorganise.undo, which records",
    "officials.services.restrictions.lift_row": "part of the decision of a room above, which records",
    "tolerance.services.decided_effects.apply_planned": "part of a decision, which records",
    "tolerance.services.decided_effects.plan": "part of the draft of a decision, which records",
    "tolerance.services.decided_effects.reverse_applied": "part of the decision that reverses, which records",
}
UNSERVED: dict[str, str] = {"officials.imports.photos._made": "Pillow saves a picture into memory, no row"}

SERVICE = """
from foundation.audit.services.entries import record
from . import other
from .other import helper

def silent(rows):
    rows.save()

def silent_by_helper(rows):
    _write(rows)

def silent_by_sql(cursor):
    cursor.execute("UPDATE x SET y = 1")

def silent_in_bulk():
    Unit.objects.filter(pk=1).update(name="")

def loud(rows):
    rows.delete()
    record(actor=1, action="a.b")

def loud_by_helper(rows):
    _write(rows)
    _tell()

def loud_by_service(rows):
    rows.save()
    other.act(rows)

def reads(rows):
    words = {}
    words.update(a=1)
    return rows.first()

def writes_with_the_pen(batch, rows, changes):
    changes.create(rows)

def _write(rows):
    rows.bulk_create([])

def _tell():
    record(actor=1, action="a.b")
"""
OTHER = """
from foundation.audit.services import entries

def act(rows):
    rows.save()
    entries.record(actor=1, action="a.b")
"""


def test_every_service_that_writes_records_or_says_why_not():
    assert set(silent_services()) == set(SILENT)


def test_nobody_writes_but_services():
    assert set(writes_outside_services()) == set(UNSERVED)


def test_a_service_that_writes_in_silence_is_found(tmp_path):
    root = plant(tmp_path, assessments__services__x=SERVICE, assessments__services__other=OTHER)
    names = {key.rpartition(".")[2] for key in silent_services(root)}
    assert names == {"silent", "silent_by_helper", "silent_by_sql", "silent_in_bulk"}


@pytest.mark.parametrize(
    "layer", ["views", "api__rows", "admin", "forms", "tasks", "selectors", "management__commands__x"]
)
def test_a_write_outside_of_services_is_found(tmp_path, layer):
    text = "def view(request):\n    Unit.objects.create(name=1)\n\ndef other(form):\n    return form.instance.save()\n"
    assert len(writes_outside_services(plant(tmp_path, **{f"foundation__exchange__{layer}": text}))) == 2
