"""The scoping rule: what reaches a screen is looked up through a door.

In every module that answers people or programs (everything but the layers in `BELOW`), each use of `<Model>.objects`
must pass one of the doors in the same expression: `.visible_to(user, perm)`, `.get_visible(user=…, perm=…, …)`, or
`.system()`, which says out loud that the rows are not narrowed to the user (and why is then to be seen in review).
`.none()` is a door as well. An expression without a door may be given a local name when every use of that name goes
through a door. `_default_manager` and `_base_manager` have no door, nor have `get_object_or_404(Model, …)` and generic
views that name a `model`: they are always wrong here.

The rule holds for models whose manager is a `ScopedQuerySet`; a model that has no place (`UNSCOPED`, asked from the app
registry) is reached through a parent that was authorised. An owner that is no plain model name (`kind.model.objects`)
is taken to be scoped.
"""

import ast
from pathlib import Path

from django.apps import apps

from foundation.common.scoping import ScopedQuerySet

from .tree import ROOMS, ROOT, Found, layer_of, modules, parents_of

EXEMPT = {
    (
        "foundation/audit/selectors.py",
        "event_model",
    ): "row events carry no path; the admin lets auditors of the whole in",
    (
        "foundation/audit/selectors.py",
        "models[table]",
    ): "row events carry no path; the admin lets auditors of the whole in",
    (
        "foundation/audit/selectors.py",
        "events.model",
    ): "row events carry no path; the admin lets auditors of the whole in",
    (
        "foundation/audit/selectors.py",
        "model",
    ): "names of rows that a history points to; the admin lets auditors of the whole in",
    ("foundation/common/copying.py", "model"): "writes rows for services of every room; no screen calls it",
    ("officials/selectors/changes.py", "Entry"): "entries about a person who was loaded inside the reader's scope",
}
DOORS = {"visible_to", "get_visible", "system", "none"}
BELOW = {"services", "models", "querysets", "management", "demo", "tasks", "rules", "imports", "groups", "checks"}
MANAGERS = {"_default_manager", "_base_manager"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404", "aget_object_or_404", "aget_list_or_404"}


def unscoped_models() -> set[str]:
    """Names of the project's models whose rows have no place of their own."""
    return {
        model.__name__
        for model in apps.get_models()
        if model.__module__.split(".")[0] in ROOMS
        and not issubclass(model._default_manager._queryset_class, ScopedQuerySet)
    }


def faults(root: Path = ROOT, unscoped: set[str] | None = None, exempt=EXEMPT) -> list[Found]:
    """Every look-up of the screen layers that goes through no door and is not exempted with a reason."""
    unscoped = unscoped_models() if unscoped is None else unscoped
    found = []
    for path, tree in modules(root):
        if layer_of(path) not in BELOW:
            found += [
                Found(path, node.lineno, f"{owner}: {text}")
                for node, owner, text in _faults_of(tree, unscoped)
                if (path, owner) not in exempt
            ]
    return found


def _faults_of(tree: ast.Module, unscoped: set[str]):
    """Node, owner of the look-up and what is wrong with it."""
    parents = parents_of(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            yield node, ast.unparse(node.value), f"{node.attr} has no door"
        elif isinstance(node, ast.Attribute) and node.attr == "objects":
            owner = ast.unparse(node.value)
            if owner not in unscoped and not _has_door(node, parents):
                yield node, owner, "this look-up goes through no door"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHORTCUTS and node.args:
            owner = ast.unparse(node.args[0])
            if owner.isidentifier() and owner not in unscoped:
                yield node, owner, f"{node.func.id} goes through no door"
        elif isinstance(node, ast.ClassDef) and _names_model(node, unscoped):
            yield node, node.name, "a generic view with a model has no door"


def _names_model(node: ast.ClassDef, unscoped) -> bool:
    """Does a generic view name a scoped `model`? Admin classes are read by auditors of the whole alone."""
    if not any(ast.unparse(base).endswith(("View", "ViewSet")) for base in node.bases):
        return False
    return any(
        isinstance(line, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == "model" for target in line.targets)
        and not (isinstance(line.value, ast.Name) and line.value.id in unscoped)
        for line in node.body
    )


def _chain(node: ast.AST, parents) -> tuple[ast.AST, set[str]]:
    """The whole expression of attributes and calls that begins with a node, and the names it goes through."""
    names = set()
    while True:
        above = parents[node]
        if isinstance(above, ast.Attribute) and above.value is node:
            names.add(above.attr)
        elif not _goes_on(above, node):
            return node, names
        node = above


def _goes_on(above: ast.AST, node: ast.AST) -> bool:
    """Is it a call of the chain, a slice of it, or a function that takes the query first and hands on a narrower one?"""
    if isinstance(above, ast.Subscript):
        return above.value is node
    if not isinstance(above, ast.Call):
        return False
    return above.func is node or (isinstance(above.func, ast.Name) and above.args[:1] == [node])


def _has_door(node: ast.AST, parents, followed: str = "") -> bool:
    """Does the expression pass a door? `followed` is the name that is being followed: giving it again changes nothing."""
    whole, names = _chain(node, parents)
    if names & DOORS:
        return True
    above = parents[whole]
    if not (isinstance(above, ast.Assign) and len(above.targets) == 1 and isinstance(above.targets[0], ast.Name)):
        return False
    name = above.targets[0].id
    if name == followed:
        return True
    uses = _uses(name, above, parents)
    return bool(uses) and all(_has_door(use, parents, name) for use in uses)


def _uses(name: str, assigned: ast.Assign, parents) -> list[ast.Name]:
    """Every later reading of a local name in its function."""
    scope = parents[assigned]
    while not isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.Module):
        scope = parents[scope]
    return [
        use
        for use in ast.walk(scope)
        if isinstance(use, ast.Name)
        and use.id == name
        and isinstance(use.ctx, ast.Load)
        and use.lineno >= assigned.lineno
    ]
