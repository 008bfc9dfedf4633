"""What somebody typed into the search box, word by word: number, ending of a number, or part of a name, unit, post. Pure."""

import re
from dataclasses import dataclass

from .name_search import is_exact, query_grams, typed_characters

MOST_WORDS = 6
_NUMBER = re.compile(r"\d{17}[\dXx]|\d{15}")
_ENDING = re.compile(r"\d{3}[\dXx]")
_BLANKS = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True, slots=True)
class TypedWord:
    """One word. `number`: a whole identity number; `ending`: its last four; else `grams` of a name and `text`.

    `inside`: characters that the name must hold one after another, where the grams alone say too little. `pairs`: pairs
    of neighbouring characters, for texts of posts and units; none for a single character, which asks for a name.
    """

    text: str
    number: str = ""
    ending: str = ""
    grams: tuple[str, ...] = ()
    inside: str = ""
    pairs: tuple[str, ...] = ()

    @property
    def asks_nothing(self) -> bool:
        """Nothing that could stand in a name, a number or a post."""
        return not (self.number or self.ending or self.grams or self.pairs)


def read_typed(text: str) -> tuple[TypedWord, ...]:
    """The words of a search; single characters between blanks (张 三) are one name."""
    parts = [part for part in _BLANKS.split(text.strip()) if part][:MOST_WORDS]
    if len(parts) > 1 and all(len(part) == 1 for part in parts):
        parts = ["".join(parts)]
    return tuple(map(_read_word, parts))


def _read_word(part: str) -> TypedWord:
    if _NUMBER.fullmatch(part):
        return TypedWord(part, number=part.upper())
    pairs = pairs_of(part) if not part.isascii() else ()
    if _ENDING.fullmatch(part):
        return TypedWord(part, ending=part.lower())
    inside = typed_characters(part) if not is_exact(part) and not part.isascii() else ""
    if any(sign.isascii() for sign in inside):
        inside = ""  # characters and letters mixed: the grams leave few
    return TypedWord(part, grams=tuple(query_grams(part)), inside=inside, pairs=pairs)


def pairs_of(text: str) -> tuple[str, ...]:
    """Pairs of neighbouring signs, small letters; what an array of pairs must contain to hold the text."""
    small = text.lower()
    return tuple(dict.fromkeys(small[at : at + 2] for at in range(len(small) - 1)))
