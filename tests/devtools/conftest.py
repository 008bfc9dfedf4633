"""A small project of its own for the tests of `./dev`: its tools and the installed packages, another `.run`."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from devtools import project


@pytest.fixture
def small_project(tmp_path):
    """A folder with `./dev`, the environment as a link, and a management program that tells its environment."""
    root = tmp_path / "project"
    root.mkdir()
    shutil.copy(project.ROOT / "dev", root / "dev")
    shutil.copytree(project.ROOT / "devtools", root / "devtools", ignore=shutil.ignore_patterns("__pycache__"))
    (root / ".venv").symlink_to(project.VENV.resolve())
    (root / "manage.py").write_text(
        "import json, os, sys\nprint(json.dumps({**os.environ, 'arguments': sys.argv[1:]}))\n"
    )
    made = Project(root)
    yield made
    made.dev("stop")


class Project:
    """Commands in a small project."""

    def __init__(self, root: Path):
        self.root = root
        self.env = {
            name: value for name, value in os.environ.items() if not name.startswith(("PG", "DATABASE", "CELERY"))
        }

    def dev(self, *words, check=False, **env):
        """Run `./dev WORDS` to its end."""
        return subprocess.run(
            [self.root / "dev", *words], env=self.env | env, capture_output=True, text=True, timeout=300, check=check
        )

    def start(self, *words):
        """Start `./dev WORDS` and leave it running, its output readable."""
        return subprocess.Popen(
            [self.root / "dev", *words], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def processes(self):
        """Return the number and name of every living process that works in this project's folder."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if (folder / "cwd").readlink().is_relative_to(self.root):
                    found[int(folder.name)] = (folder / "comm").read_text().strip()
            except OSError:
                continue
        return found
