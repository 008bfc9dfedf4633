"""Run a program as a step of a command: output to a log, progress on the screen, the end of the log when it fails."""

import os
import re
import signal
import subprocess
import sys
import threading
import time

from .console import Step, Stop, Trouble, say
from .processes import birth, end, log_path, note, noted
from .project import PIDS, ROOT

STEP = "step"
SHOWN = 20
"""Lines of a failed program's output that are shown."""
FINISH_IN = 30.0
"""Seconds a program in the foreground gets to finish after a stop was asked for."""


def run_step(title, command, env, *, log="setup", may_fail=False):
    """Run `command` as the step `title`; return its output, or None when it failed and `may_fail`.

    Raises `Trouble` with the end of its output otherwise.
    """
    with Step(title) as step:
        output, status = _run(step, command, env, log)
        if status:
            step.fail(f"exit status {status}")
    if status and not may_fail:
        end = "\n".join(f"    {line}" for line in output.splitlines()[-SHOWN:])
        raise Trouble(f"{title} failed. All of its output is in {log_path(log)}, the end of it:\n{end}")
    return None if status else output


def _run(step, command, env, log):
    output = []
    child = subprocess.Popen(
        [str(part) for part in command],
        env=env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    process = note(f"{STEP}-{os.getpid()}", child)
    reader = threading.Thread(target=_copy, args=(child.stdout, log, output, step), daemon=True)
    reader.start()
    try:
        while child.poll() is None:
            Stop.check()
            time.sleep(0.05)
    finally:
        end(process, grace=5.0)
        reader.join(2)
    return b"".join(output).decode(errors="replace"), child.returncode


def _copy(stream, log, output, step):
    with log_path(log).open("ab") as out:
        while chunk := stream.read1(65536):
            out.write(chunk)
            out.flush()
            output.append(chunk)
            # a progress bar redraws its line with carriage returns: its last state is the news
            lines = [line.strip() for line in re.split(r"[\r\n]", chunk.decode(errors="replace"))]
            step.detail = next((line for line in reversed(lines) if line), step.detail)
    step.detail = ""


def run_foreground(command, env, *, name="foreground"):
    """Run `command` with this command's own terminal; return its exit status.

    Ctrl-C in a terminal reaches the program by itself. A stop asked for otherwise is passed on as SIGINT, so that
    pytest and Django tear down what they set up.
    """
    child = subprocess.Popen([str(part) for part in command], env=env, cwd=ROOT)
    process = note(f"{name}-{os.getpid()}", child)
    while child.poll() is None and not Stop.signals:
        time.sleep(0.05)
    if child.poll() is None:
        if not (Stop.signals == [signal.SIGINT] and _terminal_is_ours()):
            child.send_signal(signal.SIGINT)
        try:
            child.wait(FINISH_IN)
        except subprocess.TimeoutExpired:
            say(f"  it did not stop within {FINISH_IN:.0f} s and is ended", err=True)
    end(process, grace=0)
    status = child.returncode
    return 128 - status if status < 0 else status


def end_orphans():
    """End what commands that were killed (`./dev` itself, kill -9) had started and could not end.

    The note's name ends with the number of the command that wrote it: while that one lives, so may its child.
    """
    for path in PIDS.glob("*-*.json"):
        command = int(path.stem.rpartition("-")[2])
        if birth(command) is None:
            end(noted(path.stem), grace=2.0)


def _terminal_is_ours():
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (OSError, ValueError):  # no terminal, or closed
        return False
