"""`./dev test` and `./dev check`: the suite, and everything else that must hold before a change is accepted."""

import os
import secrets
import shutil
import subprocess
import time

from .console import Stop, Trouble, say
from .locks import Lock
from .project import PYTHON, ROOT, make_run_dir
from .services import TEST, services
from .steps import run_foreground

TEST_SETTINGS = "cadremgmt.settings.test"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk")


def find_chromium():
    """Return the browser for browser tests ($CHROMIUM first), or None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


def test(arguments):
    """Run pytest with its own database and queue, beside a running try-out; return its exit status."""
    with exclusive_services() as found:
        return run_foreground(pytest_command(arguments), test_environment(found))


def pytest_command(arguments):
    """Return pytest's command line. The whole suite is spread over the processors: a file's tests stay together, and a

    process has databases of its own.
    """
    workers = len(os.sched_getaffinity(0))
    spread = [] if arguments else ["-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder"]
    return [PYTHON, "-m", "pytest", *spread, *arguments]


def test_environment(found):
    """Return the environment of the tests: the owner's role, because pytest makes its own database."""
    return found.environment(owner=True, settings=TEST_SETTINGS, CHROMIUM=find_chromium() or "")


class exclusive_services:  # noqa: N801 - used like the function it wraps
    """The services for tests, one user at a time because there is one test database."""

    def __enter__(self):
        make_run_dir()
        self._lock = Lock("test")
        self._lock.take(wait=True, because="another ./dev test is running: waiting")
        self._services = services(TEST)
        return self._services.__enter__()

    def __exit__(self, *exception):
        self._services.__exit__(*exception)
        self._lock.release()


def checks(found):
    """Return the steps of `./dev check` before the tests: title, command, environment."""
    env = found.environment(owner=True)
    modules = [PYTHON, "-m"]
    manage = [PYTHON, "manage.py"]
    yield "ruff: rules", [*modules, "ruff", "check", "."], env
    yield "ruff: format", [*modules, "ruff", "format", "--check", "--output-format", "concise", "."], env
    yield (
        "import-linter: floors and rooms",
        [PYTHON, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        env,
    )
    yield "models have their migrations", [*manage, "makemigrations", "--check", "--dry-run"], env
    yield "deployment settings", [*manage, "check", "--deploy", "--fail-level", "WARNING"], production_like(found)
    yield "translations are complete", [*modules, "tools.check_translations"], env
    yield "djlint: templates", [*modules, "djlint", "templates", "--lint", "--quiet"], env


def production_like(found):
    """Return the environment of production settings with keys that live as long as the check."""
    return found.environment(
        settings="cadremgmt.settings.prod",
        SECRET_KEY=secrets.token_urlsafe(48),
        FIELD_KEY=secrets.token_hex(32),
        ALLOWED_HOSTS="cadre.example.org",
    )


def check(arguments, *, with_tests=True):
    """Run every step, failed ones included, and end with a table; return 1 when one failed."""
    results = []
    with exclusive_services() as found:
        for title, command, env in checks(found):
            results.append(_report(title, command, env))
        if with_tests:
            say("── tests")
            began = time.monotonic()
            status = run_foreground(pytest_command(arguments), test_environment(found))
            results.append(("tests", status, time.monotonic() - began))
            Stop.check()
    say()
    for title, status, seconds in results:
        say(
            f"  {'✓' if status == 0 else '✗'} {title:<40}{seconds:7.1f} s"
            + (f"   exit status {status}" if status else "")
        )
    return 1 if any(status for _title, status, _seconds in results) else 0


def _report(title, command, env):
    Stop.check()
    say(f"── {title}")
    began = time.monotonic()
    done = subprocess.run(
        [str(part) for part in command], env=env, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        say(done.stdout.rstrip())
    return title, done.returncode, time.monotonic() - began


def install_browser():
    """Install Debian's Chromium and a Chinese font unless they are there; return the exit status."""
    if find_chromium() and has_chinese_font():
        say(f"  {find_chromium()} and a Chinese font are installed")
        return 0
    install = ["apt-get", "install", "-y", "--no-install-recommends", *DEBIAN_PACKAGES]
    if not shutil.which("apt-get"):
        raise Trouble(
            "There is no apt-get here. Install Chromium and a Chinese font, and set $CHROMIUM if it is not found."
        )
    if os.geteuid() != 0:
        raise Trouble(f"Installing needs root:\n    sudo apt-get update && sudo {' '.join(install)}")
    make_run_dir()  # the first command on a fresh machine: started programs are noted there
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    status = run_foreground(["apt-get", "update", "-q"], env) or run_foreground(install, env)
    if not status and not find_chromium():
        raise Trouble(
            "The package has no usable browser (Ubuntu's is a snap). Install one and set $CHROMIUM to its program."
        )
    return status


def has_chinese_font():
    """Return whether fontconfig knows a font for Chinese."""
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False).stdout.strip())
