"""Random questions to the roster, against a filter written in plain Python over the same people."""

import random
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from officials.rules.questions import parse_question
from officials.selectors import roster_pages
from officials.selectors.roster import people_for
from officials.selectors.roster_pages import page_and_count
from tests.factories.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
TODAY = date(2025, 11, 22)
PEOPLE = 70
VALUES = {
    "sex": ("1", "2"),
    "ethnicity": ("汉族", "壮族", ""),
    "politics": ("中共党员", "群众", "民盟盟员", ""),
    "rank": ("一级主任科员", "二级主任科员"),
    "level": ("乡科级正职", "乡科级副职"),
    "full_education": ("研究生", "大学", "大专", ""),
    "full_school": ("中山大学会计学", "暨南大学法学", "大学会"),
    "service_school": ("", "计算机学校", "省委党校会计"),
    "post_text": ("甲县财政局局长", "甲县财政局党组书记", "甲镇副书记"),
    "has_grassroots_years": (True, False, None),
    "status": ("1", "1", "1", "21"),
}
ASKED = {
    "sex": st.sampled_from([["2"], ["1", "2"]]),
    "ethnicity": st.sampled_from([["壮族"], ["汉族", "壮族"]]),
    "politics": st.sampled_from([["群众"], ["群众", "中共党员"]]),
    "rank": st.just(["一级主任科员"]),
    "level": st.just(["乡科级正职"]),
    "age_from": st.sampled_from(["30", "45.06", "50"]),
    "age_to": st.sampled_from(["35", "45.06", "50"]),
    "born_from": st.sampled_from(["1975", "1985.07"]),
    "born_to": st.sampled_from(["1975", "1985.07"]),
    "post_years_from": st.sampled_from(["3", "8"]),
    "post_years_to": st.sampled_from(["3", "8"]),
    "minority": st.sampled_from(["yes", "no"]),
    "nonparty": st.sampled_from(["yes", "no"]),
    "grassroots": st.sampled_from(["yes", "no"]),
    "full_education": st.sampled_from(["postgraduate", "bachelor", "college"]),
    "subject": st.sampled_from(["会计", "计", "会计学"]),
    "post": st.sampled_from(["书记", "财政局党", "长"]),
}
IN_PARTY = {"中共党员"}
STEPS = {"postgraduate": {"研究生"}, "bachelor": {"研究生", "大学"}, "college": {"研究生", "大学", "大专"}}


def months(day):
    """Months since the year 0."""
    return day.year * 12 + day.month


def age_in_months(text, upper):
    """45.06 in months; an upper 45 takes in the whole year."""
    years, _dot, more = text.partition(".")
    return int(years) * 12 + (int(more) if more else 11 if upper else 0)


def month_in_months(text, upper):
    """1985.07 in months; an upper year alone is its December."""
    year, _dot, month = text.partition(".")
    return int(year) * 12 + (int(month) if month else 12 if upper else 1)


def years_earlier(years):
    """The day so many years before."""
    return TODAY.replace(year=TODAY.year - int(years))


def fits(person, key, value) -> bool:
    """One condition, as the rules of the department say it."""
    age = months(TODAY) - months(person.birth_on) if person.birth_on else None
    born = months(person.birth_on) if person.birth_on else None
    plain = {
        "age_from": lambda: age is not None and age >= age_in_months(value, upper=False),
        "age_to": lambda: age is not None and age <= age_in_months(value, upper=True),
        "born_from": lambda: born is not None and born >= month_in_months(value, upper=False),
        "born_to": lambda: born is not None and born <= month_in_months(value, upper=True),
        "post_years_from": lambda: person.post_on is not None and person.post_on <= years_earlier(value),
        "post_years_to": lambda: person.post_on is not None and person.post_on >= years_earlier(value),
        "minority": lambda: person.ethnicity == "壮族" if value == "yes" else person.ethnicity == "汉族",
        "nonparty": lambda: (person.politics not in IN_PARTY) == (value == "yes"),
        "grassroots": lambda: person.has_grassroots_years is (value == "yes"),
        "full_education": lambda: person.full_education in STEPS[value],
        "subject": lambda: value in person.full_school or value in person.service_school,
        "post": lambda: value in person.post_text,
    }
    return plain[key]() if key in plain else getattr(person, key) in value


def answers(person, asked) -> bool:
    """The whole question."""
    if person.status != "1":
        return False
    groups = []
    for group in asked["groups"]:
        found = [fits(person, key, value) for key, value in group.items() if key != "within"]
        groups.append(all(found) if group["within"] == "all" else any(found))
    return not groups or (all(groups) if asked["between"] == "all" else any(groups))


@pytest.fixture
def record(tree):
    """Seventy people of mixed facts, in two units."""
    chance = random.Random(11)  # noqa: S311 - made-up people
    found = []
    for number in range(PEOPLE):
        facts = {name: chance.choice(values) for name, values in VALUES.items()}
        facts["birth_on"] = chance.choice([None, *[date(chance.randrange(1965, 1998), chance.randrange(1, 13), 3)] * 9])
        facts["post_on"] = chance.choice([None, *[date(chance.randrange(2012, 2026), chance.randrange(1, 11), 22)] * 5])
        facts |= {"team_order": chance.randrange(4), "serial": number}
        unit = chance.choice([tree.finance, tree.health])
        person = make_person(f"人{chance.choice('甲乙丙')}", unit, **facts)
        person.refresh_from_db()
        found.append(person)
    return sorted(found, key=lambda one: (one.org_path, one.team_order, one.sort_key, one.pk))


GROUP = st.tuples(
    st.sampled_from(["all", "any"]),
    st.lists(st.sampled_from(sorted(ASKED)), min_size=1, max_size=3, unique=True).flatmap(
        lambda keys: st.fixed_dictionaries({key: ASKED[key] for key in keys})
    ),
).map(lambda pair: {"within": pair[0], **pair[1]})
QUESTIONS = st.fixed_dictionaries({"between": st.sampled_from(["all", "any"]), "groups": st.lists(GROUP, max_size=3)})


@given(asked=QUESTIONS, few=st.sampled_from([3, 20, 500]))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_random_questions_are_answered_as_by_a_plain_filter(record, cadre_section, asked, few):
    wanted = [person.pk for person in record if answers(person, asked)]
    people = people_for(cadre_section, parse_question(asked), today=TODAY)
    usual, roster_pages.FEW = roster_pages.FEW, few
    try:
        seen, cursor = [], ""
        while True:
            page, counted = page_and_count(people, sort="team", size=9, cursor=cursor)
            seen += [row["id"] for row in page.rows]
            assert (counted.count, counted.more) == (len(wanted), False)
            if not (cursor := page.next_cursor):
                break
    finally:
        roster_pages.FEW = usual
    assert seen == wanted
