"""The key of encrypted fields can be changed: nothing is lost on the way, and nothing stays under the old key."""

import os

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from foundation.audit.encrypted_columns import encrypted_columns
from foundation.audit.models import Entry
from foundation.audit.services import field_keys
from foundation.audit.services.field_keys import rotate_field_key, waiting_counts
from foundation.common import crypto
from foundation.common.crypto import UnknownFieldKey, decrypt, encrypt, keyed_hash, next_key
from officials.models import Official
from officials.services.people import identity_values

OLD = "00112233445566778899aabbccddeeff" * 2
NUMBERS = ["440784198507219016", "440784198507219024", "440784198507219032", "440784198507219040", "440784198507219059"]
COLUMN = "officials.Official.id_cipher"


@pytest.fixture
def old(settings):
    settings.FIELD_KEY, settings.FIELD_KEYS_OLD = OLD, []
    return settings


def change_key(settings):
    """A new key, the former one kept to open."""
    new = next_key()
    settings.FIELD_KEYS_OLD = [settings.FIELD_KEY, *settings.FIELD_KEYS_OLD]
    settings.FIELD_KEY = new
    return new


def first_version(text):
    """A value as the first version wrote it: without the key's name."""
    nonce = os.urandom(12)
    sealer = Cipher(algorithms.SM4(bytes.fromhex(OLD)[:16]), modes.GCM(nonce)).encryptor()
    body = sealer.update(text.encode()) + sealer.finalize()
    return b"\x01" + nonce + sealer.tag + body


# --- values -----------------------------------------------------------------------------------------------------------
def test_a_former_key_opens_and_the_new_one_encrypts(old):
    before, mark = encrypt("张三"), keyed_hash("张三")
    change_key(old)
    assert decrypt(before) == "张三"
    after = encrypt("张三")
    assert after[:5] != before[:5]
    assert keyed_hash("张三") == mark, "people are still found"
    old.FIELD_KEYS_OLD = []
    assert decrypt(after) == "张三"
    with pytest.raises(UnknownFieldKey):
        decrypt(before)


def test_a_value_of_the_first_version_opens_under_the_current_and_under_a_former_key(old):
    value = first_version("440784")
    assert decrypt(value) == "440784"
    change_key(old)
    change_key(old)
    assert decrypt(value) == "440784"
    old.FIELD_KEYS_OLD = []
    with pytest.raises(InvalidTag):
        decrypt(value)


def test_a_changed_byte_a_changed_header_and_a_cut_value_are_noticed(old):
    value = encrypt("440784198507219016")
    for place in range(len(value)):
        changed = value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]
        with pytest.raises((InvalidTag, ValueError)):
            decrypt(changed)
    for length in range(len(value)):
        with pytest.raises((InvalidTag, ValueError)):
            decrypt(value[:length])


def test_a_key_that_would_hash_otherwise_is_refused_at_once(old):
    old.FIELD_KEYS_OLD = ["ab" * 32]
    with pytest.raises(ImproperlyConfigured, match="second half"):
        decrypt(first_version("1"))
    with pytest.raises(CommandError, match="second half"):
        call_command("rotate_field_key")


# --- the columns ------------------------------------------------------------------------------------------------------
def test_columns_that_hold_secrets_are_declared_and_the_audit_stays_out():
    declared = {column.label for column in encrypted_columns() if column.is_declared}
    assert {COLUMN, "exchange.ImportBatch.content", "exchange.ImportRow.secret"} <= declared
    assert not any(column.label.startswith("audit.") for column in encrypted_columns())
    for column in encrypted_columns():
        history = getattr(column.model, "pgh_event_model", None)
        kept = {field.name for field in history._meta.local_fields} if history else set()
        assert not (column.is_declared and column.name in kept), (
            f"history keeps {column.label}, which nobody may rewrite"
        )


# --- the run ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def people(db, old):
    return [Official.objects.create(**identity_values(number, "张三")) for number in NUMBERS]


def stored():
    return [bytes(value) for value in Official.objects.system().order_by("pk").values_list("id_cipher", flat=True)]


def test_everything_is_encrypted_anew_in_batches_with_one_entry(people, old, capsys):
    Official.objects.system().filter(pk=people[0].pk).update(id_cipher=first_version(NUMBERS[0]))
    Official.objects.system().filter(pk=people[4].pk).update(id_cipher=b"")
    marks = list(Official.objects.system().order_by("pk").values_list("id_hash", flat=True))
    new = change_key(old)
    assert waiting_counts() == {COLUMN: 4}
    with pytest.raises(CommandError):
        call_command("rotate_field_key", check=True)
    call_command("rotate_field_key", batch=2)
    assert f"{COLUMN}: 4" in capsys.readouterr().out
    old.FIELD_KEYS_OLD = []
    assert [decrypt(value) for value in stored()[:4]] == NUMBERS[:4]
    assert stored()[4] == b"", "a person without a number stays without"
    assert list(Official.objects.system().order_by("pk").values_list("id_hash", flat=True)) == marks
    (entry,) = Entry.objects.filter(action="audit.field_key.rotated")
    assert entry.data == {"renewed": {COLUMN: 4}, "unreadable": 0, "finished": True}
    assert new not in str(entry.data) + entry.target_no
    call_command("rotate_field_key", check=True)


def test_a_second_run_changes_nothing_and_writes_no_entry(people, old):
    change_key(old)
    rotate_field_key(actor="test")
    before = stored()
    assert rotate_field_key(actor="test").total == 0
    assert stored() == before
    assert Entry.objects.filter(action="audit.field_key.rotated").count() == 1


def test_a_run_that_breaks_off_is_taken_up_where_it_stopped(people, old, monkeypatch):
    change_key(old)
    opened = []

    def breaks(blob):
        opened.append(blob)
        if len(opened) == 4:
            raise ConnectionError
        return crypto.open_bytes(blob)

    monkeypatch.setattr(field_keys, "open_bytes", breaks)
    with pytest.raises(ConnectionError):
        rotate_field_key(actor="test", batch=2)
    assert waiting_counts() == {COLUMN: 3}, "the finished batch stays, the broken one is as it was"
    monkeypatch.undo()
    assert rotate_field_key(actor="test", batch=2).renewed == {COLUMN: 3}
    old.FIELD_KEYS_OLD = []
    assert [decrypt(value) for value in stored()] == NUMBERS
    entries = Entry.objects.filter(action="audit.field_key.rotated").order_by("pk")
    assert [(entry.data["renewed"][COLUMN], entry.data["finished"]) for entry in entries] == [(2, False), (3, True)]


def test_a_value_that_no_key_opens_is_named_and_left_and_the_others_are_done(people, old, capsys):
    broken = encrypt("x")[:-1] + b"?"
    Official.objects.system().filter(pk=people[1].pk).update(id_cipher=broken)
    change_key(old)
    with pytest.raises(CommandError):
        call_command("rotate_field_key", batch=2)
    assert str(people[1].pk) in capsys.readouterr().err
    assert stored()[1] == broken
    assert waiting_counts() == {COLUMN: 1}


def test_a_large_value_goes_alone(people, old, monkeypatch):
    change_key(old)
    monkeypatch.setattr(field_keys, "BYTES_AT_ONCE", 1)
    seen = []
    done = rotate_field_key(actor="test", progress=lambda label, count: seen.append(count))
    assert done.renewed == {COLUMN: 5}
    assert seen == [1, 2, 3, 4, 5]


def test_the_printed_key_fits(old, capsys):
    call_command("rotate_field_key", new_key=True)
    printed = capsys.readouterr().out.strip()
    assert len(printed) == 64
    assert printed[32:] == OLD[32:]
    assert printed[:32] != OLD[:32]
