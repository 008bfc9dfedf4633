"""People by their identity number: encrypted, hashed for look-up, masked for the screen."""

from datetime import date

from foundation.common.crypto import encrypt, keyed_hash
from foundation.exchange.services.masking import masked

from ..models import Official
from ..rules.name_search import search_grams
from ..rules.names import sort_key

LAST_DIGITS = "#"  # before the last four characters of a number among the search keys


def name_values(name: str, id_masked: str = "") -> dict:
    """What is stored for a name: itself, its key of order, the search keys, among them the number's last four."""
    last = [LAST_DIGITS + id_masked[-4:].lower()] if id_masked else []
    return {"name": name, "sort_key": sort_key(name), "grams": search_grams(name) + last}


def birth_date(number: str) -> date | None:
    """Birth date that an 18-digit identity number states; None when it states none."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def identity_values(number: str, name: str, id_hash: str = "") -> dict:
    """The stored values of a new person; `id_hash` when it is known already."""
    shown = masked(number)
    return {
        **name_values(name, shown),
        "id_cipher": encrypt(number),
        "id_hash": id_hash or keyed_hash(number),
        "id_masked": shown,
        "birth_on": birth_date(number),
    }


def mark_of(person: Official) -> str:
    """What stands for a person in files without identity numbers: HMAC-SM3 over the number's look-up key.

    A person who came from such a file, and has no number here yet, keeps the mark of that file.
    """
    return keyed_hash(f"mark of a person|{person.id_hash}") if bytes(person.id_cipher) else person.id_hash


def without_number(people) -> dict[str, Official]:
    """Recorded people without a number whom a number and name complete, by the number's keyed hash: same name, same
    masked number, and only one of them (1 query). `people` are pairs of number and name.
    """
    return completed({keyed_hash(number): (name, masked(number)) for number, name in people})


def completed(wanted: dict[str, tuple[str, str]]) -> dict[str, Official]:
    """As `without_number`; `wanted` gives name and masked number by the number's keyed hash."""
    found = Official.objects.system().filter(id_cipher=b"", id_masked__in={text for _name, text in wanted.values()})
    fitting: dict[tuple, list[Official]] = {}
    for person in found:
        fitting.setdefault((person.name, person.id_masked), []).append(person)
    matches = {key: fitting.get(facts, []) for key, facts in wanted.items()}
    return {key: matching[0] for key, matching in matches.items() if len(matching) == 1}


def by_identity(numbers) -> dict[str, Official]:
    """Stored people by the keyed hash of their identity numbers."""
    return by_hashes({keyed_hash(number) for number in numbers})


def by_hashes(hashes) -> dict[str, Official]:
    """Stored people by the keyed hash of their identity numbers, for hashes that are known already."""
    return {person.id_hash: person for person in Official.objects.system().filter(id_hash__in=hashes)}
