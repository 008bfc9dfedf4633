"""Are the triggers that keep history and refuse changes still there, switched on and unaltered?"""

import re

import pgtrigger

from ..findings import Finding, Kind

INSTALLED = """
SELECT t.tgname, c.relname, t.tgenabled IN ('O', 'A'), p.prosrc
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
 WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid) AND t.tgname LIKE 'pgtrigger\\_%%'
"""
BODY = re.compile(r"RETURNS TRIGGER AS \$\$(.*?)\$\$ LANGUAGE", re.DOTALL)


def broken_triggers(cursor) -> list[Finding]:
    """Triggers of the models that the database lacks, has switched off, or whose function does something else."""
    cursor.execute(INSTALLED)
    installed = {(table, name): (on, source) for name, table, on, source in cursor.fetchall()}
    found = []
    for model, trigger in sorted(pgtrigger.registered(), key=lambda pair: pair[1].get_uri(pair[0])):
        table, name = model._meta.db_table, trigger.get_pgid(model)
        on, source = installed.get((table, name), (False, ""))
        expected = BODY.search(trigger.compile(model).install_sql).group(1)
        if not on or source.split() != expected.split():
            found.append(Finding(Kind.TRIGGER_OFF, table=table, facts={"trigger": name}))
    return found
