"""People by their identity number: encrypted, hashed for look-up, masked for the screen."""

from datetime import date

from pypinyin import Style, lazy_pinyin

from foundation.common.crypto import encrypt, keyed_hash
from foundation.exchange.services.masking import masked

from ..models import Official


def birth_date(number: str) -> date | None:
    """Birth date that an 18-digit identity number states; None when it states none."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sort_key(name: str) -> str:
    """Pinyin of a name for ordering, portable to databases without Chinese collations."""
    return " ".join(lazy_pinyin(name, style=Style.TONE3, neutral_tone_with_five=True))[:120]


def identity_values(number: str, name: str) -> dict:
    """The stored values of a new person."""
    return {
        "name": name,
        "sort_key": sort_key(name),
        "id_cipher": encrypt(number),
        "id_hash": keyed_hash(number),
        "id_masked": masked(number),
        "birth_on": birth_date(number),
    }


def by_identity(numbers) -> dict[str, Official]:
    """Stored people by the keyed hash of their identity numbers."""
    hashes = {keyed_hash(number) for number in numbers}
    return {person.id_hash: person for person in Official.objects.system().filter(id_hash__in=hashes)}
