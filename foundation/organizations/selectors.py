"""Read model of the tree of units."""

from dataclasses import dataclass, field
from itertools import zip_longest

from django.db.models import Q

from foundation.common.addresses import RowAddress

from .models import PATH_STEP, Organization

VIEW = "organizations.view_organization"
MOST = 3000  # units that a page can carry
DEEPEST = 20  # levels that a path has room for


@dataclass
class Node:
    """A unit in the tree with its children; `depth` counts from the first unit shown."""

    unit: Organization
    children: list = field(default_factory=list)


def tree_for(user, day, wanted: str = "") -> tuple[list[Node], int]:
    """Units of the user's scope as a tree in manual order, and how many are shown (2 queries, at most `MOST` units).

    With `wanted`, units whose name, short name or code contains it, together with what they stand below. Where more are
    visible than a page can carry (a province, a nation), the tree ends at the jurisdictions; their pages lead on.
    """
    visible = Organization.objects.visible_to(user, VIEW).on_date(day)
    if wanted:
        holds = Q(name__icontains=wanted) | Q(short_name__icontains=wanted) | Q(code__icontains=wanted)
        hits = visible.filter(holds).in_tree_order().values_list("path", flat=True)[:MOST]
        keep = {path[:end] for path in hits for end in range(PATH_STEP, len(path) + 1, PATH_STEP)}
        found = list(visible.filter(path__in=keep).in_tree_order())
    else:
        found = list(visible.in_tree_order()[: MOST + 1])
        if len(found) > MOST:
            found = list(visible.jurisdictions().in_tree_order()) or found[:MOST]
    nodes, roots = {}, []
    for unit in found:
        node = nodes[unit.path] = Node(unit)
        parent = nodes.get(unit.path[:-PATH_STEP])
        (parent.children if parent else roots).append(node)
    return roots, len(found)


def tree_lines(nodes: list[Node], open_below: int) -> list[dict]:
    """The tree as lines, from top to bottom: what each says, how many stand below it, what ends after it.

    Branches stand open down to the depth `open_below`.
    """
    at = RowAddress.of("organizations:unit").at
    lines = [
        {
            "name": node.unit.name,
            "code": node.unit.code,
            "kind": node.unit.get_kind_display(),
            "url": at(node.unit.code),
            "below": len(node.children),
            "is_open": depth < open_below,
            "depth": depth,
        }
        for node, depth in _walk(nodes, 0)
    ]
    for line, following in zip_longest(lines, lines[1:]):
        line["ends"] = range(0 if line["below"] else 1 + line["depth"] - (following["depth"] if following else 0))
    return lines


def _walk(nodes, depth):
    for node in nodes:
        yield node, depth
        yield from _walk(node.children, depth + 1)
