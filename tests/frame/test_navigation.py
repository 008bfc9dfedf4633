"""Each kind of user sees the mechanisms that they may use, and no others."""

from types import SimpleNamespace

import pytest
from django.urls import get_resolver, reverse

from cadremgmt.navigation import NAVIGATION, navigation_for
from foundation.accounts.roles import ROLES, all_permissions

pytestmark = pytest.mark.unit

PEOPLE = ["officials:roster", "officials:list-index"]
UNITS = ["organizations:tree", "organizations:quotas"]
YEAR = [
    "assessments:overview-latest",
    "assessments:cycle-list",
    "assessments:collection-list",
]
BUSINESS = ["home", "alerts:list", *PEOPLE, *UNITS, *YEAR]
TALKS, PERIODS = (
    ["supervision:tools", "supervision:handling-list"],
    ["supervision:conflict-list", "supervision:period-list"],
)
SUPERVISION = [*TALKS, "supervision:matters", *PERIODS]
SHELTER = ["tolerance:case-list", "clearances:board"]
REUSE = "supervision:reuse-desk"
SUPERVISING = ["home", "alerts:list", *PEOPLE, *UNITS, *SUPERVISION, *SHELTER, REUSE, *YEAR]
SEEING_REPORTS = ["home", "alerts:list", *PEOPLE, *UNITS, *SUPERVISION, *SHELTER, "complaints:list", REUSE, *YEAR]
CORRECTING = [
    *("home", "alerts:list", *PEOPLE, *UNITS, "officials:correction-list"),
    *("tolerance:case-list", "clearances:applications", *YEAR),
]
CORRECTING_AND_SUPERVISION = [
    *("home", "alerts:list", *PEOPLE, *UNITS, "officials:correction-list"),
    *(*TALKS, *PERIODS, *SHELTER, REUSE, *YEAR),
]
ITEMS, MEASURES, APPEALS = "assessments:item-list", "assessments:measure-list", "assessments:appeal-list"
SEEN = {
    "assessment_office": [
        *BUSINESS,
        ITEMS,
        "assessments:run-list",
        APPEALS,
        MEASURES,
        "exchange:batch-list",
        "regulations:rule-list",
    ],
    "cadre_section": [*CORRECTING_AND_SUPERVISION, APPEALS, MEASURES, "exchange:batch-list", "regulations:rule-list"],
    "supervision_section": [*SEEING_REPORTS, APPEALS, MEASURES, "exchange:batch-list", "regulations:rule-list"],
    "department_leader": [*SUPERVISING, ITEMS, APPEALS, MEASURES, "regulations:rule-list"],
    "discipline_commission": ["home", "alerts:list", *UNITS, "complaints:list", REUSE, "regulations:rule-list"],
    "unit_liaison": [*CORRECTING, ITEMS, APPEALS, "regulations:rule-list"],
    "auditor": [*SEEING_REPORTS, ITEMS, APPEALS, MEASURES, "regulations:rule-list", "admin:index"],
    "system_admin": ["home", "accounts:account-list"],
    "security_admin": ["home", "accounts:grant-list"],
    "audit_admin": ["home", "admin:index"],
}
ENTRIES = {entry.url_name: entry for group in NAVIGATION for entry in group.entries}


def holder_of(role):
    """Somebody who holds one role everywhere."""
    return SimpleNamespace(has_perm=lambda permission: permission in ROLES[role].permissions)


def urls(groups):
    return [link.url for _label, links in groups for link in links]


def is_built(url_name):
    room = url_name.rpartition(":")[0]
    return not room or room in get_resolver().namespace_dict


def test_every_role_is_described_here():
    assert set(SEEN) == set(ROLES)


@pytest.mark.parametrize("role", SEEN)
def test_a_role_sees_its_mechanisms(role):
    expected = [reverse(name) for name in SEEN[role] if is_built(name)]
    assert urls(navigation_for(holder_of(role), "/")) == expected


def test_every_permission_named_in_the_navigation_is_held_by_some_role():
    named = {permission for entry in ENTRIES.values() for permission in entry.permissions}
    assert named - all_permissions() == set()


def test_headings_without_entries_are_left_out():
    for role in ROLES:
        assert all(links for _label, links in navigation_for(holder_of(role), "/"))


def test_the_entry_that_holds_the_page_is_current():
    user = holder_of("assessment_office")
    home = reverse("home")

    def current(path):
        return [link.url for _label, links in navigation_for(user, path) for link in links if link.is_current]

    assert current(home) == [home]
    assert current("/nowhere/") == []
    for url in urls(navigation_for(user, home))[1:]:
        assert current(f"{url}deeper/") == [url]
