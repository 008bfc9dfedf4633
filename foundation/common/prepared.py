"""SQL statements that PostgreSQL plans once per connection: for large statements whose planning costs as much as their work."""

import re
from weakref import WeakKeyDictionary

_PARAMETER = re.compile(r"%\((\w+)\)s")
_known: WeakKeyDictionary = WeakKeyDictionary()
"""Names of the statements that each connection of the driver knows."""


class Prepared:
    """A statement with named parameters (`%(name)s`), prepared on a connection when it is first executed there.

    `types` names the SQL type of each parameter (further ones are passed over). The statement is planned for any
    parameters, never for single ones: it must reach large tables by index. Raises KeyError for a parameter without a type.
    """

    def __init__(self, name: str, sql: str, types: dict[str, str]):
        self.name = f"cadre_{name}"
        self.parameters = tuple(dict.fromkeys(_PARAMETER.findall(sql)))
        places = {parameter: f"${number}" for number, parameter in enumerate(self.parameters, start=1)}
        declared = ", ".join(types[parameter] for parameter in self.parameters)
        body = _PARAMETER.sub(lambda found: places[found[1]], sql)
        self._prepare = f"PREPARE {self.name} ({declared}) AS {body}"
        # planned for any parameters at once: else each of the first five executions would be planned anew
        self._execute = f"SET plan_cache_mode = force_generic_plan; EXECUTE {self.name} ({', '.join(['%s'] * len(self.parameters))})"

    def execute(self, cursor, arguments: dict) -> None:
        """Execute the statement with a cursor of Django's; the rows are fetched from it as always."""
        known = _known.setdefault(cursor.connection, set())
        if self.name not in known:
            cursor.execute(self._prepare)
            known.add(self.name)
        cursor.execute(self._execute, [arguments[parameter] for parameter in self.parameters])
