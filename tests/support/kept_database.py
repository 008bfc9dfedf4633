"""The migrated database, made once for a state of the migrations and kept in the server: later sessions copy it.

Applying some hundred migrations with their triggers takes a minute or more, a copy takes a second. The kept database bears
a digest of all that migrating reads: the migration files, the modules of the project that they import, the packages. Only
the latest is kept. Processes that share the suite wait for the one that makes it.
"""

import ast
import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, connections

ROOT = Path(settings.BASE_DIR)
BEGIN = "kept_"
LOCK = 7_401_882
"""Number of the advisory lock under which the kept database is made."""


def name_of_state() -> str:
    """Name of the kept database for the present migrations."""
    own = [Path(config.path) / "migrations" for config in apps.get_app_configs() if ROOT in Path(config.path).parents]
    files = sorted(path for folder in own for path in folder.glob("*.py"))
    read = {*files, *_imported(files), ROOT / "requirements.txt"}
    digest = hashlib.sha256()
    for path in sorted(read):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{BEGIN}{digest.hexdigest()[:16]}"


def _imported(files) -> set[Path]:
    """Files of the project that these files import, and what those import, as far as they stand beside each other."""
    found, waiting = set(), list(files)
    while waiting:
        path = waiting.pop()
        for name in _names(path):
            base = ROOT.joinpath(*name.split("."))
            for file in (base.with_suffix(".py"), base / "__init__.py"):
                if file.is_file() and file not in found and "models" not in name:
                    found.add(file)
                    waiting.append(file)
    return found - set(files)


def _names(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return names


def lay_test_database(make) -> bool:
    """Lay the kept database down as the test database; with none of this state, `make()` migrates it and it is kept.

    Returns whether it was copied: then migrating has nothing left to do but its last words.
    """
    target, kept = connection.creation._get_test_db_name(), name_of_state()
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if is_known := _exists(cursor, kept):
            _replace(cursor, kept, target)
            return is_known
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [BEGIN + "%"])
        for (old,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
        make()
        connections.close_all()
        _replace(cursor, target, f"{kept}_new")
        cursor.execute(f'ALTER DATABASE "{kept}_new" RENAME TO "{kept}"')
    return False


def _exists(cursor, name: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return cursor.fetchone() is not None


def _replace(cursor, source: str, target: str) -> None:
    cursor.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
        [target],
    )
    cursor.execute(f'DROP DATABASE IF EXISTS "{target}"')
    cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
