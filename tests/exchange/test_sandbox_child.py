"""The child process: small, limited, and without anything of the application."""

import json
import subprocess
import sys
from pathlib import Path

from foundation.exchange.sandbox.limits import DEFAULT
from tests.support import workbooks as made

ROOT = Path(__file__).resolve().parents[2]
PROBE = """
import resource, sys
from foundation.exchange.sandbox import child
from foundation.exchange.sandbox.limits import DEFAULT
child.limit_self(DEFAULT)
limits = [resource.getrlimit(kind) for kind in (
    resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)]
print(repr((limits, sorted(name.partition(".")[0] for name in sys.modules))))
"""


def run(*arguments: str, data: bytes = b"") -> subprocess.CompletedProcess:
    command = [sys.executable, "-S", "-E", *arguments]
    return subprocess.run(command, input=data, capture_output=True, cwd=ROOT, env={}, check=False)


def test_the_child_limits_itself_for_good():
    limits, _ = eval(run("-c", PROBE).stdout)  # noqa: S307 - own output
    assert limits == [(DEFAULT.memory,) * 2, (2, 2), (0, 0), (0, 0)]


def test_the_child_never_loads_django_or_any_installed_package():
    _, modules = eval(run("-c", PROBE).stdout)  # noqa: S307 - own output
    assert not {"django", "openpyxl", "cadremgmt"} & set(modules)


def test_the_child_prints_a_whole_workbook():
    done = run("-m", "foundation.exchange.sandbox.child", DEFAULT.dump(), data=made.small())
    answer = json.loads(done.stdout)
    assert [wire[2::5] for _number, wire in answer["sheets"][0]["rows"]] == [["单位", "1"]]


def test_the_child_prints_a_refusal_and_nothing_else():
    done = run("-m", "foundation.exchange.sandbox.child", DEFAULT.dump(), data=made.far_cell("XFD20000", 20_000))
    answer = json.loads(done.stdout)
    assert list(answer) == ["refused"]
    assert (answer["refused"]["row"], answer["refused"]["column"]) == (20_000, "XFD")
