"""What the application's database role may do: work with the data, and never touch what was recorded.

Triggers alone are a convention: the owner of a table can switch them off. The application therefore logs in with a
role that owns nothing; this module gives it its rights and says which rights it should not have.
"""

import re
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ..canonical import quote
from ..models import Entry
from ..registry import protected_tables

ROLE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,62}")
IGNORE_FUNCTION = "_pgtrigger_should_ignore"
# pgtrigger lets any session name triggers to be ignored. Here only the tables' owner may: history, append-only and
# workflow triggers then hold for the application whatever it sets. It replaces pgtrigger's own after every migration.
IGNORE_BODY = """
DECLARE
    _ignored TEXT := current_setting('pgtrigger.ignore', TRUE);
BEGIN
    IF _ignored IS NULL OR _ignored = '' OR NOT pg_has_role(current_user, '{owner}', 'MEMBER') THEN
        RETURN FALSE;
    END IF;
    RETURN trigger_name = ANY(_ignored::TEXT[]);
END;
"""


class GrantError(RuntimeError):
    """The role cannot be given its rights: it does not exist, owns the tables, or stands above them."""


class Excess(TextChoices):
    """Rights that the application's role must not have; the label is the sentence."""

    ATTRIBUTE = "attribute", _("Role %(role)s is %(what)s.")
    OWNER = "owner", _("Role %(role)s owns the tables or is a member of their owner.")
    TABLE = "table", _("Role %(role)s may %(what)s on table %(table)s.")
    SCHEMA = "schema", _("Role %(role)s may create objects in schema %(table)s.")
    DATABASE = "database", _("Role %(role)s may use %(what)s in the database: its own tables could hide the real ones.")
    IGNORE = (
        "ignore",
        _("Role %(role)s may ask triggers to be ignored: run apply_database_grants after each migration."),
    )
    PARAMETER = "parameter", _("Role %(role)s may set %(what)s and so switch triggers off.")


@dataclass(frozen=True)
class Weakness:
    """One right too many."""

    kind: Excess
    facts: dict = field(default_factory=dict)

    def __str__(self):
        return str(self.kind.label) % self.facts


def role_exists(role: str) -> bool:
    """Does the server know the role?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        return cursor.fetchone() is not None


@transaction.atomic
def apply_grants(role: str):
    """Give the role its rights and take away all others. Runs as the tables' owner, after every migration.

    Raises GrantError for a role that does not exist or that no revoking could hold back.
    """
    if not ROLE_NAME.fullmatch(role):
        raise GrantError(f"{role!r} is no name for a role: letters, digits, hyphens and underscores")
    if not role_exists(role):
        raise GrantError(f"role {role} does not exist on this server")
    with connection.cursor() as cursor:
        owner = _owner(cursor)
        cursor.execute(
            "SELECT rolsuper OR pg_has_role(rolname, %s, 'MEMBER') FROM pg_roles WHERE rolname = %s", [owner, role]
        )
        if cursor.fetchone()[0]:
            raise GrantError(f"role {role} is a superuser, owns the tables or is a member of their owner {owner}")
        for statement in _statements(cursor, role, owner):
            cursor.execute(statement)


def _owner(cursor) -> str:
    cursor.execute("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = %s::regclass", [Entry._meta.db_table])
    return cursor.fetchone()[0]


def _owned(cursor, owner: str, kinds: str) -> str:
    """The owner's relations of these kinds (letters of pg_class.relkind), as SQL lists them; not those of extensions."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        " AND pg_get_userbyid(relowner) = %s AND strpos(%s, relkind::text) > 0 ORDER BY relname",
        [owner, kinds],
    )
    return ", ".join(quote(name) for (name,) in cursor.fetchall())


def _statements(cursor, role: str, owner: str) -> list[str]:
    cursor.execute("SELECT current_database(), current_schema()")
    database, schema = (quote(name) for name in cursor.fetchone())
    app, defaults = quote(role), f"ALTER DEFAULT PRIVILEGES FOR ROLE {quote(owner)} IN SCHEMA {schema}"
    tables, sequences = _owned(cursor, owner, "rpvm"), _owned(cursor, owner, "S")
    guarded = ", ".join(quote(name) for name in protected_tables())
    body = IGNORE_BODY.format(owner=owner.replace("'", "''"))
    return [
        f"REVOKE ALL ON DATABASE {database} FROM {app}",
        f"REVOKE TEMPORARY, CREATE ON DATABASE {database} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {database} TO {app}",
        f"REVOKE ALL ON SCHEMA {schema} FROM {app}",
        f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA {schema} TO {app}",
        f"REVOKE ALL ON {tables} FROM {app}, PUBLIC",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO {app}",
        f"REVOKE UPDATE, DELETE ON {guarded} FROM {app}",
        f'REVOKE INSERT, UPDATE, DELETE ON "django_migrations" FROM {app}',
        f"REVOKE ALL ON {sequences} FROM {app}, PUBLIC",
        f"GRANT SELECT, USAGE ON {sequences} TO {app}",
        # a table made by a later migration starts without UPDATE and DELETE: a forgotten grant fails, it does not expose
        f"{defaults} REVOKE ALL ON TABLES FROM {app}",
        f"{defaults} GRANT SELECT, INSERT ON TABLES TO {app}",
        f"{defaults} GRANT SELECT, USAGE ON SEQUENCES TO {app}",
        f"CREATE OR REPLACE FUNCTION {schema}.{IGNORE_FUNCTION}(trigger_name NAME)"
        f" RETURNS BOOLEAN AS $${body}$$ LANGUAGE plpgsql",
    ]


ATTRIBUTES = {
    "rolsuper": _("a superuser"),
    "rolcreaterole": _("allowed to create roles"),
    "rolreplication": _("allowed to replicate"),
    "rolbypassrls": _("above row security"),
}
TABLE_RIGHTS = """
SELECT c.relname, right_name
  FROM pg_class c, unnest(ARRAY['UPDATE', 'DELETE', 'INSERT', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) right_name
 WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
   AND (right_name IN ('TRUNCATE', 'TRIGGER', 'REFERENCES')
        OR (right_name IN ('UPDATE', 'DELETE') AND c.relname = ANY(%s))
        OR (right_name IN ('INSERT', 'UPDATE', 'DELETE') AND c.relname = 'django_migrations'))
   AND CASE WHEN right_name = 'UPDATE' THEN has_any_column_privilege(%s, c.oid, 'UPDATE')
            ELSE has_table_privilege(%s, c.oid, right_name) END
 ORDER BY 1, 2
"""


REACH = """
SELECT has_schema_privilege(%(role)s, current_schema(), 'CREATE'),
       has_database_privilege(%(role)s, current_database(), 'TEMPORARY'),
       NOT EXISTS (SELECT FROM pg_proc WHERE proname = %(function)s AND prosrc LIKE '%%pg_has_role%%'),
       current_schema()
"""


def weaknesses(role: str | None = None) -> list[Weakness]:
    """Rights that the role (the connected one when not said) has and should not have; empty when all is as meant."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(%s, current_user)", [role])
        (role,) = cursor.fetchone()
        columns = ", ".join(ATTRIBUTES)
        cursor.execute(
            f"SELECT pg_has_role(rolname, %s, 'MEMBER'), {columns} FROM pg_roles WHERE rolname = %s",  # noqa: S608 - column names of ours
            [_owner(cursor), role],
        )
        is_owner, *held = cursor.fetchone()
        found = [
            Weakness(Excess.ATTRIBUTE, {"role": role, "what": what})
            for what, has in zip(ATTRIBUTES.values(), held, strict=True)
            if has
        ]
        if is_owner:
            return [*found, Weakness(Excess.OWNER, {"role": role})]
        cursor.execute(TABLE_RIGHTS, [protected_tables(), role, role])
        for table, right in cursor.fetchall():
            found.append(Weakness(Excess.TABLE, {"role": role, "table": table, "what": right}))
        cursor.execute(REACH, {"role": role, "function": IGNORE_FUNCTION})
        may_create, may_use_temporary, may_ignore, schema = cursor.fetchone()
        if may_create:
            found.append(Weakness(Excess.SCHEMA, {"role": role, "table": schema}))
        if may_use_temporary:
            found.append(Weakness(Excess.DATABASE, {"role": role, "what": "TEMPORARY"}))
        if may_ignore:
            found.append(Weakness(Excess.IGNORE, {"role": role}))
        if connection.pg_version >= 150000:
            cursor.execute("SELECT has_parameter_privilege(%s, 'session_replication_role', 'SET')", [role])
            if cursor.fetchone()[0]:
                found.append(Weakness(Excess.PARAMETER, {"role": role, "what": "session_replication_role"}))
    return found
