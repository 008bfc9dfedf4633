"""Are the triggers that keep history and refuse changes still there, switched on and unaltered?"""

import re

import pgtrigger

from ..findings import Finding, Kind
from .grants import IGNORE_BODY, IGNORE_FUNCTION

INSTALLED = """
SELECT t.tgname, c.relname, t.tgenabled IN ('O', 'A'), p.prosrc
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
 WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid) AND t.tgname LIKE 'pgtrigger%'
"""
BODY = re.compile(r"RETURNS TRIGGER AS \$\$(.*?)\$\$ LANGUAGE", re.DOTALL)
IGNORE = re.compile(r"RETURNS BOOLEAN AS \$\$(.*?)\$\$ LANGUAGE", re.DOTALL)


def broken_triggers(cursor) -> list[Finding]:
    """Triggers of the models that the database lacks, has switched off, or whose function does something else."""
    cursor.execute(INSTALLED)
    installed = {(table, name): (on, source) for name, table, on, source in cursor.fetchall()}
    found, library = [], ""
    for model, trigger in sorted(pgtrigger.registered(), key=lambda pair: pair[1].get_uri(pair[0])):
        table, name = model._meta.db_table, trigger.get_pgid(model)
        on, source = installed.get((table, name), (False, ""))
        library = trigger.compile(model).install_sql
        if not on or source.split() != BODY.search(library).group(1).split():
            found.append(Finding(Kind.TRIGGER_OFF, table=table, facts={"trigger": name}))
    if library and not _ignore_function_is_known(cursor, IGNORE.search(library).group(1)):
        found.append(Finding(Kind.IGNORE_ALTERED, facts={"function": IGNORE_FUNCTION}))
    return found


def _ignore_function_is_known(cursor, original: str) -> bool:
    """Every trigger asks this function first whether to act: it must be the library's or the one of `grants`."""
    cursor.execute("SELECT prosrc, pg_get_userbyid(proowner) FROM pg_proc WHERE proname = %s", [IGNORE_FUNCTION])
    return all(
        source.split() in (original.split(), IGNORE_BODY.format(owner=owner).split())
        for source, owner in cursor.fetchall()
    )
