"""National-standard cryptography for fields at rest: SM4-GCM for values, HMAC-SM3 for look-up, SM3 for seals.

The key is `FIELD_KEY` (64 hexadecimal digits): the first half encrypts, the second keys the hashes, so that a leaked
look-up key does not open values. GB/T 32907 (SM4), GB/T 32905 (SM3).
"""

import os

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = b"\x01"


def _keys() -> tuple[bytes, bytes]:
    try:
        both = bytes.fromhex(settings.FIELD_KEY)
    except ValueError as error:
        raise ImproperlyConfigured("FIELD_KEY must be hexadecimal") from error
    if len(both) != 32:
        raise ImproperlyConfigured("FIELD_KEY must have 64 hexadecimal digits (32 bytes)")
    return both[:16], both[16:]


def seal_bytes(data: bytes) -> bytes:
    """Encrypt bytes: version, 12-byte nonce, 16-byte tag, ciphertext."""
    nonce = os.urandom(12)
    sealer = Cipher(algorithms.SM4(_keys()[0]), modes.GCM(nonce)).encryptor()
    body = sealer.update(data) + sealer.finalize()
    return VERSION + nonce + sealer.tag + body


def open_bytes(blob: bytes) -> bytes:
    """Open what `seal_bytes` made. Raises cryptography's InvalidTag when key or bytes are wrong, ValueError on a wrong version."""
    blob = bytes(blob)
    if blob[:1] != VERSION:
        raise ValueError("unknown version of an encrypted field")
    opener = Cipher(algorithms.SM4(_keys()[0]), modes.GCM(blob[1:13], blob[13:29])).decryptor()
    return opener.update(blob[29:]) + opener.finalize()


def encrypt(text: str) -> bytes:
    """Encrypt a text; errors as `open_bytes`."""
    return seal_bytes(text.encode())


def decrypt(blob: bytes) -> str:
    """Open what `encrypt` made; errors as `open_bytes`."""
    return open_bytes(blob).decode()


def keyed_hash(text: str) -> str:
    """Look-up key of a secret value: HMAC-SM3, hexadecimal (64 characters)."""
    maker = hmac.HMAC(_keys()[1], hashes.SM3())
    maker.update(text.encode())
    return maker.finalize().hex()


def sm3(data: bytes) -> bytes:
    """SM3 digest, 32 bytes."""
    maker = hashes.Hash(hashes.SM3())
    maker.update(data)
    return maker.finalize()
