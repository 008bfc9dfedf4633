"""Who is doing what at the moment, as file locks: the kernel lets go of them even when a command is killed.

* `run`: held by `./dev run` while it lives; tells a second start where the first one is.
* `use`: shared by every command that needs the servers; whoever leaves last stops them.
* `setup`: held for the moments in which packages are installed or servers are started or stopped.
* `test`, `bench`: one at a time, because each has one database.
"""

import fcntl
import json
import os

from .console import pause, say
from .project import RUN


class Lock:
    """A lock on a small file in `.run`, which also carries a note for others (JSON)."""

    def __init__(self, name):
        self.path = RUN / f"{name}.lock"
        self._file = None

    def take(self, *, shared=False, wait=False, because=""):
        """Take the lock; return whether it was had. With `wait`, say `because` once and wait for it."""
        if self._file is None:
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        told = False
        while True:
            try:
                fcntl.flock(self._file, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                if not wait:
                    return False
                if because and not told:
                    say(f"  {because}", err=True)
                    told = True
                pause(0.2)
            else:
                return True

    def release(self):
        """Let go; harmless when it was never taken."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def note(self, **values):
        """Write what others may read while the lock is held."""
        self.path.write_text(json.dumps(values))

    def read_note(self):
        """Return what the holder wrote, or an empty dict."""
        try:
            return json.loads(self.path.read_text() or "{}")
        except (FileNotFoundError, json.JSONDecodeError):
            return {}

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.release()
