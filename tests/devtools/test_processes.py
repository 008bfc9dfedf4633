"""What `./dev` starts it recognises again, and it never ends a stranger."""

import os
import signal
import subprocess
import sys
import time

import pytest

from devtools import processes, project

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    for name in ("PIDS", "LOGS"):
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.setattr(processes, name, folder)


def start(code, name="sleeper"):
    return processes.start(name, [sys.executable, "-c", code], project.child_environment())


def wait_for(condition, seconds=10):
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "did not happen in time"
        time.sleep(0.02)


def test_a_started_process_is_found_again_by_its_note():
    process = start("import time; time.sleep(60)")
    assert processes.noted("sleeper") == process
    assert process.is_alive()
    processes.end(process)
    assert not process.is_alive()
    assert processes.noted("sleeper") is None


def test_a_stranger_with_the_same_number_is_left_alone():
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    stranger = subprocess.Popen(sleep, start_new_session=True, env=project.child_environment())
    try:
        processes.Noted("sleeper", stranger.pid, "another time").save()
        processes.end(processes.noted("sleeper"))
        with pytest.raises(subprocess.TimeoutExpired):
            stranger.wait(0.5)
    finally:
        stranger.kill()
        stranger.wait()


def test_a_dead_child_that_nobody_collected_counts_as_dead():
    child = subprocess.Popen([sys.executable, "-c", ""])
    wait_for(lambda: processes.birth(child.pid) is None)
    child.wait()


def test_a_process_that_ignores_the_request_is_killed_after_the_grace():
    process = start(
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('on', flush=True); time.sleep(60)"
    )
    wait_for(lambda: processes.tail("sleeper") == ["on"])
    processes.end(process, grace=0.2)
    assert not process.is_alive()


def test_children_of_a_killed_leader_are_ended_too():
    process = start(
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    wait_for(lambda: processes.tail("sleeper"))
    child = int(processes.tail("sleeper")[0])
    os.kill(process.pid, signal.SIGKILL)
    wait_for(lambda: not process.is_alive())
    assert processes.birth(child) is not None
    processes.end(process)
    wait_for(lambda: processes.birth(child) is None)


def test_a_damaged_note_counts_as_none(tmp_path):
    (processes.PIDS / "web.json").write_text("{")
    assert processes.noted("web") is None


def test_the_tail_of_a_log_is_its_last_lines():
    processes.log_path("web").write_text("\n".join(map(str, range(100))))
    assert processes.tail("web", 3) == ["97", "98", "99"]
    assert processes.tail("nothing") == []
