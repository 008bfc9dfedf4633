"""What the pages of schemes print, made from documents and differences: labels and values in words."""

from dataclasses import dataclass
from decimal import Decimal

from foundation.regulations.services.codes import codes

from ..formulas import figure
from ..rules.schemes import PARAMETERS, Content
from ..scheme_words import FIELDS, params_text, value_text
from ..services.scheme_content import leaf_of


def parameter_rows(parameters) -> list[tuple[str, str]]:
    """Label and value of every parameter of a scheme."""
    return [(str(FIELDS[name]), value_text(name, parameters[name])) for name in PARAMETERS]


def leaf_rows(content: Content, departments) -> list[tuple]:
    """Every indicator with weight, department, method, direction and parameters in words."""
    return [
        (
            leaf,
            figure(leaf.weight),
            departments.get(leaf.responsible, leaf.responsible),
            value_text("method", leaf.method),
            value_text("direction", leaf.direction),
            params_text(leaf.params),
        )
        for leaf in content.leaves
    ]


@dataclass
class DifferenceBlock:
    """One category of a difference page. Rows: (code, name, group, weight) and (code, name, field, before, after, change)."""

    category: str
    label: str
    added: list
    dropped: list
    weights: list
    changed: list
    parameters: list

    @property
    def is_empty(self) -> bool:
        """Nothing differs."""
        return not (self.added or self.dropped or self.weights or self.changed or self.parameters)

    @property
    def count(self) -> int:
        """How many things differ."""
        return len(self.added) + len(self.dropped) + len(self.weights) + len(self.changed) + len(self.parameters)


def difference_blocks(differences, departments) -> list[DifferenceBlock]:
    """Categories in the order of the code table."""
    blocks = {difference.category: _block(difference, departments) for difference in differences}
    return [blocks[code] for code in codes("unit_category") if code in blocks]


def _block(difference, departments) -> DifferenceBlock:
    weights, changed = [], []
    for before, after, fields in difference.changed:
        if "weight" in fields:
            change = after.weight - before.weight
            weights.append((after.code, after.name, figure(before.weight), figure(after.weight), signed(change)))
        old, new = leaf_of(before), leaf_of(after)
        for name in fields:
            key = name.removesuffix("_id")
            if key != "weight":
                sides = (value_text(key, getattr(side, key), departments) for side in (old, new))
                changed.append((after.code, after.name, str(FIELDS[key]), *sides))
    return DifferenceBlock(
        category=difference.category,
        label=codes("unit_category")[difference.category].label(),
        added=[(leaf.code, leaf.name, figure(leaf.weight)) for leaf in difference.added],
        dropped=[(leaf.code, leaf.name, figure(leaf.weight)) for leaf in difference.dropped],
        weights=weights,
        changed=changed,
        parameters=[
            (str(FIELDS[name]), value_text(name, before), value_text(name, after))
            for name, before, after in difference.parameters
        ],
    )


def signed(value: Decimal) -> str:
    """A difference with its sign."""
    return f"+{figure(value)}" if value > 0 else figure(value)
