"""events/tolerance.csv: what decisions on tolerance (容错) change in the yearly assessment of units. Pure.

Only rows that name an assessment year concern the assessment; the others are counted and left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from foundation.exchange.columns import Keys, RowReader, missing_columns, result_of, unknown_columns
from foundation.exchange.matching import NameIndex
from foundation.exchange.rows import Finding, Level, ParseResult
from foundation.exchange.sandbox.tables import Table

REQUIRED = (
    "id", "subject", "unit", "decided_on", "decision", "outcome", "effective", "decided_by",
    "assessment_year", "effect", "target_kind", "target",
)  # fmt: skip
_KNOWN = (*REQUIRED, "id_number", "name", "accepted_on", "situation", "matter")
# Assessment engine §4: exemption (不予/免予追究) voids or shields, mitigation (从轻/减轻) lowers the step.
EFFECTS: Mapping[str, str] = {"void": "exempt", "shield": "exempt", "mitigate": "mitigated"}
OUTCOMES = ("exempt", "mitigated")
TARGET_KINDS = ("adjustment", "veto", "indicator")


def parse_tolerance_effects(
    table: Table,
    units: Mapping[str, str],
    targets: Mapping[tuple[int, str, str], Collection[str]] | None = None,
) -> ParseResult:
    """Rows of kind `effect`; `units` is code → name.

    `targets` says what may be voided: (year, unit, target kind) → numbers or codes; a (year, unit, kind) that is not a key
    has nothing to void. None: not checked. Values: case_no, unit, year, effect, target_kind, target, decision, situation,
    decided_on, decided_by, matter, is_effective.
    """
    if refused := missing_columns(table, REQUIRED):
        return refused
    index = NameIndex()
    for code, name in units.items():
        index.add(code, name, (code, name))
    keys = Keys()
    rows = []
    left_out = [row for row in table.rows if not row.cells["assessment_year"].strip()]
    for row in table.rows:
        if not row.cells["assessment_year"].strip():
            continue
        reader = RowReader(table, row)
        values = _values(reader)
        _check_unit(reader, values, units, index)
        _check_target(reader, values, targets)
        key = "/".join(
            str(values[name] or "") for name in ("case_no", "unit", "year", "effect", "target_kind", "target")
        )
        if first := keys.first_row(key, row.number):
            reader.error("duplicate_key", "id", first=first)
        rows.append(reader.staged("effect", key, values))
    findings = unknown_columns(table, _KNOWN)
    if left_out:
        # A row of another length than the header may have lost its year: what was found about it still counts.
        numbers = {row.number for row in left_out}
        findings.extend(finding for finding in table.findings if finding.row in numbers)
        count = {"count": str(len(left_out))}
        findings.append(Finding(Level.INFO, "rows_without_year", table.name, None, "assessment_year", "", count))
    return result_of(table, rows, findings)


def _values(reader: RowReader) -> dict[str, Any]:
    decided, accepted = reader.day("decided_on", required=True), reader.day("accepted_on")
    if decided and accepted and decided < accepted:
        reader.error("decided_before_accepted", "decided_on", decided=decided, accepted=accepted)
    effect, outcome = reader.choice("effect", tuple(EFFECTS)), reader.choice("outcome", OUTCOMES)
    if effect and outcome and EFFECTS[effect] != outcome:
        reader.error("outcome_effect", "effect", effect=effect, outcome=outcome)
    return {
        "case_no": reader.code("id", required=True),
        "unit": reader.code("unit", required=True),
        "year": reader.year("assessment_year", required=True),
        "effect": effect,
        "target_kind": reader.choice("target_kind", TARGET_KINDS, required=False),
        "target": reader.code("target"),
        "decision": reader.text("decision", required=True, longest=40),
        "outcome": outcome,
        "situation": reader.code("situation"),
        "decided_on": decided.isoformat() if decided else None,
        "decided_by": reader.text("decided_by", required=True),
        "matter": reader.text("matter", longest=200),
        "is_effective": reader.flag("effective"),
    }


def _check_unit(reader: RowReader, values: Mapping[str, Any], units: Mapping[str, str], index: NameIndex) -> None:
    if reader.code("subject", required=True) not in ("", "unit"):
        reader.error("subject_not_unit", "subject")
    if values["unit"] and values["unit"] not in units:
        reader.error("unit_unknown", "unit", index.offers(values["unit"]))


def _check_target(
    reader: RowReader,
    values: Mapping[str, Any],
    targets: Mapping[tuple[int, str, str], Collection[str]] | None,
) -> None:
    """`void` names its target; the other effects have none; a deduction can be void, a bonus cannot (§8)."""
    kind, target = values["target_kind"], values["target"]
    if values["effect"] == "void":
        if not (reader.raw("target_kind").strip() and target):
            reader.error("target_kind_missing", "target_kind" if target else "target")
        elif targets is not None and kind and values["year"] and values["unit"]:
            if target not in targets.get((values["year"], values["unit"], kind), ()):
                reader.error("target_unknown", "target", year=values["year"], kind=kind)
    elif values["effect"] and (reader.raw("target_kind").strip() or target):
        reader.error("target_kind_extra", "target_kind")
