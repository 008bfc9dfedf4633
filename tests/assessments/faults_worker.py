"""A Celery worker of its own for a test of faults, and the application it runs: `celery -A tests.assessments.faults_worker`.

The worker is the product's; besides it listens to the test's queue and can be told to kill itself (SIGKILL) right before its
n-th question to the database: each process takes one number from the folder of FAULTS_KILLS, smallest name first.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from celery.signals import worker_process_init
from django.conf import settings
from django.db import connection

from cadremgmt.celery import app

ROOT = Path(__file__).resolve().parents[2]

if "FAULTS_QUEUE" in os.environ:
    app.conf.update(task_always_eager=False, task_default_queue=os.environ["FAULTS_QUEUE"])


@worker_process_init.connect
def take_a_kill(**_):
    """Arm this process, if a number is left."""
    folder = os.environ.get("FAULTS_KILLS")
    for plan in sorted(Path(folder).iterdir()) if folder else ():
        at = int(plan.read_text())
        plan.unlink()
        connection.execute_wrappers.append(Bomb(at))
        return


class Bomb:
    """Ends the process before the n-th statement, as `kill -9` does."""

    def __init__(self, at: int):
        self.left = at

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


class Worker:
    """The worker as a process group, so that it can be killed with everything it started."""

    def __init__(self, queue: str, folder: Path, *, lease_seconds: int, kills=()):
        self.log = folder / "worker.log"
        plans = folder / "kills"
        plans.mkdir(exist_ok=True)
        for number, at in enumerate(kills):
            (plans / f"{number:03}").write_text(str(at))
        self.environment = os.environ | {
            "ASSESSMENT_LEASE_SECONDS": str(lease_seconds),
            "CELERY_BROKER_URL": settings.CELERY_BROKER_URL,
            "DATABASE_URL": _address_of_test_database(),
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
            "FAULTS_KILLS": str(plans),
            "FAULTS_QUEUE": queue,
        }
        self.command = [sys.executable, "-m", "celery", "-A", "tests.assessments.faults_worker", "worker"]
        self.command += ["--concurrency=2", f"--queues={queue}", f"--hostname={queue}@test", "--loglevel=WARNING"]
        self.command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        self.process = None

    def start(self):
        """Begin to work; the log of all starts is in one file."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    @property
    def is_running(self) -> bool:
        """Has it not ended?"""
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """`kill -9` for the worker and all its processes at once."""
        if self.is_running:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def _address_of_test_database() -> str:
    parts = urlsplit(os.environ.get("DATABASE_URL", "postgres:///cadre"))
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))
