"""Names of people in pinyin: readings and the key that lists are sorted by. Pure. How they are found: `name_search`.

A surname is read as a surname (翟 zhái, 单 shàn, 尉迟 yùchí), whatever the dictionary says first; where people of one
surname or given name really differ (覃 qín or tán, 乐 yuè or lè) every reading is given, the main one first.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from unicodedata import category, normalize

from .name_readings import given_readings, split_surname, surname_readings

MOST_READINGS = 6
SORT_KEY_LENGTH = 120
DOTS = "·•・‧∙⋅●．.｡"
_DOTS = re.compile(f"[{re.escape(DOTS)}]+")
_BLANKS = re.compile(r"\s+")
_BETWEEN_LATIN = re.compile(r"(?<=[A-Za-z])[\s,-]+(?=[A-Za-z])")
_PLAIN = re.compile("[\u4e00-\u9fff]+")
_SYLLABLES = re.compile(r"[A-Za-z]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NameReading:
    """One way to read a name.

    `words` are the surname and the given name, or the parts between dots, in small letters without tones (ü is v);
    `syllables` belong one by one to `characters_of(name)`; `sort_key` sorts by bytes (see `sort_key`).
    """

    words: tuple[str, ...]
    syllables: tuple[str, ...]
    initials: str
    sort_key: str

    @property
    def pinyin(self) -> str:
        """The words with a blank between them: `zhang xiaoming`."""
        return " ".join(self.words)


def parts_of(name: str) -> list[str]:
    """The parts between dots of a name (阿不都·买买提), without blanks; width and composition made uniform.

    `张　三`, padded to the width of a longer name, is 张三. Characters that only choose a shape are dropped.
    """
    if _PLAIN.fullmatch(name):  # nearly all: nothing of what follows can change them
        return [name]
    text = _BETWEEN_LATIN.sub("·", normalize("NFKC", name))
    text = "".join(sign for sign in text if category(sign) not in {"Cf", "Cc", "Mn"} or sign.isspace())
    return [part for part in (_BLANKS.sub("", piece) for piece in _DOTS.split(text)) if part]


def characters_of(name: str) -> list[str]:
    """Characters of the name in order, without dots and blanks; a word in Latin letters counts as one. Small letters."""
    if _PLAIN.fullmatch(name):
        return list(name)
    return [sign.lower() for part in parts_of(name) for sign in _SYLLABLES.findall(part)]


@lru_cache(maxsize=512)
def readings(name: str) -> tuple[NameReading, ...]:
    """All ways to read a name, the main one first, at most six. An empty name has one empty reading."""
    parts = parts_of(name)
    if len(parts) == 1 and not parts[0].isascii():
        surname, given = split_surname(parts[0])
        words = [surname, given] if given else [surname]
        first = surname_readings(surname)
    else:  # with dots there is no surname: the first part is read and sorted as a whole
        words = parts
        first = (tuple(given_readings(sign)[0] for sign in _signs("".join(words[:1]))),)
    spread = slice(None) if len(parts) == 1 else slice(1)  # sounds written in characters: one reading each
    later = [given_readings(sign)[spread] for word in words[1:] for sign in _signs(word)]
    ways = islice(product(first, *later), MOST_READINGS)
    found = [_reading(words, (*head, *tail)) for head, *tail in ways]
    if len(found) == 1:
        return (found[0],)
    return tuple({reading.syllables: reading for reading in reversed(found)}.values())[::-1]


def sort_key(name: str) -> str:
    """Key that sorts names as a Chinese roster does, comparing bytes, in every database (collation C).

    By pinyin of the surname, then its tone, then the surname itself, so that one surname stands together (张 never
    among 章; 欧阳 after all 欧), then by the given name in the same way. At most 120 characters.
    """
    return readings(name)[0].sort_key


def _signs(word: str) -> list[str]:
    if _PLAIN.fullmatch(word):
        return list(word)
    return [sign.lower() for sign in _SYLLABLES.findall(word)]


def _reading(words: list[str], toned: tuple[str, ...]) -> NameReading:
    plain = tuple(map(_plain, toned))
    spelled, keys, at = [], [], 0
    for word in words:
        signs = _signs(word)
        end = at + len(signs)
        spelled.append("".join(plain[at:end]))
        keys.append([syllable + sign for syllable, sign in zip(toned[at:end], signs, strict=True)])
        at = end
    # "-" sorts after the blank that ends the surname: the longer surname follows the shorter one.
    # "u:" sorts after "u" with its tone and before "ua": lu, lü, luan, as in a dictionary.
    key = " ".join("-".join(word) if number == 0 else " ".join(word) for number, word in enumerate(keys))
    initials = "".join([syllable[0] for syllable in plain if syllable])
    return NameReading(tuple(spelled), plain, initials, key[:SORT_KEY_LENGTH])


@lru_cache(maxsize=4096)  # all syllables there are, with their tones, are fewer
def _plain(syllable: str) -> str:
    return syllable.rstrip("12345").replace("u:", "v") if len(syllable) > 1 else syllable
