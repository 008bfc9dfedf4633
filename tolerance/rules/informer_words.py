"""No text of a clearance names the informer (R-CLR-08). Pure: the words are handed in, the answer never repeats them.

纪检监察机关处理检举控告工作规则: name, unit, address and content of a report are secret. Somebody may write a name with spaces, with
full-width digits or with a dot inside; all of these count.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from foundation.common.results import Cite, Reason, Verdict

SHORTEST = 2  # a single character would meet half of all texts


def squeezed(text: str) -> str:
    """The text as it is compared: one width, small letters, only letters and digits."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in folded if one.isalnum())


def check_texts(texts: Mapping[str, str], words: Iterable[str], cite: Cite | None = None) -> Verdict:
    """Refusal INFORMER_NAMED for each text that holds one of the words. `facts` name the field and never the word."""
    wanted = {word for word in map(squeezed, words) if len(word) >= SHORTEST}
    return Verdict.from_refusals(
        Reason("INFORMER_NAMED", {"field": name, "rule_id": "R-CLR-08"}, cite)
        for name, text in texts.items()
        if any(word in squeezed(text) for word in wanted)
    )
