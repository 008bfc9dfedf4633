"""No text of a clearance names the informer (R-CLR-08). Pure: the words are handed in, the answer never repeats them.

纪检监察机关处理检举控告工作规则: name, unit, address and content of a report are secret. Somebody may write a name with spaces, with
full-width digits or with a dot inside; all of these count.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from foundation.common.results import Cite, Reason, Verdict

SHORTEST = 2  # a single character would meet half of all texts


def squeezed(text: str) -> str:
    """The text as it is compared: one width, small letters, only letters and digits."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in folded if one.isalnum())


@dataclass(frozen=True, slots=True)
class Marks:
    """Words of which only keyed hashes are known: `marks` of words of so many characters each (`sizes`), made by `hashed`.

    Whether a text holds one is found by hashing its parts of these lengths; the words themselves are not needed.
    """

    sizes: frozenset[int]
    marks: frozenset[str]
    hashed: Callable[[str], str]

    def stand_in(self, text: str) -> bool:
        """Does the squeezed text hold one of the words?"""
        parts = {text[at : at + size] for size in self.sizes for at in range(len(text) - size + 1)}
        return any(self.hashed(part) in self.marks for part in parts)


def check_texts(texts: Mapping[str, str], words: Iterable[str | Marks], cite: Cite | None = None) -> Verdict:
    """Refusal INFORMER_NAMED for each text that holds one of the words. `facts` name the field and never the word."""
    given = list(words)
    marks = [word for word in given if isinstance(word, Marks)]
    wanted = {squeezed(word) for word in given if isinstance(word, str)}
    wanted = {word for word in wanted if len(word) >= SHORTEST}

    def names(text: str) -> bool:
        return any(word in text for word in wanted) or any(one.stand_in(text) for one in marks)

    return Verdict.from_refusals(
        Reason("INFORMER_NAMED", {"field": name, "rule_id": "R-CLR-08"}, cite)
        for name, text in texts.items()
        if names(squeezed(text))
    )
