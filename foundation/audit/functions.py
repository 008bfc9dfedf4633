"""Database expressions of the audit tables."""

from django.db.models import BigIntegerField, Func


class CurrentTransaction(Func):
    """Number of the running transaction as a bigint.

    PostgreSQL's xid8 never wraps around (32 bits of epoch before the 32 bits of the xid) and has no cast to bigint,
    hence the way through text.
    """

    template = "(pg_current_xact_id()::text::bigint)"
    arity = 0
    output_field = BigIntegerField()
