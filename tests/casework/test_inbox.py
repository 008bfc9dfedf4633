"""What waits for whom, the most urgent first, and what staff were told."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from assessments.models import Measure
from foundation.casework.models import Deadline, Notice
from foundation.casework.selectors import notice_rows, notices_for, waiting_cases, waiting_count
from foundation.casework.services.engine import perform
from foundation.casework.services.notices import settle, tell
from tests.factories.county import make_small_county
from tests.support.people import client_of, make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


def numbers(user):
    return [row.case_no for row in waiting_cases(user)]


def test_a_case_waits_for_those_who_may_take_the_next_step(case, personas):
    waiting = {name for name, user in personas.items() if numbers(user)}
    assert waiting == {"supervision_section"}
    perform(case, "review", actor=personas["supervision_section"], reason="x")
    waiting = {name for name, user in personas.items() if numbers(user)}
    assert waiting == {"department_leader"}


def test_a_case_waits_inside_the_scope_only(case, tree):
    assert numbers(make_persona("supervision_section", tree.health)) == []
    assert numbers(make_persona("supervision_section", tree.county_b)) == []
    assert numbers(make_persona("supervision_section", tree.finance)) == [case.case_no]


def test_a_row_says_what_it_is_what_can_be_done_and_by_when(case, supervision_section):
    with override("en"):
        (row,) = waiting_cases(supervision_section)
    assert row.url == reverse("assessments:measure", args=[case.case_no])
    assert row.due_on == Deadline.objects.get(case_no=case.case_no).due_on
    assert row.unit == str(case.organization)
    assert case.official.name in row.title
    assert row.steps


def test_the_most_urgent_comes_first(county, supervision_section, tree):
    other = make_small_county(tree.county_b, units=[tree.other_department])
    other.published(2024)
    both = make_persona("supervision_section", tree.county_b, username="both")
    first, second = Measure.objects.order_by("pk")
    Deadline.objects.filter(case_no=second.case_no).update(due_on=date(2020, 1, 1))
    assert numbers(both) == [second.case_no]
    looker = make_persona("auditor", username="looks")
    assert numbers(looker) == []  # who may only look has nothing to do
    assert first.case_no in numbers(supervision_section)


def test_the_count_in_the_bar_counts_cases_and_notices(case, supervision_section, tree):
    assert waiting_count(supervision_section) == 1
    tell(key="k", message="case.waits", params={"case_no": "X"}, organization=tree.county_a,
         permission="assessments.review_measure")  # fmt: skip
    assert waiting_count(supervision_section) == 2


# --- notices ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def notice(tree):
    """A notice to those who may calculate in county A."""
    return tell(
        key="gaps:A", message="assessments.gaps", params={"year": 2024, "count": 3}, organization=tree.county_a,
        permission="assessments.run_calculation", severity="red", url="/x/",
    )  # fmt: skip


def test_a_notice_reaches_those_who_hold_the_permission_at_its_unit(notice, personas):
    assert {name for name, user in personas.items() if notices_for(user).exists()} == {"assessment_office"}


def test_a_notice_speaks_the_readers_language(notice, assessment_office):
    with override("en"):
        (row,) = notice_rows(assessment_office)
    assert row["text"].startswith("The assessment of 2024 was not calculated: 3 figures")
    assert (row["severity"], row["url"]) == ("red", "/x/")


def test_told_again_it_is_one_notice_with_the_new_facts(notice, tree, assessment_office):
    settle("gaps:A")
    assert not notices_for(assessment_office).exists()
    tell(key="gaps:A", message="assessments.gaps", params={"year": 2024, "count": 1}, organization=tree.county_a,
         permission="assessments.run_calculation")  # fmt: skip
    assert Notice.objects.count() == 1
    with override("en"):
        assert "1 figure" in notice_rows(assessment_office)[0]["text"]


def test_a_settled_notice_is_settled_once(notice):
    assert settle("gaps:A") == 1
    assert settle("gaps:A") == 0
    assert Notice.objects.get().resolved_at <= timezone.now()


def test_the_inbox_page_shows_both(case, notice, tree):
    user = make_persona("assessment_office", tree.county_a, username="reader")
    html = client_of(user).get(reverse("inbox"), headers={"accept-language": "en"}).content.decode()
    assert "2024" in html
    supervisor = make_persona("supervision_section", tree.county_a, username="supervisor")
    html = client_of(supervisor).get(reverse("inbox")).content.decode()
    assert case.case_no in html or case.official.name in html


def test_a_case_that_is_overdue_is_marked(case, supervision_section):
    Deadline.objects.filter(case_no=case.case_no).update(due_on=timezone.localdate() - timedelta(days=1))
    (row,) = waiting_cases(supervision_section)
    assert row.due_on < timezone.localdate()
    html = client_of(supervision_section).get(reverse("inbox")).content.decode()
    assert "red" in html
