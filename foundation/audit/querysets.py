"""How audit entries are looked up."""

from django.db import connections

from foundation.common.scoping import ScopedQuerySet

from .canonical import quote

# Walks the index from one value to the next: as many steps as there are values, however many rows there are.
DISTINCT = """
WITH RECURSIVE found AS (
    (SELECT {column} AS value FROM {table} ORDER BY {column} LIMIT 1)
    UNION ALL
    SELECT (SELECT {column} FROM {table} WHERE {column} > found.value ORDER BY {column} LIMIT 1)
      FROM found WHERE found.value IS NOT NULL
)
SELECT value FROM found WHERE value IS NOT NULL
"""


class EntryQuerySet(ScopedQuerySet):
    """Entries carry the path of the unit they concern; those without a path are seen by nation-wide auditors only."""

    org_path = "org_path"

    def about(self, kind, number):
        """Everything recorded about one thing, latest first."""
        return self.filter(target_kind=kind, target_no=str(number)).order_by("-id")

    def distinct_values(self, field: str) -> list:
        """The different values of an indexed field among all entries, without reading the table."""
        column = quote(self.model._meta.get_field(field).column)
        with connections[self.db].cursor() as cursor:
            cursor.execute(DISTINCT.format(column=column, table=quote(self.model._meta.db_table)))
            return [value for (value,) in cursor.fetchall()]
