"""The workbook of a whole cycle: its sheets and their fields, the same for writing and for reading. Pure.

Each sheet has a title, a line of captions for people, a line of field names for programs, then its rows. Names of sheets
and fields never change with the language. Fields in `READ_ONLY` are for people: reading leaves them alone.
"""

from collections.abc import Mapping

FORMAT = "cadre-cycle-1"
MANIFEST, UNITS, SCHEMES, INDICATORS, SCORES = "清单", "单位", "考核方案", "指标", "数据"
ADJUSTMENTS, VETOES, EFFECTS, POSTS, HOLDERS, RESULTS = "加分扣分", "一票否决", "容错", "岗位", "任职", "结果"

FIELDS: Mapping[str, tuple[str, ...]] = {
    MANIFEST: ("key", "value"),
    UNITS: (
        "code", "name", "short_name", "kind", "parent", "division_code", "valid_from", "leader_quota", "staffing",
        "category",
    ),
    SCHEMES: (
        "year", "category", "bonus_cap", "deduction_cap", "veto_effect", "places", "excellent_share", "excellent_min",
        "excellent_line", "good_line", "pass_line", "bottom_mode", "bottom_value", "min_class_size", "exempt_line",
        "bottom_ties", "tie_breakers", "state", "issued_on", "document_no", "issuer_name",
    ),
    INDICATORS: (
        "year", "category", "group", "code", "name", "weight", "unit_of_measure", "responsible_code", "method",
        "direction", "params", "sort",
    ),
    SCORES: (
        "unit", "category", "indicator", "figure", "word", "target", "is_applicable", "na_reason", "unit_name",
        "indicator_name",
    ),
    ADJUSTMENTS: ("number", "unit", "item", "points", "ground", "document_no", "evidence", "date", "unit_name"),
    VETOES: ("number", "unit", "ground", "decided_by", "document_no", "date", "unit_name"),
    EFFECTS: (
        "id", "subject", "unit", "assessment_year", "effect", "target_kind", "target", "outcome", "decision", "situation",
        "decided_on", "decided_by", "matter", "effective", "unit_name",
    ),
    POSTS: ("unit", "post", "level", "sort", "starts_on", "ends_on", "is_team_member", "unit_name"),
    HOLDERS: ("unit", "post", "name", "id_masked", "person", "from", "to", "is_main", "document_no", "note", "unit_name"),
    RESULTS: (
        "category", "unit", "unit_name", "rank", "n", "total", "base", "bonus", "deduction", "vetoes", "grade", "flagged",
        "shielded", "mitigated", "streak", "step",
    ),
}  # fmt: skip
READ_ONLY = frozenset({"unit_name", "indicator_name"})
MAY_LACK = frozenset({"na_reason"})  # columns that workbooks of earlier versions do not have
IS_READ = tuple(name for name in FIELDS if name != RESULTS)
MANIFEST_KEYS = (
    "format", "jurisdiction", "jurisdiction_name", "year", "digest", "engine_version", "rulebook_version", "parameters",
    "earlier_flags", "run", "run_digest", "exported_at", "installation",
)  # fmt: skip
