"""The county's roster through the importer: applied beside what is recorded, and taken back to the last bit."""

from collections import Counter

import pytest
from django.db import connection

from foundation.common.actors import SystemActor
from foundation.common.crypto import keyed_hash
from foundation.common.results import DomainError
from foundation.exchange.models import BatchStatus, ImportBatch
from foundation.exchange.services.batches import apply, stage, undo
from foundation.organizations.models import Organization, Post
from officials.models import Education, FamilyMember, Official, Photo, PostHolding, RankHolding
from tests.exchange.files import state
from tests.support.heshan import DEMO, table

from .roster_files import HEADER, heshan, number, person, roster

ACTOR = SystemActor("test")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heshan_database")]


@pytest.fixture
def county():
    return Organization.objects.get(code="440784")


@pytest.fixture
def put(county):
    """Stage and apply a roster of the county."""

    def applied(data, **how):
        batch = stage(actor=ACTOR, kind_code="roster", data=data, file_name="名册.xlsx", organization=county)
        return apply(batch, actor=ACTOR, **how)

    return applied


def by_number(text) -> Official:
    return Official.objects.get(id_hash=keyed_hash(text))


def test_the_demo_holds_the_people_of_the_roster_and_no_bad_row():
    good = {keyed_hash(row.values["id_number"]) for row in heshan().rows if row.is_valid}
    assert Official.objects.filter(id_hash__in=good).count() == len(good) == 1203
    bad = [row.values["id_number"] for row in heshan().rows if not row.is_valid and row.values.get("id_number")]
    right = {keyed_hash("440784198103279133")}  # of the number used twice the first owner is right
    assert not Official.objects.filter(id_hash__in={keyed_hash(n) for n in bad} - right).exists()
    batch = ImportBatch.objects.get(kind="roster")
    assert (batch.counts["left_out"], batch.counts["bad_rows"]) == (12, 12)


def test_the_demo_holds_the_people_of_the_forms_beside_those_of_the_roster():
    forms = ["梁嘉禾", "欧阳清晏", "罗毅·阿木", "黎晚晴"]
    batch = ImportBatch.objects.get(kind="person_cards")
    assert (batch.status, batch.counts["rows"], batch.counts["errors"]) == ("applied", 4, 0)
    people = Official.objects.filter(pk__in=batch.changes.filter(model="officials.Official").values("object_pk"))
    assert sorted(people.values_list("name", flat=True)) == forms
    assert {person.home.code for person in people.select_related("home")} == {"440784"}  # posts of another county
    assert FamilyMember.objects.filter(official__in=people).count() == 4 + 2 + 2 + 8
    assert Photo.objects.filter(official__in=people).count() == 3  # the file of the national system has none
    roster = ImportBatch.objects.get(kind="roster").changes.filter(model="officials.Official", before=None)
    assert not set(roster.values_list("object_pk", flat=True)) & set(people.values_list("pk", flat=True))


def test_everybody_of_the_roster_holds_one_open_main_post_and_one_rank():
    good = [keyed_hash(row.values["id_number"]) for row in heshan().rows if row.is_valid]
    people = Official.objects.filter(id_hash__in=good)
    mains = Counter(
        PostHolding.objects.filter(is_main=True, ends_on=None, official__in=people).values_list("official", flat=True)
    )
    ranks = Counter(RankHolding.objects.filter(ends_on=None, official__in=people).values_list("official", flat=True))
    assert set(mains.values()) == set(ranks.values()) == {1}
    assert len(mains) == len(ranks) == len(good)
    assert Education.objects.filter(official__in=people).count() > 1203


def test_exact_days_of_principal_posts_stay():
    held = {
        row.cells["id_number"]: row.cells["from"] for row in table("principal-posts.csv").rows if not row.cells["to"]
    }
    for key, day in held.items():
        holding = PostHolding.objects.get(official=by_number(key), is_main=True, ends_on=None)
        assert holding.starts_on.isoformat() == day
        assert holding.post.is_principal


def test_no_new_post_leads_a_unit_and_deputies_belong_to_the_team():
    named = {(row.cells["unit"], row.cells["post"]) for row in table("principal-posts.csv").rows}
    leading = Post.objects.filter(is_principal=True, organization__jurisdiction__code="440784")
    assert {(post.organization.code, post.title) for post in leading.select_related("organization")} <= named
    water = Post.objects.filter(organization__code="HS-D25")
    team = {post.title: post.is_team_member for post in water}
    assert team["党组成员、副局长"]
    assert not any(member for title, member in team.items() if title.endswith(("科员", "股长", "办公室主任")))


def test_new_people_bear_the_kinds_of_their_posts_as_the_triggers_would_write_them():
    held = Official.objects.filter(holdings__ends_on=None, holdings__post__organization__code="HS-D25")
    deputies = held.filter(holdings__post__title="党组成员、副局长")
    assert set(deputies.values_list("positions", flat=True)) == {6}  # deputy 2, member of the team 4
    others = held.filter(holdings__post__title__endswith="科员")
    assert set(others.values_list("positions", flat=True)) == {0}
    given = dict(Official.objects.values_list("pk", "positions"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT officials_note_positions(ARRAY(SELECT id FROM officials_official))")
    assert dict(Official.objects.values_list("pk", "positions")) == given


def test_people_stand_in_their_unit_in_the_order_of_the_roster(county):
    rows = [row.values for row in heshan().rows if row.is_valid and row.values.get("unit") == "HS-D25"]
    team = Official.objects.filter(home__code="HS-D25", team_order__lt=9999).in_team_order()
    assert [person.name for person in team] == [values["name"] for values in rows]
    assert all(person.org_path.startswith(county.path) for person in team)


def test_the_whole_roster_is_taken_back_and_put_in_again_without_a_trace(county, put):
    full = state(data_only=True)
    batch = ImportBatch.objects.get(kind="roster")
    undo(batch, actor=ACTOR, reason="重来")
    empty = state(data_only=True)
    assert Official.objects.count() < 150
    again = put((DEMO / "roster.xlsx").read_bytes(), good_rows_only=True)
    assert again.counts["created"] == batch.counts["created"]
    assert {name: text for name, text in state(data_only=True).items() if text == full[name]}
    undo(again, actor=ACTOR, reason="重来")
    assert state(data_only=True) == empty


def test_the_same_roster_again_changes_nothing(county, put):
    import_again = roster(person())
    put(import_again)
    before = state(data_only=True)
    done = put(roster(person(序号=2)))
    assert (done.counts["created"], done.counts["updated"]) == (0, 0)
    assert state(data_only=True) == before


def test_errors_refuse_all_unless_good_rows_are_asked_for(put):
    data = roster(person(), person(姓名="", 身份证号=number(order="903")))
    with pytest.raises(DomainError) as caught:
        put(data)
    assert caught.value.code == "IMPORT_HAS_ERRORS"
    assert put(data, good_rows_only=True).counts["left_out"] == 1
    assert by_number(number()).name == "何志强"


def test_a_new_post_ends_the_old_one_the_day_before(put):
    put(roster(person()))
    put(
        roster(
            person(
                工作单位及现任职务="鹤山市林业局党组书记、局长",
                任现职时间="2024.05",
                职级="二级主任科员",
                任现职级时间="2023.01",
            )
        )
    )
    him = by_number(number())
    spells = [
        (h.post.title, str(h.starts_on), str(h.ends_on))
        for h in him.holdings.order_by("starts_on").select_related("post")
    ]
    assert spells == [("党组成员、副局长", "2019-03-01", "2024-04-30"), ("党组书记、局长", "2024-05-01", "None")]
    ranks = [(r.label, str(r.ends_on)) for r in him.rank_holdings.order_by("starts_on")]
    assert ranks == [("三级主任科员", "2022-12-31"), ("二级主任科员", "None")]
    assert (him.home.code, him.rank, him.version) == ("HS-D29", "二级主任科员", 2)


def test_undoing_a_promotion_opens_the_old_post_and_rank_again(put):
    put(roster(person()))
    before = state(data_only=True)
    moved = put(
        roster(
            person(
                工作单位及现任职务="鹤山市林业局副局长",
                任现职时间="2024.05",
                职级="二级主任科员",
                任现职级时间="2023.01",
            )
        )
    )
    undo(moved, actor=ACTOR, reason="误导入")
    assert state(data_only=True) == before


def test_an_older_post_than_the_recorded_one_refuses_the_row(county, put):
    put(roster(person(任现职时间="2024.05")))
    old = roster(person(工作单位及现任职务="鹤山市林业局副局长", 任现职时间="2020.05"))
    batch = stage(actor=ACTOR, kind_code="roster", data=old, file_name="a.xlsx", organization=county)
    assert [f["code"] for row in batch.rows.all() for f in row.findings] == ["roster_post_against"]


def test_a_person_in_the_trash_is_not_changed(county, put):
    put(roster(person()))
    Official.objects.filter(id_hash=keyed_hash(number())).update(trashed_at="2026-01-01T00:00Z", trash_reason="x")
    batch = stage(
        actor=ACTOR, kind_code="roster", data=roster(person(民族="壮族")), file_name="a.xlsx", organization=county
    )
    assert [f["code"] for row in batch.rows.all() for f in row.findings] == ["person_in_trash"]


def test_one_of_the_same_name_and_month_without_a_number_is_asked_about(county, put):
    put(roster(person()))
    him = by_number(number())
    him.id_cipher, him.id_hash, him.id_masked = b"", "unknown", ""
    him.save()
    batch = stage(
        actor=ACTOR, kind_code="roster", data=roster(person(民族="壮族")), file_name="a.xlsx", organization=county
    )
    row = batch.rows.get()
    assert (row.proposal, row.target) == ("ask", him.pk)
    with pytest.raises(DomainError) as caught:
        apply(batch, actor=ACTOR)
    assert caught.value.code == "IMPORT_UNDECIDED"
    batch.rows.update(decision="update")
    apply(batch, actor=ACTOR)
    him.refresh_from_db()
    assert (him.ethnicity, him.id_hash) == ("壮族", keyed_hash(number()))
    assert ImportBatch.objects.get(pk=batch.pk).status == BatchStatus.APPLIED


def test_what_is_recorded_in_other_words_stays(put):
    put(roster(person()))
    him = by_number(number())
    him.work_text = "2001年7月"
    him.save()
    put(roster(person(民族="壮族")))
    him.refresh_from_db()
    assert (him.work_text, him.ethnicity) == ("2001年7月", "壮族")


LEVELLED = (*HEADER, "职务层次")


def levels() -> dict[str, str]:
    posts = Post.objects.filter(organization__code="HS-D25", ends_on=None, title__in=("副局长", "总工程师"))
    return dict(posts.values_list("title", "level"))


def levelled(order, title, level) -> dict:
    return person(
        姓名=f"试员{order}", 身份证号=number(order=order), 工作单位及现任职务=f"鹤山市水利局{title}", 职务层次=level
    )


def test_a_post_that_the_roster_sets_up_has_the_level_of_its_holders(put):
    Post.objects.filter(organization__code="HS-D25", title="副局长").delete()
    put(roster(levelled("911", "副局长", "乡科级副职"), levelled("913", "总工程师", "科员"), header=LEVELLED))
    assert levels() == {"副局长": "L10", "总工程师": ""}


def test_a_recorded_post_gets_the_level_it_lacks_and_loses_it_when_the_import_is_undone(put):
    water = Organization.objects.get(code="HS-D25")
    Post.objects.create(organization=water, title="总工程师", sort=90)
    batch = put(roster(levelled("911", "总工程师", "乡科级副职"), header=LEVELLED))
    assert levels()["总工程师"] == "L10"
    undo(batch, actor=ACTOR, reason="误导入")
    assert levels()["总工程师"] == ""


def test_a_level_of_the_register_stays_and_two_levels_in_the_file_say_nothing(put):
    water = Organization.objects.get(code="HS-D25")
    Post.objects.filter(organization=water, title="副局长").delete()
    Post.objects.create(organization=water, title="总工程师", sort=90, level="L09")
    first, other = levelled("911", "副局长", "乡科级副职"), levelled("913", "副局长", "乡科级正职")
    put(roster(first, other, levelled("915", "总工程师", "乡科级副职"), header=LEVELLED))
    assert levels() == {"副局长": "", "总工程师": "L09"}


def order_of(code) -> list[str]:
    people = Official.objects.filter(home__code=code, status="1")
    return list(people.order_by("team_order", "sort_key").values_list("name", flat=True))


def test_somebody_entered_alone_stands_behind_the_people_of_the_unit_who_keep_their_order(put):
    before = order_of("HS-D25")
    batch = put(roster(person(姓名="易新来")))
    assert order_of("HS-D25") == [*before, "易新来"]
    undo(batch, actor=ACTOR, reason="误导入")
    assert order_of("HS-D25") == before
