"""Identity numbers in import rows: masked wherever people look, complete only in the encrypted column."""

import json
import re

from foundation.common.crypto import decrypt, encrypt

_MANY_DIGITS = re.compile(r"[0-9]{15}")
# What looks like an identity number is masked even where a row was too broken to be read.
_LOOKS_LIKE = re.compile(r"(?<![0-9])([0-9]{6})[0-9]{7,8}([0-9]{3}[0-9Xx])(?![0-9])")


def masked(number: str) -> str:
    """440784********1234: region and last four stay readable; a shorter text is hidden as a whole."""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if len(number) > 10 else "*" * len(number)


def without_numbers(text: str) -> str:
    """A text, as the name of a file, in which nothing that looks like an identity number stands in full."""
    if not _MANY_DIGITS.search(text):  # far faster to find, and rarely there
        return text
    return _LOOKS_LIKE.sub(lambda found: masked(found.group(0)), text)


def hider(rows, secrets):
    """A function that masks every secret value of the rows, and whatever looks like an identity number, in a text (also
    in one that is JSON).
    """
    if not secrets:
        return lambda text: text
    numbers = {number for row in rows for name in secrets if (number := row.values.get(name))}
    pairs = [(form, masked(number)) for number in numbers for form in dict.fromkeys((number, number.lower()))]

    def hidden(text: str) -> str:
        for number, shown_as in pairs:
            text = text.replace(number, shown_as)
        return without_numbers(text)

    return hidden


def hide(data, rows, secrets):
    """JSON data with every secret value of the rows, and whatever looks like an identity number, masked."""
    return json.loads(hider(rows, secrets)(json.dumps(data, ensure_ascii=False))) if secrets else data


def kept(row, secrets) -> bytes | None:
    """The row's secret values, encrypted; None when the kind has none."""
    values = {name: row.values[name] for name in secrets if row.values.get(name)}
    return encrypt(json.dumps(values, ensure_ascii=False)) if values else None


def shown(row):
    """The stored row with its secret values put back, for the apply function only (never saved)."""
    if row.secret:
        row.values |= json.loads(decrypt(row.secret))
    return row
