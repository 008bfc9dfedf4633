"""System checks of shelter: what a linter cannot see about the table of informers' identities."""

from django.core.checks import Error, Info, Tags, register
from django.db import DatabaseError, connection

from .models import ReporterIdentity

POLICIES = {"kept_unseen", "opened_by_request", "key_changed", "key_changed_read"}
"""Policies of the migration `identities_behind_row_security`: no other one may open the table."""


@register(Tags.security, deploy=True)
def identities_are_behind_row_security(app_configs, **kwargs):
    """E001: without row security, forced on the owner too, or with a policy more, identities lie open (R-CON-04)."""
    table = ReporterIdentity._meta.db_table
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relrowsecurity AND relforcerowsecurity, ARRAY(SELECT polname::text FROM pg_policy WHERE polrelid = c.oid)"
                " FROM pg_class c WHERE c.oid = to_regclass(%s)",
                [table],
            )
            found = cursor.fetchone()
    except DatabaseError as error:
        return [Info(f"The table {table} could not be looked at: {error}", id="tolerance.I001")]
    if found is None:
        return [Info(f"The table {table} is not there yet: run the migrations.", id="tolerance.I002")]
    stands, policies = found
    if stands and set(policies) == POLICIES:
        return []
    hint = "Restore it as owner: the migration tolerance.0006 says how it stands."
    text = f"Row security of {table} does not stand as it was made (policies: {', '.join(sorted(policies)) or 'none'})."
    return [Error(text, hint=hint, obj=ReporterIdentity, id="tolerance.E001")]
