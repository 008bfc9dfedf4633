"""Who answers a question: every condition, the words of the search, scope, another day, pages by key."""

from datetime import date

import pytest

from foundation.organizations.models import Post, UnitCategory
from officials.models import FormDetails, Official, PostHolding, RankHolding, Restriction
from officials.rules.questions import parse_question
from officials.search_functions import Pairs
from officials.selectors.pages_by_key import page_of
from officials.selectors.roster import people_for, rows_of, suggestions_for
from officials.selectors.roster_pages import Counted, count_of, page_and_count
from tests.factories.people import make_person, number_of
from tests.support.people import make_persona
from tests.support.queries import count_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
TODAY = date(2025, 11, 22)


@pytest.fixture
def ask(cadre_section):
    """Names that answer a question, in the order of the roster."""

    def names(groups=(), day=None, user=None, **frame):
        question = parse_question({"groups": list(groups), **frame})
        people = people_for(user or cadre_section, question, today=TODAY, as_of=day)
        return [person.name for person in people.in_team_order()]

    return names


def search(ask, text):
    """Names that typed text finds."""
    return ask(q=text)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("翟志远", "zzy", "dzy"),
        ("单志远", "szy", "dzy"),
        ("仇志远", "qzy", "czy"),
        ("解志远", "xzy", "jzy"),
        ("查志远", "zzy", "czy"),
        ("区志远", "ozy", "qzy"),
        ("曾志远", "zzy", "czy"),
        ("任志远", "rzy", "xzy"),
        ("盖志远", "gzy", "hzy"),
        ("尉迟志远", "yczy", "wczy"),
        ("万俟志远", "mqzy", "wszy"),
    ],
)
def test_surnames_of_several_readings_are_found_by_the_right_initials(tree, ask, name, right, wrong):
    make_person(name, tree.finance)
    make_person("王小明", tree.finance)
    assert search(ask, right) == [name]
    assert search(ask, wrong) == []


def test_one_character_two_characters_and_pinyin_find_a_name(tree, ask):
    make_person("张晓明", tree.finance)
    make_person("李大海", tree.health)
    for text in ("张", "晓", "张晓", "晓明", "张晓明", "张 晓 明", "z", "zxm", "zhangx", "xiaoming", "张xm"):
        assert search(ask, text) == ["张晓明"], text


def test_a_number_or_its_last_four_find_one_person(tree, ask):
    person = make_person("张晓明", tree.finance, born=date(1980, 1, 2), serial=7)
    make_person("张晓明", tree.finance, born=date(1981, 1, 2), serial=8)
    number = number_of(date(1980, 1, 2), 7)
    assert ask(q=number) == ["张晓明"]
    assert search(ask, number[-4:].lower()) == ["张晓明"]
    assert person.id_masked not in (number, "")
    assert search(ask, number[:-1] + "9" if number[-1] != "9" else number[:-1] + "8") == []


def test_units_and_posts_are_found_and_several_words_narrow(tree, ask):
    make_person("张晓明", tree.finance, post_text="甲县财政局预算股股长")
    make_person("李大海", tree.finance, post_text="甲县财政局副局长")
    make_person("李小河", tree.health)
    assert search(ask, "副局") == ["李大海"]
    assert search(ask, "财政局 李") == ["李大海"]
    assert search(ask, "财政局 zxm 股长") == ["张晓明"]
    assert search(ask, "卫生") == ["李小河"]
    assert set(search(ask, "；")) == {"张晓明", "李大海", "李小河"}  # no word was typed


def test_what_no_name_can_hold_finds_nobody(tree, ask):
    make_person("张晓明", tree.finance)
    assert search(ask, "12") == []


def test_people_outside_the_scope_answer_no_question(tree, ask, other_county_office):
    make_person("张晓明", tree.finance, serial=1)
    make_person("张晓明", tree.other_department, serial=2)
    assert len(ask(q="zxm")) == len(ask()) == 1
    assert len(ask(q="zxm", user=other_county_office)) == 1
    assert ask(unit="B-FIN") == []
    assert ask(q=number_of(date(1980, 5, 6), 2)) == []
    assert ask(q="乙县财政局") == []


def test_a_unit_holds_the_people_of_the_units_below_it(tree, ask):
    make_person("局长", tree.finance)
    make_person("股长", tree.finance_section)
    make_person("外人", tree.health)
    assert ask(unit="A-FIN") == ["局长", "股长"]
    assert ask(unit="A-FIN-1") == ["股长"]
    assert ask(unit="NONE") == []


CONDITIONS = {
    "rank": (["一级主任科员"], {"rank": "一级主任科员"}, {"rank": "二级科员"}),
    "level": (["乡科级正职"], {"level": "乡科级正职"}, {"level": "乡科级副职"}),
    "sex": (["2"], {"sex": "2"}, {"sex": "1"}),
    "ethnicity": (["壮族"], {"ethnicity": "壮族"}, {"ethnicity": "汉族"}),
    "politics": (["群众"], {"politics": "群众"}, {"politics": "中共党员"}),
    "age_from": ("45", {"birth_on": date(1980, 11, 30)}, {"birth_on": date(1980, 12, 1)}),
    "age_to": ("45.00", {"birth_on": date(1980, 11, 1)}, {"birth_on": date(1980, 10, 31)}),
    "born_from": ("1985.07", {"birth_on": date(1985, 7, 1)}, {"birth_on": date(1985, 6, 30)}),
    "born_to": ("1985", {"birth_on": date(1985, 12, 31)}, {"birth_on": date(1986, 1, 1)}),
    "post_years_from": ("5", {"post_on": date(2020, 11, 22)}, {"post_on": date(2020, 11, 23)}),
    "post_years_to": ("5", {"post_on": date(2020, 11, 22)}, {"post_on": date(2020, 11, 21)}),
    "rank_years_from": ("2", {"rank_on": date(2023, 11, 22)}, {"rank_on": date(2023, 11, 23)}),
    "rank_years_to": ("2", {"rank_on": date(2023, 11, 22)}, {"rank_on": None}),
    "minority": ("yes", {"ethnicity": "壮族"}, {"ethnicity": ""}),
    "nonparty": ("yes", {"politics": "民盟盟员"}, {"politics": "中共预备党员"}),
    "grassroots": ("yes", {"has_grassroots_years": True}, {"has_grassroots_years": None}),
    "full_education": ("bachelor", {"full_education": "大学"}, {"full_education": "大专"}),
    "service_education": ("postgraduate", {"service_education": "研究生"}, {"full_education": "研究生"}),
    "education": ("college", {"full_education": "大学本科"}, {"full_education": "中专"}),
    "subject": ("会计", {"full_school": "中山大学会计学专业"}, {"full_school": "中山大学"}),
    "post": ("书记", {"post_text": "甲县甲镇党委书记"}, {"post_text": "甲县甲镇镇长"}),
    "retires_within": ("12", {"birth_on": date(1965, 9, 1)}, {"birth_on": date(1966, 9, 1)}),
}


@pytest.mark.parametrize("key", CONDITIONS)
def test_each_condition_tells_who_answers_it_from_who_does_not(tree, ask, key):
    value, fits, misses = CONDITIONS[key]
    make_person("答", tree.finance, **({"sex": "1"} | fits))
    make_person("不", tree.finance, **({"sex": "1"} | misses))
    assert ask([{key: value}]) == ["答"]


def restrict(person, ends_on, number, **more):
    """A warning that stands against a person until a day."""
    return Restriction.objects.create(
        official=person, kind="GOV_WARN", starts_on=date(2025, 1, 1), ends_on=ends_on, source_kind="handling",
        source_no=number, blocks=["POST"], **more,
    )  # fmt: skip


def test_the_end_of_one_influence_period_lies_between_two_days(tree, ask, cadre_section):
    for number, (name, ends, more) in enumerate(
        [
            ("先", date(2025, 12, 31), {}),
            ("首", date(2026, 1, 1), {}),
            ("末", date(2026, 3, 31), {}),
            ("后", date(2026, 4, 1), {}),
            ("撤", date(2026, 2, 1), {"lifted_on": date(2025, 6, 1)}),
            ("暂", date(2026, 2, 1), {"nature": "hold"}),
            ("未定", None, {}),
        ]
    ):
        restrict(make_person(name, tree.finance, serial=number + 1), ends, f"P-{number}", **more)
    both = make_person("两头", tree.finance, serial=20)
    restrict(both, date(2025, 12, 1), "P-20")
    restrict(both, date(2026, 6, 1), "P-21")
    make_person("无", tree.finance, serial=21)
    span = {"period_ends_from": "2026-01-01", "period_ends_to": "2026-03-31"}
    assert set(ask([span])) == {"首", "末"}  # 两头 has one period before and one after, none between
    assert set(ask([{"within": "any", **span}])) == {"首", "末"}
    assert set(ask([{"period_ends_from": "2026-04-01"}])) == {"后", "两头"}
    assert set(ask([{"period_ends_to": "2025-12-31"}])) == {"先", "两头"}


def test_who_may_not_see_restrictions_learns_nothing_by_asking_for_them(tree, ask):
    unit_liaison = make_persona("unit_liaison", tree.finance)
    restrict(make_person("首", tree.finance), date(2026, 1, 1), "P-1")
    assert ask([{"period_ends_from": "2025-12-01"}]) == ["首"]
    assert not unit_liaison.has_perm("officials.view_restriction")
    assert ask(user=unit_liaison) == ["首"]
    assert ask([{"period_ends_from": "2025-12-01"}], user=unit_liaison) == []


def test_women_reach_the_age_by_the_limit_of_their_form(tree, ask):
    for limit in ("", "50", "60"):
        person = make_person(f"女{limit}", tree.finance, born=date(1970, 11, 1), sex="2")
        FormDetails.objects.create(
            official=person, limit_before_reform=f"改革前任职年龄界限为{limit}岁" if limit else ""
        )
    # 55 in November 2025, three months later: February 2026; 60 and 50 are far from this year
    assert ask([{"retires_within": "12"}]) == ["女"]


def test_principal_deputy_and_member_follow_the_posts_held_today(tree, ask):
    for name, flags, ends in (
        ("正", {"is_principal": True, "is_team_member": True}, None),
        ("副", {"is_team_member": True}, None),
        ("员", {}, None),
        ("前", {"is_principal": True}, date(2025, 11, 21)),
    ):
        post = Post.objects.create(organization=tree.finance, title=f"{name}职", **flags)
        person = make_person(name, tree.finance)
        PostHolding.objects.create(post=post, official=person, starts_on=date(2020, 1, 1), ends_on=ends)
    assert ask([{"position": ["principal"]}]) == ["正"]
    assert ask([{"position": ["deputy"]}]) == ["副"]
    assert set(ask([{"position": ["member"]}])) == {"正", "副"}


def positions_of(person):
    """The kinds of posts that the database has noted beside a person."""
    return Official.objects.values_list("positions", flat=True).get(pk=person.pk)


def test_kinds_of_posts_are_noted_whoever_writes_holdings_posts_or_the_person(tree):
    member = Post.objects.create(organization=tree.finance, title="副局长", is_team_member=True)
    head = Post.objects.create(organization=tree.finance, title="局长", is_principal=True, is_team_member=True)
    person = make_person("正", tree.finance)
    first, second = (
        PostHolding(post=post, official=person, starts_on=date(2020, 1, 1), is_main=post is head)
        for post in (member, head)
    )
    PostHolding.objects.bulk_create([first, second])
    assert positions_of(person) == 1 | 2 | 4
    person.save()  # read before the holdings were written: what the triggers noted stays
    assert positions_of(person) == 7
    PostHolding.objects.filter(pk=first.pk).delete()
    assert positions_of(person) == 5
    Post.objects.filter(pk=head.pk).update(is_principal=False)
    assert positions_of(person) == 6
    PostHolding.objects.filter(pk=second.pk).update(post=None, unit_text="市委")
    assert positions_of(person) == 0


def test_kind_and_category_are_those_of_the_unit(tree, ask):
    UnitCategory.objects.create(organization=tree.finance, year=2025, category="GENERAL")
    make_person("财", tree.finance)
    make_person("股", tree.finance_section)
    assert ask([{"category": ["GENERAL"]}]) == ["财"]
    assert ask([{"kind": ["section"]}]) == ["股"]


def test_groups_are_joined_by_and_or_or(tree, ask):
    make_person("女党外", tree.finance, sex="2", politics="群众")
    make_person("女党员", tree.finance, sex="2")
    make_person("男党外", tree.finance, politics="群众")
    women, outside = {"sex": ["2"]}, {"nonparty": "yes"}
    assert set(ask([women, outside])) == {"女党外", "女党员", "男党外"}
    assert ask([women, outside], between="all") == ["女党外"]
    assert ask([women | outside]) == ["女党外"]
    assert len(ask([women | outside | {"within": "any"}])) == 3


def test_status_narrows_and_the_trash_is_apart(tree, cadre_section, ask):
    make_person("在", tree.finance)
    make_person("退", tree.finance, status="21")
    make_person("废", tree.finance, trashed_at="2025-01-01T00:00:00Z", trash_reason="重复")
    assert ask() == ["在"]
    assert ask(status=["21"]) == ["退"]
    assert set(ask(status=["all"])) == {"在", "退"}
    trash = people_for(cadre_section, parse_question({}), today=TODAY, trash=True)
    assert [person.name for person in trash] == ["废"]


def test_another_day_is_answered_by_the_posts_and_ranks_held_on_it(tree, ask, cadre_section):
    person = make_person("调", tree.health, rank="一级主任科员", post_on=date(2024, 1, 1))
    old = Post.objects.create(organization=tree.finance, title="科长")
    new = Post.objects.create(organization=tree.health, title="副局长")
    PostHolding.objects.create(post=old, official=person, starts_on=date(2019, 1, 1), ends_on=date(2023, 12, 31))
    PostHolding.objects.create(post=new, official=person, starts_on=date(2024, 1, 1))
    ranks = RankHolding.objects
    ranks.create(official=person, label="四级主任科员", starts_on=date(2019, 1, 1), ends_on=date(2023, 12, 31))
    ranks.create(official=person, label="一级主任科员", starts_on=date(2024, 1, 1))
    day = date(2022, 6, 1)
    assert ask(unit="A-FIN", day=day) == ["调"]
    assert ask(unit="A-HEA", day=day) == []
    assert ask([{"rank": ["四级主任科员"]}], day=day) == ["调"]
    assert ask([{"rank": ["一级主任科员"]}], day=day) == []
    assert ask([{"post_years_from": "3"}], day=day) == ["调"]
    assert ask(day=date(2018, 1, 1)) == []
    (row,) = rows_of(people_for(cadre_section, parse_question({}), today=TODAY, as_of=day), then=True)
    assert (row["title_then"], row["unit_then"], row["rank_then"]) == ("科长", "甲县财政局", "四级主任科员")


@pytest.mark.parametrize("few", [500, 3])
@pytest.mark.parametrize("sort", ["team", "name", "-name", "birth", "-birth", "post_on", "rank_on"])
def test_pages_forth_and_back_show_everybody_once_in_order(tree, cadre_section, sort, few, monkeypatch):
    monkeypatch.setattr("officials.selectors.roster_pages.FEW", few)
    for number in range(23):
        born = date(1970 + number % 5, 3, 1) if number % 4 else None
        make_person(f"人{'甲乙丙丁'[number % 4]}", tree.finance, birth_on=born, team_order=number % 3, serial=number)
    people = people_for(cadre_section, parse_question({}), today=TODAY)
    rows = rows_of(people)
    seen, cursor, pages = [], "", []
    while True:
        page, counted = page_and_count(people, sort=sort, size=5, cursor=cursor)
        assert (counted.count, counted.more) == (23, False)
        assert page == page_of(rows, sort=sort, size=5, cursor=cursor)
        pages.append([row["id"] for row in page.rows])
        seen += page.rows
        if not page.next_cursor:
            break
        cursor = page.next_cursor
    assert len({row["id"] for row in seen}) == len(seen) == 23
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]
    back = page
    for expected in reversed(pages[:-1]):
        back, _counted = page_and_count(people, sort=sort, size=5, cursor=back.previous_cursor)
        assert [row["id"] for row in back.rows] == expected
    assert back.previous_cursor == ""


@pytest.mark.parametrize("cursor", ["x", "WyJuIl0", "A" * 700, "WyJuIiwxLDIsMyw0XQ", "//"])
def test_a_cursor_that_no_page_gave_out_means_the_first_page(tree, cadre_section, cursor):
    make_person("张", tree.finance)
    rows = rows_of(people_for(cadre_section, parse_question({}), today=TODAY))
    assert [row["name"] for row in page_of(rows, sort="birth", size=5, cursor=cursor).rows] == ["张"]


def test_counts_are_exact_below_their_bound(tree, cadre_section, monkeypatch):
    for number in range(4):
        make_person("张", tree.finance, serial=number)
    people = people_for(cadre_section, parse_question({}), today=TODAY)
    few = count_of(people)
    assert (few.count, few.more, set(few.keys)) == (4, False, set(people.values_list("pk", flat=True)))
    monkeypatch.setattr("officials.selectors.roster_pages.FEW", 2)
    assert count_of(people) == Counted(4, more=False)
    monkeypatch.setattr("officials.selectors.roster_pages.MOST_COUNTED", 3)
    assert count_of(people) == Counted(3, more=True)
    monkeypatch.setattr("officials.selectors.roster_pages.DEAREST_COUNT", 0.0)
    assert count_of(people) == Counted(2, more=True)


def test_two_of_one_name_are_told_apart_in_suggestions_of_three_statements(tree, cadre_section):
    make_person("张晓明", tree.finance, born=date(1980, 1, 2), post_text="甲县财政局局长")
    make_person("张晓明", tree.health, born=date(1985, 7, 2), post_text="甲县卫生健康局科员")
    cadre_section.scope_for("officials.view_official")
    found = suggestions_for(cadre_section, "zxm", TODAY)
    assert [(each["birth_on"].year, each["post_text"]) for each in found] == [
        (1980, "甲县财政局局长"),
        (1985, "甲县卫生健康局科员"),
    ]
    for text in ("zxm", "张晓明", "财政局", "财政 张"):
        assert count_queries(lambda text=text: suggestions_for(cadre_section, text, TODAY)) <= 3
    assert suggestions_for(cadre_section, "  ", TODAY) == []
    assert Official.objects.count() == 2


def test_who_may_see_nobody_finds_nobody(tree, stranger, ask):
    make_person("张", tree.finance)
    assert ask(user=stranger) == []
    assert ask(user=make_persona("department_leader", tree.finance_section, username="far")) == []


def test_pairs_of_a_text_are_its_neighbouring_signs_in_small_letters(tree):
    person = make_person("张", tree.finance, post_text="AB局长")
    pairs = Official.objects.system().annotate(pairs=Pairs("post_text")).values_list("pairs", flat=True)
    assert pairs.get(pk=person.pk) == ["ab", "b局", "局长"]
