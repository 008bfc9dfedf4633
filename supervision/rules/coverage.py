"""Has everybody in a leading team been talked to this year (年度谈心谈话全覆盖)? Pure; the number comes from SUP-TALK-YEARLY."""

from collections.abc import Iterable


def count_lacking(held: Iterable[int], needed: int) -> int:
    """How many people lack a talk: `held` says for each how many were held with them in the year, `needed` how many are due."""
    return sum(number < needed for number in held)
