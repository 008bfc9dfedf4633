"""Make the database and its two roles (a program of `.venv`: it needs psycopg2).

Reads OWNER_URL, SUPERUSER_URL (empty when the server is not ours), APP_ROLE and DURABLE from the environment; prints JSON
`{"app_url": ..., "remark": ...}`. Everything is left alone that is there already.

On the private server the owner may create databases and roles and is no superuser; on a given server `OWNER_URL` is
taken as the owner and only the application's role is added, if the owner may create roles and the role can log in.
"""

import json
import os
import secrets
import sys
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from .project import RUN


def main():
    """Set up and print where the application connects."""
    owner_url, superuser_url, role = (os.environ[name] for name in ("OWNER_URL", "SUPERUSER_URL", "APP_ROLE"))
    try:
        app_url, remark = set_up(owner_url, superuser_url, role)
    except psycopg2.Error as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(json.dumps({"app_url": app_url, "remark": remark}))
    return 0


def set_up(owner_url, superuser_url, role):
    """Make what is missing; return the application's address and a remark for the user (empty when all is as meant)."""
    owner = unquote(urlsplit(owner_url).username or "")
    if superuser_url:
        with connect(superuser_url) as cursor:
            make_role(cursor, owner, "LOGIN CREATEDB CREATEROLE")
            make_role(cursor, role, "LOGIN")
            # tests and bench take the application's role for a while (SET ROLE)
            cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(owner)))
            make_database(cursor, name_of(owner_url), owner)
            set_durable(cursor, os.environ.get("DURABLE", ""))
        return with_user(owner_url, role), ""
    ensure_database(owner_url)
    with connect(owner_url) as cursor:
        cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
        may_create = cursor.fetchone()[0]
        password_file = RUN / "app-role"
        if not has_role(cursor, role):
            if not may_create:
                return (
                    owner_url,
                    f"The owner in $DATABASE_URL may not create roles: the application runs as owner, without {role}.",
                )
            password = keep_password(password_file)
            cursor.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD %s").format(sql.Identifier(role)), [password])
            cursor.execute(
                sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(cursor.connection.info.user))
            )
    app_url = with_user(owner_url, role, password_file.read_text() if password_file.exists() else "")
    try:
        with connect(app_url) as cursor:
            cursor.execute("SELECT 1")
    except psycopg2.OperationalError as error:
        return (
            owner_url,
            f"The application runs as owner, because {role} cannot log in on the given server: {error}".strip(),
        )
    return app_url, ""


def set_durable(cursor, durable):
    """Let the private server wait for the disk ("on") or not ("off"); leave it as it is for an empty word."""
    if not durable:
        return
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        cursor.execute(sql.SQL("ALTER SYSTEM SET {} = %s").format(sql.Identifier(name)), [durable])
    cursor.execute("SELECT pg_reload_conf()")


class connect:  # noqa: N801 - used like the function it wraps
    """A cursor in autocommit mode that closes its connection."""

    def __init__(self, url):
        self.connection = psycopg2.connect(url, connect_timeout=10)
        self.connection.autocommit = True

    def __enter__(self):
        return self.connection.cursor()

    def __exit__(self, *_exception):
        self.connection.close()


def ensure_database(url):
    """Make the database of a given server when it is missing."""
    try:
        with connect(url):
            return
    except psycopg2.OperationalError as error:
        if "does not exist" not in str(error):
            raise
    with connect(urlunsplit(urlsplit(url)._replace(path="/postgres"))) as cursor:
        make_database(cursor, name_of(url), cursor.connection.info.user)


def make_role(cursor, name, options):
    """Create a role unless it is there."""
    if not has_role(cursor, name):
        cursor.execute(sql.SQL(f"CREATE ROLE {{}} {options}").format(sql.Identifier(name)))


def has_role(cursor, name):
    """Return whether the server has the role."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    return cursor.fetchone() is not None


def make_database(cursor, name, owner):
    """Create a database unless it is there."""
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    if cursor.fetchone() is None:
        cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(owner)))


def name_of(url):
    """Return the database named in an address."""
    return unquote(urlsplit(url).path.lstrip("/"))


def with_user(url, name, password=""):
    """Return the address with another user."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    user = quote(name, safe="") + (f":{quote(password, safe='')}" if password else "")
    return urlunsplit(parts._replace(netloc=f"{user}@{host}"))


def keep_password(path: Path):
    """Make the application role's password once and keep it for later starts."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24))
    return path.read_text()


if __name__ == "__main__":
    sys.exit(main())
