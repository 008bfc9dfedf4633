"""National-standard cryptography for fields at rest: SM4-GCM for values, HMAC-SM3 for look-up, SM3 for seals.

The key is `FIELD_KEY` (64 hexadecimal digits): the first half encrypts, the second keys the hashes, so that a leaked
look-up key does not open values. GB/T 32907 (SM4), GB/T 32905 (SM3).

An encrypted value names its key, so keys can be changed: `FIELD_KEYS_OLD` lists former keys, which open and never
encrypt, until `manage.py rotate_field_key` has encrypted everything anew. The second half stays the same for good: hashes
stand in unique columns, in marks that other installations keep, and in audit entries that nobody may rewrite.
"""

import os
import secrets
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

UNNAMED = b"\x01"  # values of the first version do not name their key
NAMED = b"\x02"
HEADER = 5  # version and key id
NONCE = 12
TAG = 16


class UnknownFieldKey(ValueError):
    """The value was encrypted with a key that is neither FIELD_KEY nor in FIELD_KEYS_OLD."""


@dataclass(frozen=True, slots=True)
class FieldKey:
    """One key: `header` begins every value that it encrypted (version and the key's id, four bytes of its SM3)."""

    encrypting: bytes = field(repr=False)
    hashing: bytes = field(repr=False)
    header: bytes


@lru_cache(maxsize=16)
def _parsed(text: str) -> FieldKey:
    try:
        both = bytes.fromhex(text)
    except ValueError as error:
        raise ImproperlyConfigured("FIELD_KEY must be hexadecimal") from error
    if len(both) != 32:
        raise ImproperlyConfigured("FIELD_KEY must have 64 hexadecimal digits (32 bytes)")
    return FieldKey(both[:16], both[16:], NAMED + sm3(b"field key|" + both[:16])[:4])


_sm4 = lru_cache(maxsize=16)(algorithms.SM4)


@lru_cache(maxsize=16)
def _keyed(key: bytes) -> hmac.HMAC:
    """What every hash with this key begins with, to be copied: setting it up costs more than a number's hash."""
    return hmac.HMAC(key, hashes.SM3())


def current_key() -> FieldKey:
    """The key that encrypts. Raises ImproperlyConfigured when a key is malformed."""
    return _parsed(settings.FIELD_KEY)


def former_keys() -> list[FieldKey]:
    """Keys that only open. Raises ImproperlyConfigured when one is malformed or hashes otherwise than the current key."""
    found = [_parsed(text) for text in settings.FIELD_KEYS_OLD]
    if any(key.hashing != current_key().hashing for key in found):
        raise ImproperlyConfigured(
            "The second half of FIELD_KEY must stay as it was in FIELD_KEYS_OLD: it finds people by their numbers. "
            "`manage.py rotate_field_key --new-key` prints a key that fits."
        )
    return found


def next_key() -> str:
    """A new value for FIELD_KEY: another key to encrypt, the same to hash."""
    return (secrets.token_bytes(16) + current_key().hashing).hex()


def seal_bytes(data: bytes) -> bytes:
    """Encrypt bytes: version and key id (authenticated), 12-byte nonce, 16-byte tag, ciphertext."""
    key, nonce = current_key(), os.urandom(NONCE)
    sealer = Cipher(_sm4(key.encrypting), modes.GCM(nonce)).encryptor()
    sealer.authenticate_additional_data(key.header)
    body = sealer.update(data) + sealer.finalize()
    return key.header + nonce + sealer.tag + body


def open_bytes(blob: bytes) -> bytes:
    """Open what `seal_bytes` made, with the key that the value names.

    Raises cryptography's InvalidTag when the bytes are wrong, or when no key opens a value of the first version;
    UnknownFieldKey when the key that the value names is not at hand; ValueError on a wrong version.
    """
    blob = bytes(blob)
    if blob[:1] == NAMED:
        key = next((key for key in _all_keys() if key.header == blob[:HEADER]), None)
        if key is None:
            raise UnknownFieldKey(f"no key with the id {blob[1:HEADER].hex()} in FIELD_KEY and FIELD_KEYS_OLD")
        return _opened(key, blob[HEADER:], blob[:HEADER])
    if blob[:1] != UNNAMED:
        raise ValueError("unknown version of an encrypted field")
    former = former_keys()
    for key in former:
        try:
            return _opened(key, blob[1:], b"")
        except InvalidTag:
            continue
    return _opened(current_key(), blob[1:], b"")


def _all_keys():
    yield current_key()
    yield from former_keys()


def _opened(key: FieldKey, rest: bytes, header: bytes) -> bytes:
    nonce, tag, body = rest[:NONCE], rest[NONCE : NONCE + TAG], rest[NONCE + TAG :]
    if len(tag) < TAG:
        raise InvalidTag
    opener = Cipher(_sm4(key.encrypting), modes.GCM(nonce, tag)).decryptor()
    if header:
        opener.authenticate_additional_data(header)
    return opener.update(body) + opener.finalize()


def encrypt(text: str) -> bytes:
    """Encrypt a text; errors as `open_bytes`."""
    return seal_bytes(text.encode())


def decrypt(blob: bytes) -> str:
    """Open what `encrypt` made; errors as `open_bytes`."""
    return open_bytes(blob).decode()


def keyed_hash(text: str) -> str:
    """Look-up key of a secret value: HMAC-SM3, hexadecimal (64 characters). The same under every former and later key."""
    maker = _keyed(current_key().hashing).copy()
    maker.update(text.encode())
    return maker.finalize().hex()


def sm3(data: bytes) -> bytes:
    """SM3 digest, 32 bytes."""
    maker = hashes.Hash(hashes.SM3())
    maker.update(data)
    return maker.finalize()
