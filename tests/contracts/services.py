"""Services and their audit entries, read from the syntax trees.

A function *writes* when it calls a writing method of the ORM, executes SQL, or calls a writing helper of its own module
whose name begins with an underscore. Every public function of a `services` module that writes must *record*: call
`record` of `foundation.audit.services.entries`, itself or through a service it calls. `Changes` (the import's pen)
writes for `exchange.services.batches.apply`, which records once for the whole batch, so calls on a parameter named
`changes` are no writes of their own.

Outside of services nobody writes at all: views, API, admin, forms, tasks, selectors, commands call a service.
"""

import ast
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from .tree import ROOT, Found, layer_of, modules

WRITING = {
    "save", "create", "bulk_create", "bulk_update", "update", "delete", "update_or_create", "get_or_create",
    "acreate", "asave", "aupdate", "adelete",
}  # fmt: skip
COPYING = {"copy_rows", "copy_values"}  # of foundation.common.copying
RECORD = "foundation.audit.services.entries.record"
NO_ROWS = {"changes", "self.cache", "cache", "messages"}  # owners whose `create`, `update` and so on write no rows
# layers that hold no acts; what they may still write is said in UNSERVED
PASSIVE = {
    "views", "api", "admin", "forms", "tasks", "selectors", "management", "context", "navigation", "home", "templatetags",
    "explanations", "progress", "querysets", "models", "workflows", "middleware", "apps", "checks", "imports", "rules",
}  # fmt: skip


@dataclass
class Function:
    """One function or method of a module, with what it calls."""

    path: str
    name: str
    line: int
    writes: bool = False
    calls: set[str] = field(default_factory=set)

    @property
    def is_public(self) -> bool:
        """May other modules call it?"""
        return not any(part.startswith("_") for part in self.name.split("."))

    @property
    def key(self) -> str:
        """`foundation.exchange.services.batches.apply`."""
        return f"{self.path.removesuffix('.py').replace('/', '.').removesuffix('.__init__')}.{self.name}"


def _imported(tree: ast.Module, module: str) -> dict[str, str]:
    """Local name → dotted name of what it stands for."""
    names = {}
    package = module.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            names |= {alias.asname or alias.name: f"{start}.{alias.name}" for alias in node.names}
    return names


def _is_write(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id in COPYING
    if not isinstance(call.func, ast.Attribute):
        return False
    owner, verb = ast.unparse(call.func.value), call.func.attr
    if verb == "execute":
        return any(word in ast.unparse(call).upper() for word in ("INSERT ", "UPDATE ", "DELETE ", '["CALCULATE"]'))
    if verb not in WRITING or owner in NO_ROWS:
        return False
    # dictionaries, sets and hashes have `update` as well: an act's begins with a manager or a query
    return verb != "update" or any(word in owner for word in (".objects", "filter(", "query", "rows", "stale", "held"))


def functions_of(path: str, tree: ast.Module) -> list[Function]:
    """Functions and methods of a module; what is defined inside of one belongs to it."""
    module = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    names = _imported(tree, module if not path.endswith("__init__.py") else f"{module}.x")
    found = []
    tops = [(node, "") for node in tree.body]
    tops += [(node, f"{top.name}.") for top in tree.body if isinstance(top, ast.ClassDef) for node in top.body]
    for node, prefix in tops:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        function = Function(path, prefix + node.name, node.lineno)
        for call in (each for each in ast.walk(node) if isinstance(each, ast.Call)):
            function.writes |= _is_write(call)
            function.calls.add(_target(call, names, module, prefix))
        found.append(function)
    return found


def _target(call: ast.Call, names: dict[str, str], module: str, prefix: str) -> str:
    """Dotted name of what is called, empty when it cannot be told."""
    if isinstance(call.func, ast.Name):
        return names.get(call.func.id, f"{module}.{call.func.id}")
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
        owner = call.func.value.id
        if owner in ("self", "cls"):
            return f"{module}.{prefix}{call.func.attr}"
        return f"{names[owner]}.{call.func.attr}" if owner in names else ""
    return ""


def _reaching(functions: dict[str, Function], start: set[str], along) -> set[str]:
    """Functions that reach one of `start` by calls that `along(caller, called)` lets count."""
    callers = defaultdict(set)
    for key, function in functions.items():
        for called in function.calls:
            if along(function, called):
                callers[called].add(key)
    found, waiting = set(start), list(start)
    while waiting:
        for caller in callers[waiting.pop()] - found:
            found.add(caller)
            waiting.append(caller)
    return found


def _own_helper(caller: Function, called: str) -> bool:
    """Is it a helper of the caller's own module?"""
    module = caller.key.removesuffix(f".{caller.name}")
    return called.startswith(f"{module}.") and called.removeprefix(f"{module}.").split(".")[-1].startswith("_")


def silent_services(root: Path = ROOT) -> dict[str, Found]:
    """Public functions of services that write and do not record, by dotted name."""
    functions = {
        function.key: function
        for path, tree in modules(root)
        if layer_of(path) == "services"
        for function in functions_of(path, tree)
    }
    writing = _reaching(functions, {key for key, each in functions.items() if each.writes}, _own_helper)
    recording = _reaching(functions, {RECORD}, lambda caller, called: True)
    return {
        key: Found(functions[key].path, functions[key].line, f"{functions[key].name} writes and records nothing")
        for key in sorted(writing - recording)
        if functions[key].is_public
    }


def writes_outside_services(root: Path = ROOT) -> dict[str, Found]:
    """Functions of passive layers that write, by dotted name."""
    return {
        function.key: Found(path, function.line, f"{function.name} writes: call a service")
        for path, tree in modules(root)
        if layer_of(path) in PASSIVE
        for function in functions_of(path, tree)
        if function.writes
    }
