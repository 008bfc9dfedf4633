"""Who may decide what about whom, and who approves."""

from datetime import date

import pytest

from supervision.rules.authority import BODIES, LEVELS, Body, bodies_for, check_approval, check_body
from supervision.rules.kinds import FAMILY_OF

from .situation_files import book_of_files

pytestmark = pytest.mark.unit
COUNTY = "COUNTY"


def codes(verdict):
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        ("PTY_WARN", "DISCIPLINE_COMMISSION", []),
        ("PTY_WARN", "PARTY_COMMITTEE", []),
        ("PTY_WARN", "SUPERVISORY_COMMISSION", ["BODY_WITHOUT_AUTHORITY"]),
        ("PTY_WARN", "ORGANIZATION_DEPARTMENT", ["BODY_PROPOSES_ONLY"]),
        ("GOV_DEMERIT", "SUPERVISORY_COMMISSION", []),
        ("GOV_DEMERIT", "APPOINTING_BODY", []),
        ("GOV_DEMERIT", "DISCIPLINE_COMMISSION", ["BODY_WITHOUT_AUTHORITY"]),
        ("GOV_DEMERIT", "ORGANIZATION_DEPARTMENT", ["BODY_PROPOSES_ONLY"]),
        ("ORG_REMOVE", "PARTY_COMMITTEE", []),
        ("ORG_REMOVE", "DISCIPLINE_COMMISSION", ["BODY_WITHOUT_AUTHORITY"]),
        ("ORG_REMOVE", "ORGANIZATION_DEPARTMENT", ["BODY_PROPOSES_ONLY"]),
        ("RESIGN_BLAME", "PARTY_COMMITTEE", []),
        ("RESIGN_BLAME", "ORGANIZATION_DEPARTMENT", ["BODY_PROPOSES_ONLY"]),
        ("UNFIT_ADJUST", "ORGANIZATION_DEPARTMENT", ["BODY_PROPOSES_ONLY"]),
        ("ADMONISH", "ORGANIZATION_DEPARTMENT", []),
        ("ADMONISH", "APPOINTING_BODY", ["BODY_WITHOUT_AUTHORITY"]),
        ("CIRCULATE", "ORGANIZATION_DEPARTMENT", []),
        ("CIRCULATE", "DISCIPLINE_COMMISSION", []),
        ("REMIND", "ORGANIZATION_DEPARTMENT", []),
        ("INQUIRY", "DISCIPLINE_COMMISSION", []),
        ("INQUIRY", "APPOINTING_BODY", ["BODY_WITHOUT_AUTHORITY"]),
        ("CRITICISM", "APPOINTING_BODY", []),
    ],
)
def test_kinds_of_body(kind, body, expected):
    found = check_body(kind, Body(body, COUNTY), COUNTY)
    assert (codes(found), found.allowed) == (expected, not expected)
    assert all(reason.cite.law for reason in found.reasons)


@pytest.mark.parametrize(
    ("level", "managed_at", "expected"),
    [
        ("COUNTY", "COUNTY", []),
        ("COUNTY", "PREFECTURE", ["LEVEL_WITHOUT_AUTHORITY"]),
        ("PREFECTURE", "PREFECTURE", []),
        ("PREFECTURE", "COUNTY", []),
        ("UNIT", "UNIT", []),
        ("UNIT", "COUNTY", ["LEVEL_WITHOUT_AUTHORITY"]),
        ("PROVINCE", "CENTRAL", ["LEVEL_WITHOUT_AUTHORITY"]),
    ],
)
def test_levels(level, managed_at, expected):
    assert codes(check_body("PTY_WARN", Body("PARTY_COMMITTEE", level), managed_at)) == expected


def test_of_two_managing_sides_the_other_is_asked():
    body = Body("PARTY_COMMITTEE", COUNTY)
    assert codes(check_body("ORG_TRANSFER", body, COUNTY, is_dual_managed=True)) == ["OTHER_SIDE_NOT_ASKED"]
    assert check_body("ORG_TRANSFER", body, COUNTY, is_dual_managed=True, has_consulted=True).allowed


def test_the_department_of_the_county_may_not_sanction_whom_the_prefecture_manages():
    found = check_body("ORG_REMOVE", Body("ORGANIZATION_DEPARTMENT", COUNTY), "PREFECTURE")
    assert codes(found) == ["BODY_PROPOSES_ONLY", "LEVEL_WITHOUT_AUTHORITY"]
    assert found.reasons[0].facts["bodies"] == ("PARTY_COMMITTEE",)


@pytest.mark.parametrize("kind", sorted(FAMILY_OF))
def test_every_kind_has_bodies(kind):
    assert set(bodies_for(kind)) <= set(BODIES)
    assert any(check_body(kind, Body(body, level), COUNTY).allowed for body in BODIES for level in LEVELS)


@pytest.mark.rule("R-1.43")
@pytest.mark.parametrize(
    ("kind", "approver", "allowed"),
    [
        ("REMIND", "OD_HEAD", True),
        ("INQUIRY", "OD_HEAD", True),
        ("ADMONISH", "OD_HEAD", False),
        ("ADMONISH", "COMMITTEE_LEADER", True),
        ("REMIND", "COMMITTEE_LEADER", True),
        ("REMIND", "", False),
        ("REMIND", "SECTION_HEAD", False),
        ("PTY_WARN", "", True),
    ],
)
def test_approvals(kind, approver, allowed):
    book = book_of_files(date(2026, 4, 1))
    found = check_approval(kind, approver, book.value("R-1.43"), book.cite("R-1.43"))
    assert found.allowed is allowed
    assert codes(found) == ([] if allowed else ["APPROVER_TOO_LOW"])
