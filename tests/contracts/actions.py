"""Which actions the code records, read from the syntax trees: every call of `record`, through the helpers that pass it on.

An action is told by a text, a constant of the module or of the one it is imported from, a variable of the function, or a
parameter that every caller of the helper tells.
"""

import ast
from pathlib import Path

from .tree import ROOT, Found, modules, parents_of

ENGINE = "foundation/casework/services/engine.py"  # records the steps of all cases, which their workflows name


class Module:
    """A module with what is needed to follow a name."""

    def __init__(self, path: str, tree: ast.Module, others: dict):
        self.path, self.tree, self.others = path, tree, others
        self.parents = parents_of(tree)

    def calls_of(self, name: str) -> list[ast.Call]:
        """Calls of a function by its bare name."""
        calls = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]
        return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == name]

    def function_around(self, node: ast.AST) -> ast.FunctionDef | None:
        """The function that holds a node."""
        while node is not None and not isinstance(node, ast.FunctionDef):
            node = self.parents.get(node)
        return node

    def texts(self, node: ast.AST) -> set[str] | None:
        """What an expression may stand for; None where the source does not tell."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return {node.value}
        if isinstance(node, ast.IfExp):
            return _both(self.texts(node.body), self.texts(node.orelse))
        if not isinstance(node, ast.Name):
            return None
        function = self.function_around(node)
        places = [function.args.posonlyargs + function.args.args, function.args.kwonlyargs] if function else [[], []]
        for place, parameter in enumerate(places[0] + places[1]):
            if parameter.arg == node.id:
                return self._told_by_callers(function, node.id, place if place < len(places[0]) else None)
        return (self._assigned(node.id, function.body) if function else None) or self.constant(node.id)

    def _told_by_callers(self, function, name, place) -> set[str] | None:
        found = set()
        for call in self.calls_of(function.name):
            given = [word.value for word in call.keywords if word.arg == name]
            given = given or ([call.args[place]] if place is not None and place < len(call.args) else [])
            found = _both(found, self.texts(given[0]) if given else None)
        return found or None

    def _assigned(self, name: str, body) -> set[str] | None:
        for node in body:
            for target in node.targets if isinstance(node, ast.Assign) else ():
                if isinstance(target, ast.Name) and target.id == name:
                    return self.texts(node.value)
                if isinstance(target, ast.Tuple) and name in [getattr(one, "id", "") for one in target.elts]:
                    return self.texts(node.value.elts[[getattr(one, "id", "") for one in target.elts].index(name)])
        return None

    def constant(self, name: str) -> set[str] | None:
        """A constant of this module, or of the one that it is imported from."""
        own = self._assigned(name, self.tree.body)
        if own:
            return own
        for node in self.tree.body:
            if isinstance(node, ast.ImportFrom) and name in [alias.asname or alias.name for alias in node.names]:
                above = self.path.split("/")[: -node.level] if node.level else []
                other = self.others.get("/".join([*above, *(node.module or "").split(".")]) + ".py")
                return other.constant(name) if other else None
        return None


def _both(one, other):
    return None if one is None or other is None else one | other


def recorded_actions(root: Path = ROOT) -> tuple[set[str], list[Found]]:
    """Codes of all actions that are recorded, and the calls from which the code cannot be told."""
    trees: dict[str, Module] = {}
    for path, tree in modules(root):
        trees[path] = Module(path, tree, trees)
    codes, unclear = set(), []
    for path, module in trees.items():
        for call in module.calls_of("record") if path != ENGINE else ():
            action = next((word.value for word in call.keywords if word.arg == "action"), None)
            told = module.texts(action) if action is not None else None
            codes |= told or set()
            unclear += [] if told else [Found(path, call.lineno, ast.unparse(action or call))]
    return codes, unclear
