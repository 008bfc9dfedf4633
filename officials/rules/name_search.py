"""Search as you type over name, pinyin and initials, by one array of short texts per person. Pure.

`search_grams(name)` is what is stored (GIN index), `query_grams(text)` what must be contained in it:
`grams @> query`. What the array holds, for 张晓明 (zhang xiaoming):

* every character and every pair of neighbours: 张 晓 明 张晓 晓明, so that one or two characters anywhere are found;
* what somebody types in Latin letters, as far as typed: the full pinyin (z, zh, … zhangxiaoming), the initials
  (z, zx, zxm), the surname in full with initials (zhangx, zhangxm), the given name in full (xi, … xiaoming);
  every reading of an ambiguous name; ü as v and as u; the first letters of the parts of a name with dots;
* mixed typing: a character with the next two letters in full or as initials (张x, 张xi, 张xm, 晓m, 晓mi).

The array answers exactly for one or two characters and for Latin letters alone up to 16 (`is_exact`). For three and more
characters it is a superset of almost no more than the answer: narrow by the name, without dots, containing the text. For
mixed typing `matches` decides, on the few rows that the array leaves. An empty list means that nothing was typed that
could stand in a name: no search, not "everybody".
"""

import re
from functools import lru_cache

from .names import NameReading, characters_of, parts_of, readings

LONGEST_TYPED = 16
_LENGTHS = tuple(range(1, LONGEST_TYPED + 1))
_RUNS = re.compile(r"[a-z]+|[^a-z]+")
_NOT_TYPED = re.compile(r"[\s,;'’`·•・‧.\-，、；0-9]+")


def search_grams(name: str) -> list[str]:
    """The array to store for a name, sorted, without doubles; some 30 texts for a name of three characters."""
    return list(_search_grams(name))


@lru_cache(maxsize=512)
def _search_grams(name: str) -> tuple[str, ...]:
    signs, has_dots = characters_of(name), len(parts_of(name)) > 1
    grams = set(signs) | {first + second for first, second in zip(signs, signs[1:], strict=False)}
    for reading in readings(name):
        grams |= _typed(reading) | _mixed(signs, reading)
        if has_dots:
            grams |= _beginnings("".join(word[0] for word in reading.words))
    return tuple(sorted(grams))


def _typed(reading: NameReading) -> set[str]:
    """Whatever of the reading can be typed in Latin letters alone."""
    words, count = reading.words, len(reading.words)
    following = reading.initials[_syllables_in_first_word(reading) :]
    grams = _beginnings("".join(words)) | _beginnings(reading.initials)
    grams |= {words[0] + following[:length] for length in range(1, len(following) + 1)}
    for start in range(1, count):
        following = "".join(words[start:])
        grams |= {following[:length] for length in _LENGTHS[1 : len(following)]}
    letters = "".join(words) + reading.initials
    if not (letters.isascii() and letters.isalpha() and max(map(len, grams)) <= LONGEST_TYPED):
        grams = {gram[:LONGEST_TYPED] for gram in grams if gram.isascii() and gram.isalpha()}
    return grams | {gram.replace("v", "u") for gram in grams} if "v" in letters else grams


def _syllables_in_first_word(reading: NameReading) -> int:
    length = 0
    for number, syllable in enumerate(reading.syllables):
        length += len(syllable)
        if length >= len(reading.words[0]):
            return number + 1
    return len(reading.syllables)


def _beginnings(text: str) -> set[str]:
    return {text[:length] for length in _LENGTHS[: len(text)]}


def _mixed(signs: list[str], reading: NameReading) -> set[str]:
    """A character, then one or two letters of what follows it."""
    grams = set()
    for place in range(1, len(signs)):
        after = reading.syllables[place : place + 2]
        tails = {"".join(after)[:2], "".join([syllable[0] for syllable in after]), after[0][0]}
        if any("v" in tail for tail in tails):
            tails |= {tail.replace("v", "u") for tail in tails}
        grams |= {signs[place - 1] + tail for tail in tails if tail.isascii() and tail.isalpha()}
    return grams


def query_grams(text: str) -> list[str]:
    """What the stored array must contain for this typed text: characters, initials, pinyin, or a mixture."""
    grams: list[str] = []
    before = ""
    for run in _runs(text):
        if not run.isascii():
            grams += [run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]
        elif before:
            grams.append(before[-1] + run[:2])
        else:
            grams.append(run[:LONGEST_TYPED])
        before = "" if run.isascii() else run
    return list(dict.fromkeys(grams))


def is_exact(text: str) -> bool:
    """Does the array alone answer this text, without a second look at the names?"""
    runs = _runs(text)
    return len(runs) < 2 and all(len(run) <= (LONGEST_TYPED if run.isascii() else 2) for run in runs)


def matches(name: str, text: str) -> bool:
    """Does the typed text find the name? The whole condition, for narrowing what the array found."""
    runs = _runs(text)
    if not runs or not set(query_grams(text)) <= set(search_grams(name)):
        return False
    if is_exact(text):
        return True
    signs = characters_of(name)
    return any(
        _follows(signs, reading.syllables, place, "".join(runs))
        for reading in readings(name)
        for place in range(len(signs))
    )


def typed_characters(text: str) -> str:
    """The typed text as it would stand in a name without dots: for `contains` on three and more characters."""
    return "".join(_runs(text))


def _follows(signs: list[str], syllables: tuple[str, ...], place: int, text: str) -> bool:
    """Can the text be taken up character by character from this place, each one as itself or as a beginning of its pinyin?"""
    if not text:
        return True
    if place == len(signs):
        return False
    spellings = {syllables[place], syllables[place].replace("v", "u")}
    eaten = {len(signs[place])} if text.startswith(signs[place]) else set()
    eaten |= {n for spelling in spellings for n in range(1, len(spelling) + 1) if text.startswith(spelling[:n])}
    return any(_follows(signs, syllables, place + 1, text[length:]) for length in sorted(eaten, reverse=True))


def _runs(text: str) -> list[str]:
    """The typed text in runs of Latin letters and of characters, uniform as names are."""
    spelled = text.lower().replace("u:", "v").replace("ü", "v")
    joined = _NOT_TYPED.sub("", "".join(parts_of(_NOT_TYPED.sub("·", spelled))))
    # lyu, the passport's spelling, can be nothing else than lü: no syllable ends in l
    return _RUNS.findall(joined.lower().replace("lyu", "lv"))
