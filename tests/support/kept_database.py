"""The migrated database, made once for a state of the migrations and kept in the server: later sessions copy it.

Applying some hundred migrations with their triggers takes a minute or more, a copy takes a second. The kept database bears
the digests of all that migrating reads: the migration files, the modules of the project that they import, the packages. With
further migrations only those are applied; anything else that changed makes it anew. Only the latest is kept. Processes that share
the suite wait for the one that makes it.
"""

import ast
import hashlib
import json
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, connections

ROOT = Path(settings.BASE_DIR)
BEGIN = "kept_"
LOCK = 7_401_882
"""Number of the advisory lock under which the kept database is made."""


def digests() -> dict[str, str]:
    """Digest of every file that migrating reads, by its place in the project."""
    own = [Path(config.path) / "migrations" for config in apps.get_app_configs() if ROOT in Path(config.path).parents]
    files = sorted(path for folder in own for path in folder.glob("*.py"))
    read = sorted({*files, *_imported(files), ROOT / "requirements.txt"})
    return {str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in read}


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


def lay_test_database(make):
    """Lay the kept database down as the test database and `make(keepdb=True)` it: nothing is left to do but its last words.

    With none of this state it is made first: from the one before and its further migrations, or from nothing.
    """
    target, now = connection.creation._get_test_db_name(), digests()
    state = hashlib.sha256(json.dumps(now, sort_keys=True).encode()).hexdigest()[:16]
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute(
            "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE datname LIKE %s",
            [BEGIN + "%"],
        )
        kept = {name: json.loads(note or "{}") for name, note in cursor.fetchall()}
        if now in kept.values():
            _replace(cursor, next(name for name, files in kept.items() if files == now), target)
            return make(keepdb=True)
        base = next((name for name, files in kept.items() if files and files.items() <= now.items()), None)
        if base:
            _replace(cursor, base, target)
        made = make(keepdb=bool(base))
        connections.close_all()
        for name in kept:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        _replace(cursor, target, f"{BEGIN}{state}")
        cursor.execute(f'COMMENT ON DATABASE "{BEGIN}{state}" IS %s', [json.dumps(now)])
    return made


def _replace(cursor, source: str, target: str) -> None:
    cursor.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
        [target],
    )
    cursor.execute(f'DROP DATABASE IF EXISTS "{target}"')
    cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
