"""The source tree as the contracts read it. Every function takes the root, so that a test can plant a violation."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("cadremgmt", "assessments", "tolerance", "supervision", "officials", "foundation")
OUTSIDE = {"migrations", "tests", "vendor", "node_modules", "__pycache__", "build"}


@dataclass(frozen=True)
class Found:
    """One place that breaks a contract."""

    path: str
    line: int
    text: str

    def __str__(self):
        return f"{self.path}:{self.line} {self.text}"


def python_files(root: Path = ROOT, folders=None) -> Iterator[Path]:
    """Own Python files below the root, or below some of its folders; without migrations, tests and vendored ones."""
    for top in [root / folder for folder in folders] if folders else [root]:
        for path in sorted(top.rglob("*.py")):
            parts = path.relative_to(root).parts
            if not any(part in OUTSIDE or part.startswith(".") for part in parts):
                yield path


def modules(root: Path = ROOT, folders=ROOMS) -> Iterator[tuple[str, ast.Module]]:
    """Path below the root and syntax tree of every module of the rooms."""
    for path in python_files(root, [folder for folder in folders if (root / folder).is_dir()]):
        yield path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def layer_of(path: str) -> str:
    """The layer that a module of a room belongs to: `services` for `foundation/exchange/services/batches.py`."""
    parts = path.removesuffix(".py").split("/")
    parts = parts[2:] if parts[0] == "foundation" else parts[1:]
    return parts[0] if parts else ""


def parents_of(tree: ast.AST) -> dict[ast.AST, ast.AST]:
    """Every node's parent."""
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def plant(root: Path, **files: str) -> Path:
    """Write files of a small tree; `__` in a keyword stands for a slash. Returns the root."""
    for name, text in files.items():
        path = root / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
