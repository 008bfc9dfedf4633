"""Kinds of sanction and handling (处分、组织处理、诫勉等) and their families: codes of code table handling_type. Pure."""

PARTY, GOVERNMENT, ORGANIZATION = "PARTY", "GOVERNMENT", "ORGANIZATION"
ACCOUNTABILITY, ADJUSTMENT, FIRST_FORM = "ACCOUNTABILITY", "ADJUSTMENT", "FIRST_FORM"

PARTY_KINDS = ("PTY_WARN", "PTY_SERIOUS", "PTY_REMOVE", "PTY_PROBATION", "PTY_EXPEL")
"""Party sanctions, the lightest first (中国共产党纪律处分条例 第8条)."""
GOVERNMENT_KINDS = ("GOV_WARN", "GOV_DEMERIT", "GOV_MAJOR", "GOV_DOWNGRADE", "GOV_REMOVE", "GOV_DISMISS")
"""Government sanctions, the lightest first (公职人员政务处分法 第7条)."""
ORGANIZATION_KINDS = ("ORG_SUSPEND", "ORG_TRANSFER", "ORG_ORDER_RESIGN", "ORG_REMOVE", "ORG_DEMOTE")
ACCOUNTABILITY_KINDS = ("RESIGN_BLAME", "CIRCULATE")
ADJUSTMENT_KINDS = ("UNFIT_ADJUST",)
FIRST_FORM_KINDS = ("ADMONISH", "REMIND", "INQUIRY", "CRITICISM", "ORDER_SELF_EXAM")

FAMILY_OF = {
    kind: family
    for family, kinds in (
        (PARTY, PARTY_KINDS),
        (GOVERNMENT, GOVERNMENT_KINDS),
        (ORGANIZATION, ORGANIZATION_KINDS),
        (ACCOUNTABILITY, ACCOUNTABILITY_KINDS),
        (ADJUSTMENT, ADJUSTMENT_KINDS),
        (FIRST_FORM, FIRST_FORM_KINDS),
    )
    for kind in kinds
}

TWO_PERIODS = frozenset({"ORG_ORDER_RESIGN", "ORG_REMOVE", "RESIGN_BLAME"})
"""Kinds with a shorter period for any leading post and a longer one for posts above the former level and for ranks."""
WITHOUT_PERIOD = frozenset({"REMIND", "INQUIRY", "CRITICISM", "ORDER_SELF_EXAM", "CIRCULATE"})
"""Kinds that are kept on record only."""


def heaviness(kind: str) -> int:
    """Place of a sanction among those of its family, from 0; -1 for kinds that are no sanction."""
    for kinds in (PARTY_KINDS, GOVERNMENT_KINDS):
        if kind in kinds:
            return kinds.index(kind)
    return -1
