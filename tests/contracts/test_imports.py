"""Floors and rooms: import-linter holds the direction of imports, and its contracts name every room."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from .tree import ROOT

LINT = "from importlinter.cli import lint_imports_command as c; c()"
SECTION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
TOP = "cadremgmt"  # settings, addresses, home: its own files have no layers


def lint(folder: Path, config: Path) -> subprocess.CompletedProcess:
    """Run import-linter on the packages of a folder, by a configuration."""
    command = [sys.executable, "-c", LINT, "--config", str(config), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def layers_of(contract: dict) -> set[str]:
    """Every module that a contract's layers name."""
    return {name.strip(" ()") for line in contract["layers"] for name in line.replace(":", "|").split("|")}


def by_name(start: str) -> dict:
    """The contract whose name begins so."""
    return next(each for each in SECTION["contracts"] if each["name"].startswith(start))


def is_package(path: Path) -> bool:
    """Is the folder a package?"""
    return (path / "__init__.py").exists()


def rooms(root: Path) -> set[str]:
    """Packages that hold product code: folders with an `apps.py`, and the ground floor."""
    found = {path.name for path in root.iterdir() if is_package(path) and (path / "apps.py").exists()}
    return found | ({"foundation"} if is_package(root / "foundation") else set())


def unnamed_rooms(root: Path) -> set[str]:
    """Rooms that the contracts do not know: their imports would not be looked at."""
    inside = set(by_name("Inside a room")["containers"])
    floors, ground = layers_of(by_name("A room imports")), layers_of(by_name("The ground floor"))
    tops = rooms(root) - {TOP, "foundation"}
    missing = {name for name in tops if name not in inside or name not in floors & set(SECTION["root_packages"])}
    for path in (root / "foundation").iterdir():
        name = f"foundation.{path.name}"
        if is_package(path) and (path.name not in ground or (path.name != "common" and name not in inside)):
            missing.add(name)
    return missing


@pytest.fixture
def copy(tmp_path):
    """A tiny tree with the real contracts: every room, one module per layer that the plants need."""
    config = tmp_path / "pyproject.toml"
    config.write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    ground = [f"foundation/{name}" for name in layers_of(by_name("The ground floor"))]
    for name in [*SECTION["root_packages"], *ground]:
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "__init__.py").touch()
    return tmp_path


def write(root: Path, name: str, text: str = ""):
    """A module, with the packages above it."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    (path.parent / "__init__.py").touch()
    path.write_text(text, encoding="utf-8")


def test_every_contract_is_kept():
    done = lint(ROOT, ROOT / "pyproject.toml")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_contracts_name_every_room():
    assert unnamed_rooms(ROOT) == set()


def test_a_room_that_no_contract_names_is_found(copy):
    write(copy, "rewards/apps.py")
    write(copy, "foundation/secrets/apps.py")
    assert unnamed_rooms(copy) == {"rewards", "foundation.secrets"}


def test_the_small_tree_is_sound(copy):
    done = lint(copy, copy / "pyproject.toml")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "text", "broken"),
    [
        ("officials/models.py", "import assessments", "A room imports only from the floors below it"),
        ("tolerance/services/x.py", "import cadremgmt", "A room imports only from the floors below it"),
        ("foundation/audit/x.py", "import foundation.accounts", "The ground floor, top to bottom"),
        ("foundation/common/x.py", "import foundation.regulations", "The ground floor, top to bottom"),
        ("assessments/models/x.py", "import assessments.services", "Inside a room, top to bottom"),
        ("assessments/selectors.py", "import assessments.views", "Inside a room, top to bottom"),
        ("officials/services/x.py", "import officials.tasks", "Inside a room, top to bottom"),
        ("assessments/rules/x.py", "from django.utils import timezone", "Rules are pure"),
        ("officials/rules/ages.py", "import officials.models", "Inside a room, top to bottom"),
    ],
)
def test_an_import_against_the_direction_is_found(copy, module, text, broken):
    for name in ("services/__init__.py", "views/__init__.py", "tasks.py", "models/__init__.py", "rules/__init__.py"):
        for room in ("assessments", "officials"):
            write(copy, f"{room}/{name}")
    write(copy, module, text)
    done = lint(copy, copy / "pyproject.toml")
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{broken} BROKEN" in done.stdout
