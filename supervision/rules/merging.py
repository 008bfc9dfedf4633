"""Several violations decided together (数个违法行为合并处分): the one sanction and the room for its months. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .kinds import GOVERNMENT_KINDS, heaviness

REMOVAL = "GOV_REMOVE"


@dataclass(frozen=True, slots=True)
class Merged:
    """The sanction that is given, and the least and most months the deciding body may set (both None: without a length)."""

    kind: str
    least: int | None
    most: int | None


def compute_merged(kinds: Sequence[str], months_of: Mapping[str, int], rule: Mapping[str, Any]) -> Merged:
    """公职人员政务处分法 第15条 (R-DIS-22, house reading 2): of different kinds the heaviest; of one kind below 撤职 between one
    period and their sum, at most the cap.

    `kinds`: one for each violation; `months_of`: the single period of a kind; `rule`: value of R-DIS-22. When the heaviest
    kind was earned more than once, the room is that of its own violations. ValueError for none, for kinds of another family and
    for a rule that says something else than this function does.
    """
    if (rule["different_kinds"], rule["same_kind_below_removal"]) != ("heaviest", "between_single_and_sum"):
        raise ValueError(f"R-DIS-22 says {rule}: not known how to merge")
    foreign = [kind for kind in kinds if kind not in GOVERNMENT_KINDS]
    if foreign or not kinds:
        raise ValueError(f"only government sanctions are merged, got {', '.join(foreign) or 'none'}")
    heaviest = max(kinds, key=heaviness)
    single = months_of.get(heaviest)
    if single is None:
        return Merged(heaviest, None, None)
    if heaviness(heaviest) >= heaviness(REMOVAL):
        return Merged(heaviest, single, single)
    return Merged(heaviest, single, max(single, min(single * list(kinds).count(heaviest), rule["cap_months"])))
