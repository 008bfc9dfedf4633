"""The try-out that `./dev run` starts: loopback only, keys kept in the data folder, errors as users see them."""

import secrets

from .base import *  # noqa: F403
from .base import DATA_DIR, FIELD_KEY, SECRET_KEY, env

KEY_FILE = DATA_DIR / "keys"


def _keys():
    """Make this copy's own keys once, so that no secret stands in the tree and a restart keeps sessions."""
    if not KEY_FILE.exists():
        KEY_FILE.parent.mkdir(parents=True, exist_ok=True)
        KEY_FILE.write_text(f"{secrets.token_urlsafe(48)}\n{secrets.token_hex(32)}\n")
        KEY_FILE.chmod(0o600)
    return KEY_FILE.read_text().split()


if not (SECRET_KEY and FIELD_KEY):
    SECRET_KEY, FIELD_KEY = _keys()
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
DEBUG = env.bool("DEBUG", default=False)
DEMO_ACCOUNTS = env.bool("DEMO_ACCOUNTS", default=True)
DEMO_PASSWORD = "Heshan-Demo-2025"  # noqa: S105 - of the demo's accounts, on this machine's loopback only
