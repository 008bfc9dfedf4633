"""Pages of the rulebook: who sees what, filters, forms."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.regulations.models import CalendarDay, RuleOverride
from foundation.regulations.services import rulebook
from foundation.regulations.services.overrides import set_override
from tests.support.people import client_of, make_persona
from tests.support.scoped import ScopedPage

pytestmark = pytest.mark.django_db


class RulebookPage(ScopedPage):
    """A page that holds for everybody: no row of it lies outside a scope."""

    permission = "regulations.view_rule"

    @pytest.fixture(autouse=True)
    def _rules(self, loaded):
        """The rulebook, before the pages are asked for."""


class TestRuleListAccess(RulebookPage):
    def own(self, tree):
        return reverse("regulations:rule-list")


class TestRuleAccess(RulebookPage):
    def own(self, tree):
        return reverse("regulations:rule", args=["ASM-MIN-TENURE"])

    def foreign(self, tree):
        return reverse("regulations:rule", args=["ASM-NOTHING"])


class TestCalendarAccess(RulebookPage):
    def own(self, tree):
        return reverse("regulations:calendar", args=[2025])

    def foreign(self, tree):
        return reverse("regulations:calendar", args=[1999])


class TestDayAccess(RulebookPage):
    permission = "regulations.change_override"
    method = "post"
    ok = (422,)

    def own(self, tree):
        return reverse("regulations:calendar-day", args=[2025])


class TestNoticeAccess(RulebookPage):
    permission = "regulations.change_override"
    method = "post"
    ok = (422,)

    def own(self, tree):
        return reverse("regulations:calendar-notice", args=[2027])


@pytest.fixture
def everywhere(loaded, tree):
    """考核办 of the whole installation, as a client."""
    return client_of(make_persona("assessment_office"))


@pytest.fixture
def office(loaded, counties, assessment_office):
    """考核办 of county A, which is known to the rulebook."""
    return client_of(assessment_office)


@pytest.fixture
def reader(loaded, cadre_section):
    """干部科: reads the rulebook, changes nothing."""
    return client_of(cadre_section)


def shown(page):
    return [line.rule.code for line in page.context["page"].object_list]


def test_list_shows_value_source_and_the_mark_of_what_was_not_verified(reader):
    page = reader.get("/rulebook/", {"q": "ASM-MIN-TENURE"}, headers={"accept-language": "zh-hans"})
    text = page.content.decode()
    assert shown(page) == ["ASM-MIN-TENURE"]
    assert "183" in text
    assert "差异化考核办法" in text
    assert "tag-unverified" in text
    verified = reader.get("/rulebook/", {"q": "R-DIS-GOV_WARN"}).content.decode()
    assert "tag-unverified" not in verified.split("R-DIS-GOV_WARN-BLOCKS")[0].split("<tbody>")[1]


@pytest.mark.parametrize(
    ("query", "check"),
    [
        ({"confidence": "verified"}, lambda line: line.at.confidence == "verified"),
        ({"confidence": "unverified"}, lambda line: line.at.confidence != "verified"),
        ({"confidence": "practice", "room": "tolerance"}, lambda line: line.rule.used_by == "tolerance"),
        ({"q": "影响期 政务处分法"}, lambda line: "影响期" in line.rule.about_zh),
        ({"q": "influence period"}, lambda line: "influence period" in line.rule.about_en.lower()),
    ],
)
def test_filters_narrow_the_list(reader, query, check):
    page = reader.get("/rulebook/", {**query, "size": "100"})
    found = page.context["page"].object_list
    assert 0 < len(found) < 200
    assert all(check(line) for line in found)


def test_list_of_an_older_day_shows_the_older_value(reader):
    page = reader.get("/rulebook/", {"q": "RWD-BONUS", "on": "2015.06.01"})
    assert page.context["page"].object_list[0].at.value["RW_COMMEND"] == 800


def test_list_with_nothing_found_says_how_rules_come(reader):
    page = reader.get("/rulebook/", {"q": "no such words"})
    assert "empty-state" in page.content.decode()


def test_htmx_gets_the_rows_only(reader):
    text = reader.get("/rulebook/", headers={"hx-request": "true"}).content.decode()
    assert "<html" not in text
    assert "table-dense" in text


def test_list_takes_few_queries(reader, django_assert_max_num_queries):
    reader.get("/rulebook/", {"size": "100"})
    with django_assert_max_num_queries(10):
        reader.get("/rulebook/", {"size": "100"})


def test_local_filter_shows_rules_with_settings(everywhere, clerk):
    set_override(actor=clerk, rule_id="ASM-PLACES", value=3, starts_on=date(2025, 1, 1), basis="x")
    page = everywhere.get("/rulebook/", {"local": "on"})
    assert shown(page) == ["ASM-PLACES"]
    assert page.context["page"].object_list[0].at.is_local


def test_every_rule_has_a_page(reader):
    for rule in rulebook(timezone.localdate()):
        assert reader.get(reverse("regulations:rule", args=[rule.id])).status_code == 200, rule.id


@pytest.mark.parametrize(
    ("rule_id", "typed", "value"),
    [
        ("ASM-MIN-TENURE", "150", 150),
        ("ASM-EXCELLENT-SHARE", "0.25", "0.25"),
        ("ASM-STREAK-CATEGORY-CHANGE", "no", False),
        ("ASM-BOTTOM-TIES", "none", "none"),
        ("ASM-GRADE-TABLE", "甲 = 99.5\n乙=80", [["甲", "99.5"], ["乙", "80"]]),
        ("ASM-LADDER-STREAK", "1 = 谈话提醒\n2 = post_adjustment", [[1, "reminder_talk"], [2, "post_adjustment"]]),
        ("ASM-LADDER-WINDOW", "年限＝5\n次数 = 3\n\nstep = 诫勉谈话", {"years": 5, "flags": 3, "step": "admonishment"}),
        ("R-DIS-PTY_WARN-BLOCKS", "POST\n晋升职级", ["POST", "RANK"]),
    ],
)  # fmt: skip
def test_setting_is_typed_after_its_rule(everywhere, rule_id, typed, value):
    answer = everywhere.post(
        reverse("regulations:rule", args=[rule_id]),
        {"value": typed, "jurisdiction": "*", "starts_on": "2025-01-01", "basis": "〔2025〕1号"},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert RuleOverride.objects.get().value == value


def test_form_opens_with_the_value_in_force(everywhere):
    form = everywhere.get(reverse("regulations:rule", args=["ASM-GRADE-TABLE"])).context["form"]
    assert form["value"].value() == "优 = 100\n良 = 85\n中 = 70\n差 = 50"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"value": ""}, "value"),
        ({"jurisdiction": ""}, "jurisdiction"),
        ({"basis": ""}, "basis"),
        ({"starts_on": "soon"}, "starts_on"),
        ({"value": "0"}, "__all__"),
        ({"ends_on": "2024-01-01"}, "__all__"),
        ({"jurisdiction": "nowhere"}, "jurisdiction"),
    ],
)
def test_refused_setting_shows_why_and_keeps_nothing(everywhere, data, field):
    given = {"value": "150", "jurisdiction": "*", "starts_on": "2025-01-01", "basis": "x"} | data
    answer = everywhere.post(reverse("regulations:rule", args=["ASM-MIN-TENURE"]), given)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "error-summary" in answer.content.decode()
    assert not RuleOverride.objects.exists()


def test_giving_back_leaves_the_value_out_whatever_stands_there(everywhere):
    given = {"value": "half", "gives_back": "on", "jurisdiction": "*", "starts_on": "2025-01-01", "basis": "x"}
    assert everywhere.post(reverse("regulations:rule", args=["ASM-MIN-TENURE"]), given).status_code == 302
    assert RuleOverride.objects.get().value is None


def test_office_of_a_county_sets_for_its_county(office):
    address = reverse("regulations:rule", args=["ASM-PLACES"])
    assert office.get(address).context["form"].fields["jurisdiction"].choices == [("A", "甲县")]
    answer = office.post(address, {"value": "3", "starts_on": "2025-01-01", "basis": "x", "jurisdiction": "A"})
    assert answer.status_code == 302
    assert rulebook(date(2025, 6, 1), jurisdiction="A").value("ASM-PLACES") == 3
    assert "甲县" in office.get(address).content.decode()


def test_setting_of_a_county_is_shown_to_its_people_and_to_nobody_else(
    office, counties, unit_liaison, other_county_office, clerk
):
    set_override(actor=clerk, rule_id="ASM-PLACES", value=3, starts_on=date(2025, 1, 1), basis="x", jurisdiction="A")
    for client, value in (
        (office, 3),
        (client_of(unit_liaison), 3),
        (client_of(other_county_office), 2),
        (client_of(make_persona("auditor")), 2),
    ):
        page = client.get("/rulebook/", {"q": "ASM-PLACES"})
        assert page.context["page"].object_list[0].at.value == value


def test_reader_sees_no_form_and_may_not_post(reader):
    address = reverse("regulations:rule", args=["ASM-PLACES"])
    assert reader.get(address).context["form"] is None
    assert reader.post(address, {"value": "3", "starts_on": "2025-01-01", "basis": "x"}).status_code == 403
    assert not RuleOverride.objects.exists()


def test_calendar_marks_make_up_days_and_estimated_years(reader):
    year = reader.get(reverse("regulations:calendar", args=[2025])).content.decode()
    assert len(re.findall("calendar-month", year)) == 12
    assert len(re.findall('class="day day-makeup"', year)) - 1 == 5  # one stands in the legend
    assert "message-warning" not in year
    assert "message-warning" in reader.get(reverse("regulations:calendar", args=[2030])).content.decode()


def test_calendar_without_year_leads_to_the_present_one(reader):
    answer = reader.get(reverse("regulations:calendar-now"))
    assert answer.url == reverse("regulations:calendar", args=[timezone.localdate().year])


def test_day_is_chosen_and_entered(everywhere):
    page = everywhere.get(reverse("regulations:calendar", args=[2025]), {"day": "2025-10-11"})
    assert page.context["day_form"].initial["is_working"] == "yes"
    answer = everywhere.post(
        reverse("regulations:calendar-day", args=[2025]),
        {"date": "2025.10.11", "is_working": "no", "name": "停工", "basis": "通知"},
    )
    assert answer.status_code == 302
    assert not CalendarDay.objects.get(pk=date(2025, 10, 11)).is_working
    assert everywhere.get(reverse("regulations:calendar", args=[2025]), {"day": "2025-13-77"}).status_code == 404


def test_notice_is_entered_or_refused_by_line(everywhere):
    address = reverse("regulations:calendar-notice", args=[2027])
    refused = everywhere.post(address, {"off": "2027-01-01 元旦\nsoon", "basis": "x"})
    assert refused.status_code == 422
    assert "soon" in str(refused.context["notice_form"].errors["off"])
    answer = everywhere.post(address, {"off": "2027-01-01..2027-01-03 元旦", "make_up": "2027-01-10", "basis": "x"})
    assert answer.status_code == 302
    page = everywhere.get(reverse("regulations:calendar", args=[2027])).context["year"]
    assert page.estimated == 0


def test_pages_speak_english_completely_where_the_data_does(reader):
    reader.post("/i18n/setlang/", {"language": "en"})
    text = reader.get(reverse("regulations:rule", args=["R-DIS-GOV_WARN"])).content.decode()
    assert "Warning, influence period" in text
    assert "6 months" in text
