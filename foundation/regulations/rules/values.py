"""What a rule's value may be. Values travel as JSON (decimals as text) and are read as Python values.

Pure: no database, no language. A refusal is a `ValueRefused` with a code and facts; who shows it words it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any


class ValueRefused(ValueError):
    """A value that does not fit its rule: `code` says why, `facts` with what."""

    def __init__(self, code: str, **facts):
        super().__init__(f"{code} {facts}")
        self.code, self.facts = code, facts


@dataclass(frozen=True)
class Shape:
    """What values a rule takes: type, allowed words (empty: any), least and most (each number of a table)."""

    value_type: str
    choices: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None


def decimal_text(value: Any) -> str:
    """Canonical text of an exact decimal: "0.30" and "0.3" are one value. Floats are refused: they are not exact."""
    if isinstance(value, bool | float) or not isinstance(value, int | str | Decimal):
        raise ValueRefused("not_a_decimal", value=value)
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise ValueRefused("not_a_decimal", value=value) from None
    if not number.is_finite():
        raise ValueRefused("not_a_decimal", value=value)
    return format(number.normalize() + 0, "f")


def _integer(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().removeprefix("-").isdecimal():
        return int(value)
    raise ValueRefused("not_an_integer", value=value)


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueRefused("not_a_boolean", value=value)


def _text(value: Any) -> str:
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise ValueRefused("not_a_text", value=value)


def _record(value: Any) -> dict:
    if isinstance(value, Mapping) and value and all(isinstance(key, str) for key in value):
        return dict(value)
    raise ValueRefused("not_a_record", value=value)


def _list(value: Any) -> list:
    if isinstance(value, list | tuple) and value:
        return list(value)
    raise ValueRefused("not_a_list", value=value)


def _table(value: Any, key: Callable, cell: Callable) -> list[list]:
    """Pairs, because the database does not keep the order of the names of an object, and 优, 良, 中, 差 have one."""
    if not isinstance(value, Mapping) or not value:
        raise ValueRefused("not_a_table", value=value)
    return [[key(name), cell(entry)] for name, entry in value.items()]


_READERS: dict[str, Callable[[Any], Any]] = {
    "integer": _integer,
    "decimal": decimal_text,
    "boolean": _boolean,
    "text": _text,
    "text_list": lambda value: [_text(entry) for entry in _list(value)],
    "integer_table": lambda value: _table(value, _text, _integer),
    "decimal_table": lambda value: _table(value, _text, decimal_text),
    "text_table": lambda value: _table(value, _text, _text),
    "step_table": lambda value: _table(value, _integer, _text),
    "record": _record,
    "rows": lambda value: [_record(entry) for entry in _list(value)],
}
TABLES = frozenset({"integer_table", "decimal_table", "text_table", "step_table"})
_NUMBERS = {"integer", "decimal", "integer_table", "decimal_table"}
_WORDS = {"text", "text_list", "text_table", "step_table"}


def _cells(value_type: str, stored: Any) -> Iterable:
    if value_type in TABLES:
        return [entry for _, entry in stored]
    return stored if isinstance(stored, list) else (stored,)


def checked(shape: Shape, value: Any) -> Any:
    """The value as it is stored (JSON, canonical), or `ValueRefused`."""
    stored = _READERS[shape.value_type](value)
    if shape.value_type in _NUMBERS:
        for number in _cells(shape.value_type, stored):
            if shape.minimum is not None and Decimal(number) < shape.minimum:
                raise ValueRefused("below_minimum", value=number, minimum=shape.minimum)
            if shape.maximum is not None and Decimal(number) > shape.maximum:
                raise ValueRefused("above_maximum", value=number, maximum=shape.maximum)
    if shape.value_type in _WORDS and shape.choices:
        for word in _cells(shape.value_type, stored):
            if word not in shape.choices:
                raise ValueRefused("not_a_choice", value=word, choices=shape.choices)
    return stored


def check_alike(pattern: Any, stored: Any, where: str = "") -> None:
    """Refuse a record built otherwise than `pattern`: code reads its keys, so they and their types must stay.

    Lists may be longer or shorter; each entry must be like the first of the pattern. Null fits everything.
    """
    if pattern is None or stored is None:
        return
    if isinstance(pattern, dict) and isinstance(stored, dict):
        if set(pattern) != set(stored):
            raise ValueRefused("wrong_keys", value=sorted(stored), keys=sorted(pattern), where=where)
        for key, entry in pattern.items():
            check_alike(entry, stored[key], f"{where}.{key}".lstrip("."))
    elif isinstance(pattern, list) and isinstance(stored, list):
        for number, entry in enumerate(stored, start=1):
            check_alike(pattern[0] if pattern else None, entry, f"{where}[{number}]")
    elif type(pattern) is not type(stored):
        raise ValueRefused("wrong_type", value=stored, expected=type(pattern).__name__, where=where)


def typed(value_type: str, stored: Any) -> Any:
    """What code reads: Decimal, int, bool, str, or a list or dict of them; tables keep their order.

    Names of a step table are whole numbers. Null (repealed) stays None.
    """
    if stored is None:
        return None
    if value_type == "decimal":
        return Decimal(stored)
    if value_type == "decimal_table":
        return {name: Decimal(entry) for name, entry in stored}
    return dict(stored) if value_type in TABLES else stored
