"""Words that no text of a clearance may hold (R-CLR-08): whoever keeps informers' identities registers here what to look for.

A source answers for the number of a report: names, numbers and addresses of its informer, as words or, where nobody may read
them, as keyed hashes (`Marks`). Nothing that asks here keeps or prints what it is given; it is compared and forgotten.
"""

from collections.abc import Callable, Iterable

from .rules.informer_words import Marks

Source = Callable[[str], Iterable[str | Marks]]
_sources: list[Source] = []


def add_source(source: Source) -> Source:
    """Register a source (decorator or call); a second registration changes nothing."""
    if source not in _sources:
        _sources.append(source)
    return source


def remove_source(source: Source) -> None:
    """Take a source back; nothing happens for one that is not registered."""
    if source in _sources:
        _sources.remove(source)


def words_about(report_no: str) -> list[str | Marks]:
    """Everything that would give away who reported it; empty for a report without a number."""
    return [word for source in _sources for word in source(report_no)] if report_no else []
