"""Personas on a small tree of units: fixtures that every room's tests share.

The tree: county A (with finance, health, and a section below finance) and county B (with one department). A persona is
a user with one grant; `make_user` and `give` make others.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from foundation.accounts.models import ApiKey, RoleGrant, User
from foundation.accounts.roles import role as role_of
from foundation.accounts.services.keys import digest_of
from foundation.organizations.choices import Kind
from foundation.organizations.models import PATH_STEP, Organization

PASSWORD = "Correct-Horse-7"  # noqa: S105 - of test accounts only
GRANTS_BEGIN = date(2020, 1, 1)
BACKEND = "foundation.accounts.backends.RoleGrantBackend"


def make_unit(code, *, parent=None, kind=Kind.DEPARTMENT, name="", rank=None) -> Organization:
    """A unit at the end of its parent's children (or of the roots), with the path that `services.tree` would give."""
    rank = rank or Organization.objects.system().filter(parent=parent).count() + 1
    prefix = parent.path if parent else ""
    return Organization.objects.create(
        code=code,
        name=name or f"Unit {code}",
        short_name=name,
        kind=Kind.JURISDICTION if parent is None else kind,
        parent=parent,
        jurisdiction_id=parent.root_id if parent else None,
        path=f"{prefix}{rank:0{PATH_STEP}d}",
        sort=rank,
    )


@dataclass(frozen=True)
class Tree:
    """The units of the personas."""

    county_a: Organization
    finance: Organization
    finance_section: Organization
    health: Organization
    county_b: Organization
    other_department: Organization


def make_tree() -> Tree:
    """County A with finance (and a section) and health; county B with one department."""
    county_a = make_unit("A", name="甲县")
    finance = make_unit("A-FIN", parent=county_a, name="甲县财政局")
    county_b = make_unit("B", name="乙县")
    return Tree(
        county_a=county_a,
        finance=finance,
        finance_section=make_unit("A-FIN-1", parent=finance, kind=Kind.SECTION, name="甲县财政局预算股"),
        health=make_unit("A-HEA", parent=county_a, name="甲县卫生健康局"),
        county_b=county_b,
        other_department=make_unit("B-FIN", parent=county_b, name="乙县财政局"),
    )


def make_user(username, *, home=None, password=PASSWORD, **fields) -> User:
    """An account without rights."""
    values = {"display_name": f"Person {username}", "password_set_at": timezone.now()} | fields
    user = User(username=username, organization=home, **values)
    user.set_password(password)
    user.save()
    return user


def give(user, role_code, at=None, **fields) -> RoleGrant:
    """A grant written past the service (no rule but the database's is checked); `at` None means everywhere."""
    values = {"valid_from": GRANTS_BEGIN, "reason": "test", "granted_by": "test"} | fields
    grant = RoleGrant.objects.create(
        user=user,
        group=Group.objects.get_or_create(name=role_code)[0],
        duty=role_of(role_code).duty,
        organization=at,
        **values,
    )
    user.forget_grants()
    return grant


def make_persona(role_code, at=None, *, home=None, username="", **fields) -> User:
    """A user with one grant; the home unit is where the grant holds unless said otherwise."""
    place = at.code.lower() if at else "all"
    user = make_user(username or f"{role_code}.{place}", home=home or at)
    give(user, role_code, at, **fields)
    return user


def make_key(user, *scopes, expires_in=timedelta(days=30), **fields) -> tuple[ApiKey, str]:
    """A key of the user and the text that a program sends; a negative `expires_in` makes one that is over."""
    number = user.api_keys.count()
    secret = f"secret-{user.username}-{number}"
    key = ApiKey.objects.create(
        user=user,
        name=f"test {number}",
        prefix=f"t{user.pk}x{number}",
        digest=digest_of(secret),
        scopes=list(scopes),
        created_at=timezone.now() - timedelta(days=400),
        expires_at=timezone.now() + expires_in,
        **fields,
    )
    return key, f"{key.prefix}.{secret}"


def client_of(user) -> Client:
    """A browser in which the user is signed in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def api_client_of(user) -> APIClient:
    """A page's own calls of the API: with the session."""
    client = APIClient()
    client.force_login(user, backend=BACKEND)
    return client


def key_client_of(user, *scopes) -> APIClient:
    """A program that calls with a key of the user; without scopes the key carries all that the user holds."""
    client = APIClient()
    text = make_key(user, *(scopes or user.get_all_permissions()))[1]
    client.credentials(HTTP_AUTHORIZATION=f"Key {text}")
    return client


@pytest.fixture
def tree(db) -> Tree:
    """The units of the personas."""
    return make_tree()


@pytest.fixture
def assessment_office(tree):
    """考核办 of county A."""
    return make_persona("assessment_office", tree.county_a)


@pytest.fixture
def cadre_section(tree):
    """干部科 of county A."""
    return make_persona("cadre_section", tree.county_a)


@pytest.fixture
def supervision_section(tree):
    """干部监督科 of county A."""
    return make_persona("supervision_section", tree.county_a)


@pytest.fixture
def department_leader(tree):
    """部领导 of county A."""
    return make_persona("department_leader", tree.county_a)


@pytest.fixture
def unit_liaison(tree):
    """单位联络员 of the finance department of county A, with its sections."""
    return make_persona("unit_liaison", tree.finance)


@pytest.fixture
def other_county_office(tree):
    """考核办 of county B: holds every right of the office, nowhere in county A."""
    return make_persona("assessment_office", tree.county_b)


@pytest.fixture
def auditor(tree):
    """审计员 of the whole installation."""
    return make_persona("auditor")


@pytest.fixture
def system_admin(tree):
    """系统管理员 of the whole installation."""
    return make_persona("system_admin")


@pytest.fixture
def security_admin(tree):
    """安全保密管理员 of the whole installation."""
    return make_persona("security_admin")


@pytest.fixture
def audit_admin(tree):
    """安全审计员 of the whole installation."""
    return make_persona("audit_admin")


@pytest.fixture
def discipline_commission(tree):
    """纪委监委 of county A."""
    return make_persona("discipline_commission", tree.county_a)


@pytest.fixture
def stranger(tree):
    """An account of county A without any grant."""
    return make_user("stranger", home=tree.county_a)


PERSONAS = (
    "assessment_office",
    "cadre_section",
    "supervision_section",
    "department_leader",
    "unit_liaison",
    "other_county_office",
    "auditor",
    "system_admin",
    "security_admin",
    "audit_admin",
    "stranger",
    "discipline_commission",
)


@pytest.fixture
def personas(request) -> dict:
    """Every persona by name, for matrices."""
    return {name: request.getfixturevalue(name) for name in PERSONAS}
