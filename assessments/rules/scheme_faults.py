"""What is wrong with a scheme: what no draft may hold, and what stands against issuing it (engine §2, §3, §8). Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .methods import ALLOWED, CAP_MOST, DIRECTIONS, HUNDRED, METHODS, NEEDED, are_reversed, number_of
from .schemes import Content, Leaf, plain

WEIGHT_PLACES = 5


@dataclass(frozen=True)
class Fault:
    """What is wrong where: `place` counts the indicators of the document from 1 (0: the scheme itself), `name` is the field."""

    code: str
    place: int = 0
    name: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def check_shape(content: Content) -> list[Fault]:
    """What not even a draft may hold: codes or names twice, weights that are none, parameters out of their range."""
    faults = []
    for field_name, code in (("code", "CODE_TWICE"), ("name", "NAME_TWICE")):
        seen = Counter(_identity(leaf, field_name) for leaf in content.leaves)
        for place, leaf in enumerate(content.leaves, start=1):
            if seen[_identity(leaf, field_name)] > 1:
                faults.append(Fault(code, place, field_name, {"value": getattr(leaf, field_name)}))
    for place, leaf in enumerate(content.leaves, start=1):
        faults += [
            Fault("VALUE_MISSING", place, name, {}) for name in ("code", "name", "group") if not getattr(leaf, name)
        ]
        if leaf.weight <= 0 or leaf.weight > HUNDRED:
            faults.append(Fault("WEIGHT_RANGE", place, "weight", {"value": plain(leaf.weight)}))
        elif leaf.weight != round(leaf.weight, WEIGHT_PLACES):
            faults.append(Fault("WEIGHT_TOO_LONG", place, "weight", {"value": plain(leaf.weight)}))
        faults += [Fault(fault.code, place, fault.name, fault.facts) for fault in check_params(leaf)]
    return faults + _check_parameters(content.parameters)


def _identity(leaf, name):
    return leaf.code if name == "code" else (leaf.group, leaf.name)


def check_params(leaf: Leaf) -> list[Fault]:
    """Parameters of the method that are given: known, numbers, within their range (§2 table, §8)."""
    if leaf.method not in METHODS or leaf.direction not in DIRECTIONS:
        return [Fault("METHOD_UNKNOWN", 0, "method", {"value": leaf.method})]
    faults = [
        Fault("PARAMETER_UNKNOWN", 0, name, {"value": name}) for name in leaf.params if name not in ALLOWED[leaf.method]
    ]
    numbers = {name: number_of(leaf.params[name]) for name in leaf.params if name != "table"}
    faults += [
        Fault("NOT_A_NUMBER", 0, name, {"value": leaf.params[name]}) for name in numbers if numbers[name] is None
    ]
    found = {name: number for name, number in numbers.items() if number is not None}
    if "cap" in found and not 0 < found["cap"] <= CAP_MOST:
        faults.append(Fault("CAP_RANGE", 0, "cap", {"value": plain(found["cap"])}))
    if "step" in found and found["step"] <= 0:
        faults.append(Fault("STEP_RANGE", 0, "step", {"value": plain(found["step"])}))
    if "floor" in found and not 0 <= found["floor"] <= HUNDRED:
        faults.append(Fault("FLOOR_RANGE", 0, "floor", {"value": plain(found["floor"])}))
    if leaf.method == "efficacy":
        faults += _check_bounds(leaf, found)
    if leaf.method == "grade" and "table" in leaf.params:
        table = leaf.params["table"]
        points = [number_of(value) for value in table.values()] if isinstance(table, Mapping) else []
        if not points or any(not 0 <= (-1 if value is None else value) <= HUNDRED for value in points):
            faults.append(Fault("TABLE_WRONG", 0, "table", {}))
    return faults


def _check_bounds(leaf, found) -> list[Fault]:
    """Fixed bounds are given both or neither, and the best lies on the better side."""
    given = {"best", "worst"} & set(leaf.params)
    if len(given) == 1:
        return [Fault("BOUNDS_INCOMPLETE", 0, "worst" if "best" in given else "best", {})]
    if len(found) == 2:
        best, worst = found["best"], found["worst"]
        if are_reversed(best, worst, leaf.direction):
            return [Fault("BOUNDS_REVERSED", 0, "best", {"best": plain(best), "worst": plain(worst)})]
    return []


def _check_parameters(parameters: Mapping[str, Any]) -> list[Fault]:
    lines = [parameters[name] for name in ("excellent_line", "good_line", "pass_line")]
    faults = []
    if lines != sorted(lines, reverse=True):
        faults.append(Fault("LINES_ORDER", 0, "excellent_line", {}))
    if parameters["bonus_cap"] < 0:
        faults.append(Fault("BONUS_CAP_SIGN", 0, "bonus_cap", {}))
    if parameters["deduction_cap"] > 0:
        faults.append(Fault("DEDUCTION_CAP_SIGN", 0, "deduction_cap", {}))
    if not 0 <= parameters["excellent_share"] <= 1:
        faults.append(Fault("SHARE_RANGE", 0, "excellent_share", {}))
    if not 0 <= parameters["places"] <= 6:
        faults.append(Fault("PLACES_RANGE", 0, "places", {}))
    value, is_percent = parameters["bottom_value"], parameters["bottom_mode"] == "last_percent"
    if value < 0 or (is_percent and value > HUNDRED):
        faults.append(Fault("BOTTOM_RANGE", 0, "bottom_value", {"value": plain(value)}))
    elif not is_percent and value != value.to_integral_value():
        faults.append(Fault("BOTTOM_NOT_WHOLE", 0, "bottom_value", {"value": plain(value)}))
    return faults


def check_complete(content: Content) -> list[Fault]:
    """What stands against issuing or amending, beside the shape: the sum of the weights, parameters, departments, tie-breakers."""
    faults = []
    if not content.leaves:
        faults.append(Fault("NO_INDICATORS"))
    elif content.weight_sum != HUNDRED:
        difference = HUNDRED - content.weight_sum
        code = "WEIGHTS_TOO_SMALL" if difference > 0 else "WEIGHTS_TOO_LARGE"
        facts = {"sum": plain(content.weight_sum), "difference": plain(abs(difference))}
        faults.append(Fault(code, 0, "weight", facts))
    for place, leaf in enumerate(content.leaves, start=1):
        needed = NEEDED.get(leaf.method, ())
        faults += [Fault("PARAMETER_MISSING", place, name) for name in needed if not leaf.params.get(name)]
        if not leaf.responsible:
            faults.append(Fault("RESPONSIBLE_MISSING", place, "responsible"))
    groups = set(content.groups)
    for breaker in content.parameters["tie_breakers"]:
        if breaker["by"] == "group" and breaker["group"] not in groups:
            faults.append(Fault("TIE_GROUP_UNKNOWN", 0, "tie_breakers", {"value": breaker["group"]}))
    return faults
