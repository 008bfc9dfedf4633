"""Which kind of staff (编制) the establishment recorded for a person counts as. Pure: the code table is passed in.

The table of establishments (编制类型, ZB135) has four codes. What names none of them, and could mean none of them, counts
as other; what is empty, or may mean several (事业编制 alone is either of two), counts as none: nothing is guessed.
"""

from .labels import How, LabelTable

TABLE = "establishment_zb135"
UNSTATED = "unstated"
KINDS = {"1": "administrative", "2": "reference", "3": "institution", "4": "logistics"}


def kind_of_staff(text: str, table: LabelTable) -> str:
    """The kind of staff of `KINDS_OF_STAFF`, or UNSTATED."""
    match = table.match(text)
    if match.code:
        return KINDS.get(match.code, "other")
    return "other" if match.how is How.UNKNOWN and not match.offers else UNSTATED
