"""Run a program as a step of a command: output to a log, progress on the screen, the end of the log when it fails."""

import os
import signal
import subprocess
import sys
import threading
import time

from .console import Step, Stop, Trouble, say
from .processes import log_path
from .project import ROOT

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
            step.detail = f"exit status {status}"
    if status and not may_fail:
        end = "\n".join(f"    {line}" for line in output.splitlines()[-SHOWN:])
        raise Trouble(f"{title} failed. All of its output is in {log_path(log)}, the end of it:\n{end}")
    return None if status else output


def _run(step, command, env, log):
    lines = []
    child = subprocess.Popen(
        [str(part) for part in command],
        env=env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    reader = threading.Thread(target=_copy, args=(child.stdout, log, lines, step), daemon=True)
    reader.start()
    try:
        while child.poll() is None:
            Stop.check()
            time.sleep(0.05)
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
            try:
                child.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        reader.join(2)
    return "".join(lines), child.returncode


def _copy(stream, log, lines, step):
    with log_path(log).open("ab") as out:
        for raw in stream:
            out.write(raw)
            out.flush()
            line = raw.decode(errors="replace")
            lines.append(line)
            # a progress bar redraws its line with carriage returns: its last state is the news
            step.detail = line.strip().rpartition("\r")[2] or step.detail
    step.detail = ""


def run_foreground(command, env):
    """Run `command` with this command's own terminal; return its exit status.

    Ctrl-C in a terminal reaches the program by itself. A stop asked for otherwise is passed on as SIGINT, so that
    pytest and Django tear down what they set up.
    """
    child = subprocess.Popen([str(part) for part in command], env=env, cwd=ROOT)
    while child.poll() is None and not Stop.signals:
        time.sleep(0.05)
    if child.poll() is None:
        if not (Stop.signals == [signal.SIGINT] and _terminal_is_ours()):
            child.send_signal(signal.SIGINT)
        try:
            child.wait(FINISH_IN)
        except subprocess.TimeoutExpired:
            say(f"  it did not stop within {FINISH_IN:.0f} s and is ended", err=True)
            child.kill()
            child.wait()
    status = child.returncode
    return 128 - status if status < 0 else status


def _terminal_is_ours():
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (OSError, ValueError):
        return False
