"""How far a long act on a batch is. The worker tells while its transaction is open, so this stands in the cache, not in the
row: the act itself never depends on it.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

T = TypeVar("T")
PART = 500
"""Rows that are read, matched or written at a time: what bounds the memory of a long file."""
UNKNOWN = 0
"""How many rows there are, where a file does not say it."""
KEPT = 24 * 3600
APART = 0.5
"""Seconds between two tellings."""
LABELS = {
    "read": gettext_lazy("Reading the file"),
    "apply": gettext_lazy("Applying the import"),
    "undo": gettext_lazy("Undoing the import"),
}


def parts_of(things: Iterable[T], size: int = PART) -> Iterator[list[T]]:
    """The things in lists of `size`, the last one shorter."""
    rest = iter(things)
    while part := list(islice(rest, size)):
        yield part


def _key(batch_pk) -> str:
    return f"exchange:progress:{batch_pk}"


class Meter:
    """Tells the pages how many rows of how many are done; without a batch it tells nobody."""

    def __init__(self, batch_pk: int | None = None) -> None:
        self._batch_pk, self._began, self._told = batch_pk, time.time(), 0.0

    def tell(self, done: int, total: int) -> None:
        """So many rows of `total` (or UNKNOWN) are done. Cheap to call often."""
        now = time.time()
        if self._batch_pk is not None and now - self._told >= APART:
            self._told = now
            cache.set(_key(self._batch_pk), (done, total, self._began), KEPT)

    def clear(self) -> None:
        """Forget what was told: the act has ended, well or not."""
        if self._batch_pk is not None:
            cache.delete(_key(self._batch_pk))


SILENT = Meter()


@dataclass(frozen=True)
class Progress:
    """What `parts/progress.html` shows. `remaining` is estimated from the rows done so far; None before the first.

    `total` is 0 where it is not known.
    """

    label: str
    done: int
    total: int
    elapsed: timedelta
    remaining: timedelta | None
    is_finished: bool
    is_failed: bool
    text: str


def progress_of(batch) -> Progress:
    """How far the act that is ordered for a batch is (no query)."""
    told = cache.get(_key(batch.pk)) if batch.is_waiting else None
    done, total, began = told or (0, batch.counts.get("rows", 0), None)
    now = timezone.now()
    since = datetime.fromisoformat(batch.progress["asked_at"]) if "asked_at" in batch.progress else now
    working = timedelta(seconds=max(now.timestamp() - began, 0)) if began else None
    return Progress(
        label=str(LABELS.get(batch.progress.get("act"), "")),
        done=min(done, total) if total else done,
        total=total,
        elapsed=now - since,
        remaining=working * (total - done) / done if working and 0 < done < total else None,
        is_finished=not batch.is_waiting,
        is_failed=bool(batch.fault),
        text=batch.fault or ("" if told else gettext("Waiting for the worker to take it up.")),
    )
