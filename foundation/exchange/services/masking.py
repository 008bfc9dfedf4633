"""Identity numbers in import rows: masked wherever people look, complete only in the encrypted column."""

import json
import re

from foundation.common.crypto import decrypt, encrypt

# What looks like an identity number is masked even where a row was too broken to be read.
_LOOKS_LIKE = re.compile(r"(?<![0-9])([0-9]{6})[0-9]{7,8}([0-9]{3}[0-9Xx])(?![0-9])")


def masked(number: str) -> str:
    """440784********1234: region and last four stay readable; a shorter text is hidden as a whole."""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if len(number) > 10 else "*" * len(number)


def without_numbers(text: str) -> str:
    """A text, as the name of a file, in which nothing that looks like an identity number stands in full."""
    return _LOOKS_LIKE.sub(lambda found: masked(found.group(0)), text)


def hide(data, rows, secrets):
    """JSON data with every secret value of the rows, and whatever looks like an identity number, masked."""
    if not secrets:
        return data
    text = json.dumps(data, ensure_ascii=False)
    for number in {row.values[name] for row in rows for name in secrets if row.values.get(name)}:
        text = text.replace(number, masked(number)).replace(number.lower(), masked(number))
    return json.loads(without_numbers(text))


def kept(row, secrets) -> bytes | None:
    """The row's secret values, encrypted; None when the kind has none."""
    values = {name: row.values[name] for name in secrets if row.values.get(name)}
    return encrypt(json.dumps(values, ensure_ascii=False)) if values else None


def shown(row):
    """The stored row with its secret values put back, for the apply function only (never saved)."""
    if row.secret:
        row.values = {**row.values, **json.loads(decrypt(row.secret))}
    return row
