"""The entry grid as it comes back from a page: one text per cell, what had been shown, and decisions after a conflict."""

import json

from ..services.figure_grid import EMPTY, CellEdit, Key, Shown


def read_seen(text: str) -> dict[str, Shown]:
    """What the page had shown, by cell. What is no such text counts as nothing shown: every typed cell is then compared."""
    try:
        data = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(data, dict):
        return {}
    return {
        name: Shown(*map(str, values)) for name, values in data.items() if isinstance(values, list) and len(values) == 3
    }


def read_edits(post, places) -> dict[Key, CellEdit]:
    """The cells that a form sent; cells it did not send are left as they are."""
    seen = read_seen(post.get("seen", ""))
    edits = {}
    for unit, leaf in places:
        name = f"{unit.pk}-{leaf.pk}"
        if f"f-{name}" not in post and f"t-{name}" not in post:
            continue
        shown = seen.get(name, Shown(version=EMPTY))
        edits[unit.pk, leaf.pk] = CellEdit(
            figure=post.get(f"f-{name}", shown.figure),
            target=post.get(f"t-{name}", shown.target),
            shown=shown,
            decision=post.get(f"d-{name}", ""),
        )
    return edits
