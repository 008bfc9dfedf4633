"""What reading a hostile workbook costs: seconds and memory, against the promise of 2 s and 300 MB.

Each file is read in a fresh process, so that its peak is its own; memory is that process (with Django and the texts loaded)
and the limited child together. Good workbooks stand beside them for comparison. Exit code 1 when a promise is broken.

    ./dev bench hostile_files
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.support import workbooks as made

SECONDS, MEGABYTES = 2.0, 300
ROOT = Path(__file__).resolve().parents[1]

HOSTILE: dict[str, Callable[[], bytes]] = {
    "zip bomb, 600 MB of zeros": lambda: made.zip_bomb(600),
    "zip bomb with a lying directory": lambda: made.lying_bomb(200),
    "zip bomb of overlapping entries": made.overlapping_bomb,
    "60,000 entries": made.crowded_directory,
    "truncated": lambda: made.many_cells(40_000)[:-5_000],
    "encrypted": lambda: made.ole2(encrypted=True),
    "old .xls": lambda: made.ole2(encrypted=False),
    "external entity": lambda: made.doctype("xl/workbook.xml", made.XXE),
    "billion laughs": lambda: made.doctype("xl/worksheets/sheet1.xml", made.LAUGHS),
    "a cell at XFD20000": lambda: made.far_cell("XFD20000", 20_000),
    "200,000 cells": lambda: made.many_cells(200_000),
    "one long text in 5,000 cells": made.shared_flood,
    "2,200,000 empty rows": made.empty_rows,
    "markup 200,000 levels deep": made.deep_markup,
}
GOOD = [ROOT / "demo" / "heshan" / f"scores-{year}.xlsx" for year in (2023, 2024, 2025)]

READ = """
import json, resource, sys, time
import django
from django.conf import settings
settings.configure(USE_I18N=True)
django.setup()
from foundation.exchange.refusals import FileRefused
from foundation.exchange.sandbox.reader import read_workbook
data = open(sys.argv[1], "rb").read()
begun = time.perf_counter()
try:
    answer = "read, %d cells" % sum(len(sheet.cells) for sheet in read_workbook(data, filename="a.xlsx").sheets)
except FileRefused as refused:
    answer = refused.code
seconds = time.perf_counter() - begun
peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
print(json.dumps({"answer": answer, "seconds": seconds, "megabytes": peak}))
"""


def make(name: str, path: Path) -> None:
    """Write a file in another process: a process remembers the peak of the one it was forked from."""
    subprocess.run(  # noqa: S603 - own interpreter, own code
        [sys.executable, "-m", "bench.hostile_files", "--make", name, str(path)], cwd=ROOT, check=True
    )


def measure(path: Path) -> dict:
    """Seconds, peak and answer of reading one file in a process of its own."""
    done = subprocess.run(  # noqa: S603 - own interpreter, own code
        [sys.executable, "-c", READ, str(path)], capture_output=True, cwd=ROOT, check=True, text=True
    )
    return json.loads(done.stdout)


def main() -> int:
    broken = 0
    print(f"{'file':40} {'size kB':>9} {'seconds':>8} {'MB':>6}  answer")
    with tempfile.TemporaryDirectory() as folder:
        files = list(GOOD)
        for name in HOSTILE:
            path = Path(folder) / f"{name}.xlsx"
            make(name, path)
            files.append(path)
        for path in files:
            found = measure(path)
            is_broken = found["seconds"] > SECONDS or found["megabytes"] > MEGABYTES
            broken += is_broken
            size = path.stat().st_size / 1024
            mark = "  PROMISE BROKEN" if is_broken else ""
            print(
                f"{path.stem:40} {size:9.0f} {found['seconds']:8.2f} {found['megabytes']:6.0f}  {found['answer']}{mark}"
            )
    print(f"promise: at most {SECONDS} s and {MEGABYTES} MB; broken: {broken}")
    return 1 if broken else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--make"]:
        Path(sys.argv[3]).write_bytes(HOSTILE[sys.argv[2]]())
        sys.exit(0)
    sys.exit(main())
