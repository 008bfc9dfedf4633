"""What the terminal shows: plain lines, steps with their seconds, and the one exception a user is meant to read."""

import contextlib
import shutil
import signal
import sys
import threading
import time

REPORT_EVERY = 10.0
"""Seconds between signs of life of a long step when the output is not a terminal."""


class Trouble(Exception):
    """Something the user can mend; the text says what and how. Shown without a traceback."""


class Interrupted(Exception):
    """The user or the system asked this command to stop (Ctrl-C, SIGTERM, SIGHUP)."""


class Stop:
    """Whether this command was asked to stop.

    The signal handler only counts: every wait in this package polls `check()`, so a signal never lands between
    the start of a process and the note of its number.
    """

    signals: list[int] = []

    @classmethod
    def install(cls):
        """Catch Ctrl-C, SIGTERM and a closed terminal from now on."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda received, _frame: cls.signals.append(received))

    @classmethod
    def check(cls):
        """Raise `Interrupted` when a stop was asked for."""
        if cls.signals:
            raise Interrupted(signal.Signals(cls.signals[0]).name)

    @classmethod
    def impatient(cls):
        """True when the user asked more than once: clean up without waiting for anybody."""
        return len(cls.signals) > 1


def say(text="", *, err=False):
    """Print one line at once."""
    stream = sys.stderr if err else sys.stdout
    with contextlib.suppress(BrokenPipeError):
        stream.write(f"{text}\n")
        stream.flush()


def pause(seconds):
    """Wait in small portions, giving up as soon as a stop is asked for."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        Stop.check()
        time.sleep(min(left, 0.1))
    Stop.check()


class Step:
    """One step on the screen: its title at once, its seconds at the end, a sign of life in between.

    Goes to standard error, so that the output of `./dev manage` and `./dev psql` can be used. On a terminal the line is redrawn with the seconds and the last line of output; elsewhere a line is
    printed at the start of a long step and every ten seconds.
    """

    def __init__(self, title):
        self.title = title
        self.detail = ""
        self._failed = False
        self._done = threading.Event()
        self._started = time.monotonic()
        self._tty = sys.stderr.isatty()
        self._drawer = threading.Thread(target=self._draw, daemon=True)

    def __enter__(self):
        self._drawer.start()
        return self

    def __exit__(self, kind, _error, _traceback):
        self._done.set()
        self._drawer.join()
        mark = "✗" if kind or self._failed else "✓"
        self._line(f"{mark} {self.title}", last=True)

    def fail(self, why):
        """Mark the step as failed without leaving the command."""
        self._failed, self.detail = True, why

    @property
    def seconds(self):
        """Seconds since the step began."""
        return time.monotonic() - self._started

    def _draw(self):
        while not self._done.wait(0.2 if self._tty else REPORT_EVERY):
            self._line(f"… {self.title}")

    def _line(self, text, last=False):
        detail = f" · {self.detail}" if self.detail else ""
        line = f"  {text:<44}{self.seconds:6.1f} s{detail}"
        if not self._tty:
            say(line, err=True)
            return
        width = shutil.get_terminal_size().columns - 1
        sys.stderr.write(f"\r\x1b[K{line[:width]}" + ("\n" if last else ""))
        sys.stderr.flush()
