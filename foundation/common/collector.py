"""Python's garbage collector during acts that make very many objects."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

NEW_ONES = 50_000
"""So many more objects than before are made until the collector looks again; 700 else."""


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Inside, what stood before is not looked through, and what is new seldom: an import makes objects by the million,
    hardly any in cycles, beside the some hundred thousand of the application that stay. Memory is freed as always.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(NEW_ONES, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
