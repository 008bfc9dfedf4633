"""What all benchmarks share: timing, the JSON line, a database of their own."""

import json
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

RESULTS = Path(settings.DATA_DIR) / "bench.jsonl"


@contextmanager
def timed():
    """Measure a block: `with timed() as t: …; t.seconds`."""

    class Clock:
        seconds = 0.0

    clock, start = Clock(), time.perf_counter()
    yield clock
    clock.seconds = time.perf_counter() - start


def write(name: str, **figures):
    """Append one JSON line with the figures of a benchmark and print it."""
    line = {"bench": name, "at": time.strftime("%Y-%m-%dT%H:%M:%S"), **figures}
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    with RESULTS.open("a", encoding="utf-8") as out:
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
    print(json.dumps(line, ensure_ascii=False))  # noqa: T201 - the benchmark's output
