"""What all benchmarks share: timing, the JSON line, a database of their own."""

import json
import os
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

RESULTS = Path(settings.DATA_DIR) / "bench.jsonl"


@contextmanager
def timed():
    """Measure a block: `with timed() as t: …; t.seconds`."""

    class Clock:
        seconds = 0.0

    clock, start = Clock(), time.perf_counter()
    yield clock
    clock.seconds = time.perf_counter() - start


@dataclass
class Cost:
    """Seconds by the clock, and processor time: of this process, of its ended children, and of the database's server.

    Where a machine is shared the clock says little; processor time says what the work is.
    """

    seconds: float = 0.0
    process: float = 0.0
    children: float = 0.0
    server: float = 0.0

    @property
    def processor(self) -> float:
        """All processor time together."""
        return self.process + self.children + self.server

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(*(mine + its for mine, its in zip(self._parts(), other._parts(), strict=True)))

    def _parts(self) -> tuple[float, ...]:
        return self.seconds, self.process, self.children, self.server

    def as_dict(self) -> dict[str, float]:
        """As it is written down."""
        return {name: round(value, 2) for name, value in vars(self).items()}


@contextmanager
def costing():
    """Measure a block with its processor time; the database's server must run on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (server,) = cursor.fetchone()
    cost, before = Cost(), _used(server)
    yield cost
    for name, old, new in zip(vars(cost), before, _used(server), strict=True):
        setattr(cost, name, new - old)


def _used(server: int) -> tuple[float, ...]:
    """Seconds used so far, in the order of `Cost`."""
    mine = os.times()
    ticks = Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()
    of_server = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
    return time.perf_counter(), mine.user + mine.system, mine.children_user + mine.children_system, of_server


def write(name: str, **figures):
    """Append one JSON line with the figures of a benchmark and print it."""
    line = {"bench": name, "at": time.strftime("%Y-%m-%dT%H:%M:%S"), **figures}
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    with RESULTS.open("a", encoding="utf-8") as out:
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
    print(json.dumps(line, ensure_ascii=False))  # noqa: T201 - the benchmark's output
