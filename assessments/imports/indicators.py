"""indicators-YYYY.csv: the leaves of the schemes (指标). Weights of a category add up to exactly 100. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from foundation.exchange.cleaning import name_key
from foundation.exchange.columns import Keys, RowReader, finding_at, missing_columns, result_of, unknown_columns
from foundation.exchange.matching import NameIndex
from foundation.exchange.rows import Finding, Level, ParseResult, StagedRow
from foundation.exchange.sandbox.formats import plain
from foundation.exchange.sandbox.tables import Table

from ..rules.methods import DIRECTIONS, HUNDRED, METHODS
from .params import read_params

REQUIRED = ("year", "category", "group", "code", "name", "weight", "responsible_code", "method", "direction", "params")
# The name of the responsible department is there for people; the code decides.
_KNOWN = (*REQUIRED, "unit_of_measure", "responsible_name")


def parse_indicators(
    table: Table, categories: Mapping[str, str], units: Mapping[str, str] | None = None
) -> ParseResult:
    """Rows of kind `indicator`, key year/category/code.

    `categories` is code → name; `units` is code → name of the units that may be responsible (None: not checked).
    Values: year, category, group, code, name, weight, unit_of_measure, responsible, method, direction, params, sort.
    """
    if refused := missing_columns(table, REQUIRED):
        return refused
    index = NameIndex()
    for code, name in (units or {}).items():
        index.add(code, name, (code, name))
    codes, names = Keys(), Keys()
    order: dict[tuple[int | None, str], int] = defaultdict(int)
    rows = []
    for row in table.rows:
        reader = RowReader(table, row)
        values = _values(reader, categories)
        if units is not None and values["responsible"] and values["responsible"] not in units:
            reader.error("unit_unknown", "responsible_code", index.offers(values["responsible"]))
        scheme = (values["year"], values["category"])
        order[scheme] += 1
        values["sort"] = order[scheme]
        key = f"{values['year']}/{values['category']}/{values['code']}"
        if first := codes.first_row(key, row.number):
            reader.error("duplicate_key", "code", first=first)
        if first := names.first_row((*scheme, values["group"], name_key(values["name"])), row.number):
            reader.error("duplicate_key", "name", first=first)
        rows.append(reader.staged("indicator", key, values))
    return result_of(table, rows, [*_weight_sums(rows), *unknown_columns(table, _KNOWN)])


def _values(reader: RowReader, categories: Mapping[str, str]) -> dict:
    weight = reader.decimal("weight", required=True)
    if weight is not None and weight <= 0:
        reader.error("weight_not_positive", "weight")
    if weight is not None and -weight.normalize().as_tuple().exponent > 5:
        reader.error("number_too_long", "weight")
    method, direction = reader.choice("method", METHODS), reader.choice("direction", DIRECTIONS)
    return {
        "year": reader.year("year", required=True),
        "category": reader.choice("category", tuple(categories)),
        "group": reader.text("group", required=True, longest=60),
        "code": reader.code("code", required=True, longest=20),
        "name": reader.text("name", required=True),
        "weight": plain(weight) if weight is not None else None,
        "unit_of_measure": reader.text("unit_of_measure", longest=20),
        "responsible": reader.code("responsible_code", required=True) or None,
        "method": method,
        "direction": direction,
        "params": read_params(reader, method, direction),
    }


def _weight_sums(rows: Sequence[StagedRow]) -> list[Finding]:
    """An error for every category whose weights do not add up to exactly 100, told at its first row.

    A category with an unreadable weight already has its error; its sum would only confuse.
    """
    by_scheme: dict[tuple, list[StagedRow]] = defaultdict(list)
    for row in rows:
        if row.values["year"] and row.values["category"]:
            by_scheme[row.values["year"], row.values["category"]].append(row)
    findings = []
    for (year, category), members in by_scheme.items():
        if any(row.values["weight"] is None for row in members):
            continue
        total = sum((Decimal(row.values["weight"]) for row in members), Decimal(0))
        if total != HUNDRED:
            details = {"category": category, "year": year, "sum": plain(total), "value": plain(total)}
            findings.append(finding_at(members[0], Level.ERROR, "weights_sum", "weight", **details))
    return findings
