"""What a scheme says, as one document, and what differs between two of them (engine §2, §3). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

DECIMALS = (
    "bonus_cap", "deduction_cap", "excellent_share", "excellent_line", "good_line", "pass_line", "bottom_value",
    "exempt_line",
)  # fmt: skip
WHOLE = ("places", "excellent_min", "min_class_size")
PARAMETERS = (
    "bonus_cap", "deduction_cap", "veto_effect", "places", "excellent_share", "excellent_min", "excellent_line",
    "good_line", "pass_line", "bottom_mode", "bottom_value", "min_class_size", "exempt_line", "bottom_ties",
    "tie_breakers",
)  # fmt: skip
LEAF_FIELDS = ("name", "group", "weight", "unit_of_measure", "responsible", "method", "direction", "params")


@dataclass(frozen=True)
class Leaf:
    """An indicator of the document. `key` identifies it while its code changes (0: new); params hold numbers as text."""

    code: str
    name: str
    group: str
    weight: Decimal
    method: str
    direction: str = "higher"
    params: Mapping[str, Any] = field(default_factory=dict)
    unit_of_measure: str = ""
    responsible: str = ""
    key: int = 0


@dataclass(frozen=True)
class Content:
    """A scheme as a document: parameters by field, indicators in their order."""

    parameters: Mapping[str, Any]
    leaves: tuple[Leaf, ...]

    @property
    def weight_sum(self) -> Decimal:
        """Sum of the weights; a scheme is whole at exactly 100."""
        return sum((leaf.weight for leaf in self.leaves), Decimal(0))

    @property
    def groups(self) -> tuple[str, ...]:
        """Groups in the order of their first indicator."""
        return tuple(dict.fromkeys(leaf.group for leaf in self.leaves))

    def as_dict(self) -> dict:
        """JSON types, numbers as text, no keys of the database."""
        leaves = [asdict(leaf) | {"weight": plain(leaf.weight), "params": dict(leaf.params)} for leaf in self.leaves]
        for leaf in leaves:
            del leaf["key"]
        parameters = {
            name: plain(value) if isinstance(value, Decimal) else value for name, value in self.parameters.items()
        }
        return {"parameters": parameters, "indicators": leaves}

    @classmethod
    def from_dict(cls, data: Mapping) -> "Content":
        """Back from `as_dict`."""
        parameters = {
            name: Decimal(value) if name in DECIMALS and value is not None else value
            for name, value in data["parameters"].items()
        }
        leaves = (Leaf(**(leaf | {"weight": Decimal(leaf["weight"])})) for leaf in data["indicators"])
        return cls(parameters, tuple(leaves))


def plain(value: Decimal) -> str:
    """Every digit that counts, no exponent, no zeros behind."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Change:
    """One difference between two documents. `kind`: added, dropped, changed, moved (order) or parameter."""

    kind: str
    code: str = ""
    name: str = ""
    field: str = ""
    before: Any = None
    after: Any = None

    def as_dict(self) -> dict:
        """JSON types, numbers as text."""
        return {key: plain(value) if isinstance(value, Decimal) else value for key, value in asdict(self).items()}


def compute_changes(before: Content, after: Content) -> list[Change]:
    """What differs, parameters first. Indicators are the same when their key is, or without keys their code."""
    found = [
        Change("parameter", field=name, before=before.parameters[name], after=after.parameters[name])
        for name in PARAMETERS
        if before.parameters[name] != after.parameters[name]
    ]
    pairs, dropped, added = _paired(before.leaves, after.leaves)
    found += [Change("dropped", leaf.code, leaf.name, "weight", leaf.weight) for leaf in dropped]
    found += [Change("added", leaf.code, leaf.name, "weight", None, leaf.weight) for leaf in added]
    for old, new in pairs:
        found += [
            Change("changed", new.code, new.name, name, _value(old, name), _value(new, name))
            for name in ("code", *LEAF_FIELDS)
            if _value(old, name) != _value(new, name)
        ]
    if [old.code for old, _new in pairs] != [old.code for old, _new in sorted(pairs, key=_place_in(before.leaves))]:
        found.append(Change("moved"))
    return found


def _value(leaf, name):
    return dict(leaf.params) if name == "params" else getattr(leaf, name)


def _place_in(leaves: Sequence[Leaf]):
    places = {leaf.code: place for place, leaf in enumerate(leaves)}
    return lambda pair: places[pair[0].code]


def _paired(before, after):
    """Pairs in the order of `after`, then what was dropped and what was added."""
    by_key = {leaf.key: leaf for leaf in before if leaf.key}
    by_code = {leaf.code: leaf for leaf in before}
    pairs, added, used = [], [], set()
    for leaf in after:
        old = by_key.get(leaf.key) if leaf.key else by_code.get(leaf.code)
        if old is None or old.code in used:
            added.append(leaf)
        else:
            used.add(old.code)
            pairs.append((old, leaf))
    return pairs, [leaf for leaf in before if leaf.code not in used], added
