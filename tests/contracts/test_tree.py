"""What is committed names no machine, no package registry and no secret."""

import re
import subprocess
from pathlib import Path

import pytest

from .tree import ROOT

pytestmark = pytest.mark.unit
SKIPPED = {".git", ".venv", ".run", "node_modules", "__pycache__", "vendor", "locale"}
BINARY = {".xlsx", ".png", ".woff2", ".mo", ".ico", ".gz", ".zip", ".docx", ".lrmx", ".pdf", ".jpg"}
HOSTS = (
    "pypi",
    "pythonhosted",
    "npmjs",
    "unpkg",
    "jsdelivr",
    "tuna.tsinghua",
    "aliyun",
    "npmmirror",
    "ghcr",
    "dockerhub",
)
FORBIDDEN = {
    "a folder of one machine": re.compile(r"(?<![\w.}])/(?:work|root|home/\w+|Users/\w+|tmp/h)(?=/)(?!/\.)"),
    "the host of a package registry": re.compile(rf"https?://[\w.-]*(?:{'|'.join(HOSTS)})[\w.-]*", re.IGNORECASE),
    "an index of packages": re.compile(r"^\s*(?:--(?:extra-)?index-url|--trusted-host|--find-links)\b", re.MULTILINE),
    "a private key": re.compile(r"-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----"),
}
# Files that may, each with the reason.
EXEMPT = {
    "tests/contracts/test_tree.py": "names what it looks for",
}


def committed(root: Path) -> list[Path]:
    """Files that git keeps; every file where there is no git."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode == 0 and done.stdout:
        return [root / name for name in done.stdout.split("\0") if name]
    return [path for path in sorted(root.rglob("*")) if path.is_file()]


def faults(root: Path, exempt=EXEMPT) -> list[str]:
    """Every forbidden thing with its place."""
    found = []
    for path in committed(root):
        name = path.relative_to(root)
        if SKIPPED & set(name.parts) or path.suffix in BINARY or name.as_posix() in exempt or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for what, pattern in FORBIDDEN.items():
            for hit in pattern.finditer(text):
                found.append(f"{name.as_posix()}:{text.count(chr(10), 0, hit.start()) + 1} {what}: {hit.group()}")
    return found


def test_the_tree_names_no_machine_and_no_registry():
    assert faults(ROOT) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("settings.py", 'HOME = "/root/project"'),
        ("README.md", "see /home/anna/notes"),
        ("requirements.txt", "--index-url https://example.org/simple"),
        ("package.json", '{"resolved": "https://registry.npmjs.org/x.tgz"}'),
        ("page.html", '<script src="https://cdn.jsdelivr.net/x.js">'),
        ("key.pem", "-----BEGIN PRIVATE KEY-----"),
    ],
)
def test_what_is_planted_is_found(tmp_path, name, text):
    (tmp_path / name).write_text(f"first line\n{text}\n")
    assert len(faults(tmp_path)) == 1


def test_ordinary_paths_are_let_through(tmp_path):
    (tmp_path / "x.py").write_text('A = "/homework/"\nB = "https://example.org/work/x"\nC = "{root}/work/x"\n')
    assert faults(tmp_path) == []
