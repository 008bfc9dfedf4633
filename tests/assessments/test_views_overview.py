"""The county at a glance (考核总览): its tiles, categories, movers, and what each reader sees of it."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from assessments.models import Appeal, Collection, Cycle, Measure
from assessments.selectors.county_cases import CaseCount, SubmissionCounts, submission_counts
from assessments.selectors.county_tiles import PROVIDERS
from foundation.accounts.models import User
from foundation.casework.models import Deadline
from foundation.casework.services.engine import perform
from tests.support.people import client_of

from .test_views_reading import LIAISON, OWN, results
from .test_views_results import COUNTY, ENGLISH, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heshan_database")]


def test_the_overview_counts_grades_first_and_bottom_of_every_category():
    year = page("lingdao", "overview", COUNTY, 2024).context["year"]
    assert [line.code for line in year.lines] == [
        "GENERAL", "ECONOMIC", "SOCIAL", "VERTICAL", "OPTIMISED", "KEY", "ECOLOGICAL",
    ]  # fmt: skip
    for line in year.lines:
        wanted = results(category=line.code)
        assert [count for _label, count in line.grades] == [
            sum(row["grade"] == grade for row in wanted) for grade in ("优秀", "良好", "一般", "较差")
        ]
        assert {row.unit.code for row in line.first} == {row["unit"] for row in wanted if row["rank"] == "1"}
        assert {row.unit.code for row in line.flagged} == {row["unit"] for row in wanted if row["flagged"] == "1"}


def test_movers_are_those_whose_rank_changed_most_within_their_category():
    year = page("lingdao", "overview", COUNTY, 2024).context["year"]
    moves = sorted((row.rank_change for row in year.rows if row.rank_change), reverse=True)
    assert [row.rank_change for row in year.risen] == moves[:5]
    assert [row.rank_change for row in year.fallen] == moves[:-6:-1]


def test_every_number_of_the_overview_opens_a_page_that_its_reader_may_see():
    client = client_of(User.objects.get(username="lingdao"))
    answer = client.get(reverse("assessments:overview", args=[COUNTY, 2024]))
    tiles = answer.context["tiles"]
    assert len(tiles) == len(PROVIDERS)
    assert {client.get(urlsplit(tile.url).path).status_code for tile in tiles} == {200}
    states = {state.code: state.count for state in answer.context["measures"]}
    assert sum(states.values()) == Measure.objects.filter(cycle__year=2024).count()
    for code, count in states.items():
        found = client.get(reverse("assessments:measure-list"), {"year": 2024, "status": code})
        assert found.context["page"].paginator.count == count, code


def tile_of(username, label, year=2024):
    """Count, word and severity of a tile of the overview, and the address behind it; None when it is not there."""
    for tile in page(username, "overview", COUNTY, year).context["tiles"]:
        if tile.label == label:
            return tile.count, tile.hint, tile.severity, tile.url
    return None


FIGURES_2025, BOARD = "Figures of 2025 verified", reverse_lazy("assessments:collection-board", args=[COUNTY, 2025])


def test_the_overview_says_how_many_departments_figures_of_the_open_year_are_verified():
    """Of the 18 departments asked for 2025, 6 are verified, 7 wait for the office, 5 have not submitted."""
    for year in (2023, 2024, 2025):
        assert tile_of("lingdao", FIGURES_2025, year) == ("6/18", "7 to be verified", "yellow", BOARD)
    waiting = Collection.objects.get(organization__code="HS-D07")
    perform(waiting, "verify", actor=User.objects.get(username="kaohe"))
    assert tile_of("lingdao", FIGURES_2025) == ("7/18", "6 to be verified", "yellow", BOARD)
    assert tile_of("caizheng", FIGURES_2025) == ("0/1", "", "", BOARD)  # its own, returned for correction
    assert tile_of("zhishan", FIGURES_2025) is None  # a town that is asked for nothing


def test_a_department_past_its_last_day_is_overdue_unless_it_was_given_more_time():
    today = timezone.localdate()
    departments = Collection.objects.filter(organization__code__in=("HS-D01", "HS-D02", "HS-D07"))
    departments.update(due_on=today - timedelta(days=1))  # two of them are still to submit
    assert tile_of("lingdao", FIGURES_2025)[:3] == ("6/18", "2 overdue", "red")
    departments.filter(organization__code="HS-D02").update(released_until=today)
    assert tile_of("lingdao", FIGURES_2025)[:3] == ("6/18", "1 overdue", "red")


def test_figures_are_counted_of_the_page_s_year_while_it_is_open_and_of_no_published_one():
    def of(year, status, state, count, overdue=0):
        return CaseCount("assessments.collection", year, status, state, count, overdue)

    counts = [of(2024, "published", "verified", 9), of(2025, "open", "verified", 3), of(2025, "open", "filling", 2, 1)]
    assert submission_counts(counts, Cycle(year=2024)) == SubmissionCounts(2025, 5, 0, 3, 1)
    counts += [of(2026, "correcting", "submitted", 4), of(2026, "correcting", "verified", 1)]
    assert submission_counts(counts, Cycle(year=2024)) == SubmissionCounts(2026, 5, 4, 1, 0)
    assert submission_counts(counts, Cycle(year=2025)) == SubmissionCounts(2025, 5, 0, 3, 1)
    assert submission_counts(counts[:1], Cycle(year=2024)) is None


def test_the_overview_counts_open_appeals_as_far_as_its_reader_sees_them():
    """A town filed two: one waits for the finance department's colleagues, one is answered and waits for the office."""
    listed = reverse("assessments:appeal-list") + "?status=open"
    assert tile_of("lingdao", "Open appeals") == (2, "to do", "yellow", listed)
    assert tile_of("zhishan", "Open appeals") == (2, "to do", "yellow", listed)
    assert tile_of("caizheng", "Open appeals") == (1, "to do", "yellow", listed)
    clocks = Deadline.objects.filter(case_no="SS-440784-2025-002", closed_at=None)
    assert clocks.update(due_on=timezone.localdate() - timedelta(days=1)) == 1
    assert tile_of("lingdao", "Open appeals") == (2, "1 overdue", "red", listed)
    assert tile_of("caizheng", "Open appeals") == (1, "to do", "yellow", listed)
    for number in ("001", "002"):
        appeal = Appeal.objects.get(case_no=f"SS-440784-2025-{number}")
        perform(appeal, "withdraw", actor=User.objects.get(username="zhishan"), reason="误报")
    assert tile_of("lingdao", "Open appeals") == (0, "", "", listed)


def test_a_leader_reaches_the_overview_from_the_home_page():
    def tiles(username):
        sections = (
            client_of(User.objects.get(username=username)).get(reverse("home"), headers=ENGLISH).context["sections"]
        )
        return {tile.url: (tile.label, tile.count) for _heading, found in sections for tile in found}

    overview = reverse("assessments:overview", args=[COUNTY, 2024])
    assert tiles("lingdao")[overview] == ("2024 at a glance", 70)
    assert overview not in tiles(LIAISON)  # one unit is no county


def test_the_overview_of_a_liaison_tells_nothing_about_others():
    answer = page(LIAISON, "overview", COUNTY, 2024)
    assert [row.unit.code for row in answer.context["year"].rows] == [OWN]
    assert answer.context["measures"] == []
    assert "Median" in text_of(answer)  # the column, with a dash
    assert not any(line.is_whole for line in answer.context["year"].lines)


def test_the_entry_in_the_navigation_leads_to_the_latest_published_year():
    answer = page("lingdao", "overview-latest", status=302)
    assert answer.url == reverse("assessments:overview", args=[COUNTY, 2024])


def test_a_year_without_a_result_says_how_it_comes():
    Cycle.objects.create(jurisdiction=Cycle.objects.first().jurisdiction, year=2026)
    words = text_of(page(LIAISON, "overview", COUNTY, 2026))
    assert "appear when the year was calculated" in words
