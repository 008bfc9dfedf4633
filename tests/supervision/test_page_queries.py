"""Pages of avoidance, personal matters and reuse: how often each asks the database, as reviewed numbers, with several rows on each."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from foundation.casework.services.engine import perform
from foundation.common.actors import SystemActor
from foundation.common.dates import add_months
from foundation.organizations.models import Post
from officials.models import FamilyMember, PostHolding
from supervision.models import MatterCheck, RelationConflict
from supervision.services.conflicts import follow_conflicts
from supervision.services.handlings import enter
from supervision.services.matters import ask_reports
from supervision.services.reuses import draft_reuse
from tests.factories.people import make_person
from tests.support.people import client_of, make_persona
from tests.support.queries import assert_query_baseline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
OFFICE = SystemActor("office")
TODAY = timezone.localdate()


@pytest.fixture
def browser(tree):
    return client_of(make_persona("supervision_section", tree.county_a))


def asked_twice(browser, address: str, name: str):
    """The page once to warm what a process remembers, then counted."""
    assert browser.get(address).status_code == 200
    with assert_query_baseline(name):
        assert browser.get(address).status_code == 200


def seat(person, unit, title, **post):
    post, _made = Post.objects.get_or_create(organization=unit, title=title, ends_on=None, defaults=post)
    return PostHolding.objects.create(official=person, post=post, starts_on=date(2020, 1, 1))


@pytest.fixture
def conflicts(tree):
    """Two couples: a head and a deputy of one department, each married to somebody of its personnel."""
    for unit in (tree.finance, tree.health):
        chief = make_person(f"曾{unit.code}", unit, born=date(1972, 4, 1))
        clerk = make_person(f"苏{unit.code}", unit, born=date(1974, 2, 1))
        seat(chief, unit, "局长", is_principal=True, is_team_member=True)
        seat(clerk, unit, "政工人事股副股长")
        FamilyMember.objects.create(official=chief, relation="妻子", name=clerk.name, birth_text="197402")
    follow_conflicts(actor=OFFICE, day=date(2026, 3, 2))
    return list(RelationConflict.objects.order_by("pk"))


def test_pages_of_avoidance(browser, conflicts):
    assert len(conflicts) >= 2
    asked_twice(browser, "/supervision/avoidance/", "supervision:conflict-list")
    asked_twice(browser, f"/supervision/avoidance/{conflicts[0].case_no}/", "supervision:conflict")


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("", "supervision:matters-year"),
        ("changes/", "supervision:matters-changes"),
        ("checks/", "supervision:matters-checks"),
    ],
)
def test_pages_of_personal_matters(tree, browser, page, name):
    year = TODAY.year - 1
    for unit in (tree.finance, tree.health):
        person = make_person(f"某{unit.code}", unit, level="县处级副职")
        MatterCheck.objects.create(official=person, occasion="KEY", year=year, asked_on=TODAY)
    ask_reports(actor=OFFICE, county=tree.county_a, year=year)
    asked_twice(browser, f"/supervision/personal-matters/{year}/{page}", name)


def test_the_page_of_a_check_of_personal_matters(tree, browser):
    person = make_person("某甲", tree.finance, level="县处级副职")
    check = MatterCheck.objects.create(official=person, occasion="KEY", year=TODAY.year, asked_on=TODAY)
    asked_twice(browser, f"/supervision/personal-matters/check/{check.pk}/", "supervision:matters-check")


@pytest.fixture
def proposals(tree):
    """Two people whose warnings ended, each with a draft."""
    section, leader = make_persona("cadre_section", tree.county_a), SystemActor("leader")
    found = []
    for unit in (tree.finance, tree.health):
        person, day = make_person(f"麦{unit.code}", unit), add_months(TODAY, -7) - timedelta(days=1)
        decision = enter(
            actor=OFFICE, official=person, kind="GOV_WARN", document_no=f"甲监〔2026〕{unit.pk}号", body_level="COUNTY",
            body="SUPERVISORY_COMMISSION", body_name="甲县监委", decided_on=day, effective_on=day, summary="x",
        )  # fmt: skip
        perform(decision, "confirm", actor=leader)
        found.append(
            draft_reuse(
                actor=section, official=person, decision=decision.case_no, mode="LOWER", post_text="x", summary="x"
            )
        )
    return section, found


def test_pages_of_reuse(proposals):
    section, cases = proposals
    browser = client_of(section)
    asked_twice(browser, "/supervision/reuse/", "supervision:reuse-desk")
    asked_twice(browser, "/supervision/reuse/proposals/", "supervision:reuse-list")
    asked_twice(browser, f"/supervision/reuse/{cases[0].case_no}/", "supervision:reuse")
    asked_twice(browser, f"/supervision/reuse/{cases[0].case_no}/edit/", "supervision:reuse-edit")
    asked_twice(browser, f"/supervision/reuse/new/{cases[0].official_id}/", "supervision:reuse-new")


def test_the_page_of_a_reuse_for_who_may_see_its_readers(tree, proposals):
    _section, cases = proposals
    leader = client_of(make_persona("department_leader", tree.county_a))
    asked_twice(leader, f"/supervision/reuse/{cases[0].case_no}/", "supervision:reuse of a leader")
