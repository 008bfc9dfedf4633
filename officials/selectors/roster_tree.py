"""The tree beside the roster: units of the reader's scope, the way to the chosen one open."""

from foundation.organizations.selectors import tree_for

MOST_LINES = 400


def unit_lines(user, day, chosen: str) -> list[dict]:
    """Units as lines from top to bottom with their depth (1 query). Below the first level only what stands beside or
    below the chosen unit.
    """
    nodes, _count = tree_for(user, day)
    path = next((node.unit.path for node in _walk(nodes) if node.unit.code == chosen), "")
    lines = []
    _add(nodes, path, 0, lines)
    return lines[:MOST_LINES]


def _add(nodes, path, depth, lines):
    for node in nodes:
        unit = node.unit
        lines.append(
            {
                "code": unit.code,
                "name": unit.short_name or unit.name,
                "full_name": unit.name,
                "depth": depth,
                "is_chosen": unit.path == path,
            }
        )
        on_the_way = bool(path) and path.startswith(unit.path)
        if depth == 0 or on_the_way:
            _add(node.children, path, depth + 1, lines)


def _walk(nodes):
    for node in nodes:
        yield node
        yield from _walk(node.children)
