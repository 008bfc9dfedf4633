"""Conflicts of avoidance follow family lists and posts: opened once, decided, kept with a ground, ended when facts change."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.casework.models import Alert, CaseEvent
from foundation.casework.services.alert_sweep import sweep
from foundation.casework.services.engine import perform
from foundation.common.actors import SystemActor
from foundation.common.results import DomainError
from foundation.organizations.choices import Kind
from foundation.organizations.models import Post
from officials.models import FamilyMember, PostHolding
from supervision.models import RelationConflict
from supervision.selectors.kin import are_related, kin_of, withdrawal_of
from supervision.services.conflicts import compute_anew, follow_conflicts
from tests.factories.people import make_person
from tests.support.people import make_persona, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
NIGHT = SystemActor("sweep")
DAY = date(2026, 3, 2)
DECISION = {
    "withdraws": "OFFICIAL", "way": "TRANSFER", "article": "《公务员法》第七十四条第一款", "decided_by": "市委",
    "document_no": "鹤干〔2026〕3号", "decided_on": date(2026, 3, 3), "due_on": date(2026, 6, 30),
}  # fmt: skip


def seat(person, unit, title, starts_on=date(2020, 1, 1), **post):
    post, _made = Post.objects.get_or_create(organization=unit, title=title, ends_on=None, defaults=post)
    return PostHolding.objects.create(official=person, post=post, starts_on=starts_on)


def lists(owner, relation, *, person=None, name="", born="", **fields):
    if person is not None:
        name, born = person.name, f"{person.birth_on:%Y%m}"
    return FamilyMember.objects.create(official=owner, relation=relation, name=name, birth_text=born, **fields)


@pytest.fixture
def chief(tree):
    person = make_person("曾启辉", tree.finance, born=date(1972, 4, 1))
    seat(person, tree.finance, "党组书记、局长", is_principal=True, is_team_member=True)
    return person


@pytest.fixture
def deputy(tree):
    person = make_person("陆文娟", tree.finance, born=date(1974, 9, 1))
    seat(person, tree.finance, "副局长", is_team_member=True)
    return person


@pytest.fixture
def clerk(tree):
    person = make_person("苏小琴", tree.finance, born=date(1990, 2, 1))
    seat(person, tree.finance, "政工人事股副股长")
    return person


@pytest.fixture
def section(tree):
    return make_persona("supervision_section", tree.county_a)


def follow(day=DAY, **more):
    return follow_conflicts(actor=NIGHT, day=day, **more)


def cases():
    rows = RelationConflict.objects.order_by("pk").values_list("rule_id", "official__name", "other__name", "status")
    return list(rows)


# --- finding ----------------------------------------------------------------------------------------------------------
@pytest.mark.rule("SEL-AVOIDANCE-TESTS")
def test_the_head_and_a_wife_in_the_personnel_section_conflict_and_she_withdraws(chief, clerk):
    lists(chief, "妻子", person=clerk)
    assert follow() == {"opened": 2, "refreshed": 0, "ended": 0}
    assert cases() == [("AV2", "苏小琴", "曾启辉", "found"), ("AV3", "苏小琴", "曾启辉", "found")]
    case = RelationConflict.objects.get(rule_id="AV3")
    assert (case.relation, case.facts["withdraws"], case.organization_id) == ("S1", clerk.pk, clerk.home_id)
    assert case.facts["link"]["matched_by"] == "NAME_AND_MONTH"


def test_computing_again_and_a_list_of_the_other_side_open_nothing_new(chief, clerk):
    lists(chief, "妻子", person=clerk)
    follow()
    lists(clerk, "丈夫", person=chief)
    assert follow(date(2026, 3, 3)) == {"opened": 0, "refreshed": 0, "ended": 0}
    assert RelationConflict.objects.count() == 2
    assert Entry.objects.filter(action="supervision.conflicts.followed").count() == 1


def test_brothers_whom_only_their_father_connects_are_seen_under_one_head(tree, chief, deputy):
    brother = make_person("陆文强", tree.finance, born=date(1977, 1, 1))
    seat(brother, tree.finance, "党组成员", is_team_member=True)
    lists(deputy, "父亲", name="陆广源", born="1945.03")
    lists(brother, "父亲", name="陆广源", born="194503")
    follow()
    assert cases() == [("AV1", "陆文娟", "陆文强", "found")]
    case = RelationConflict.objects.get()
    assert (case.relation, case.facts["link"]["via"], case.facts["withdraws"]) == ("S3", "陆广源", None)


def test_under_no_head_at_all_two_deputies_still_have_the_same_leader(tree, deputy):
    other = make_person("陆文强", tree.finance, born=date(1977, 1, 1))
    seat(other, tree.finance, "党组成员", is_team_member=True)
    lists(deputy, "弟弟", person=other)
    follow()
    assert [row[0] for row in cases()] == ["AV1"]


def test_relatives_in_different_organs_or_sections_do_not_conflict(tree, deputy, clerk):
    nurse = make_person("陆文芳", tree.health, born=date(1980, 1, 1))
    seat(nurse, tree.health, "政工人事股股长")
    lists(deputy, "妹妹", person=nurse)
    other = make_person("苏大山", tree.finance, born=date(1985, 1, 1))
    seat(other, tree.finance, "业务股股长")
    lists(clerk, "哥哥", person=other)
    follow()
    assert cases() == []


def test_a_namesake_of_another_month_or_number_is_nobody(chief, clerk):
    lists(chief, "妻子", name=clerk.name, born="199003")
    lists(chief, "妻子", name=clerk.name, born="199002", id_hash="0" * 64)
    follow()
    assert cases() == []


def test_the_identity_number_tells_a_person_whatever_the_name_says(chief, clerk):
    lists(chief, "妻子", name="苏晓琴", id_hash=clerk.id_hash)
    follow()
    assert [case.facts["link"]["matched_by"] for case in RelationConflict.objects.all()] == ["NUMBER", "NUMBER"]


def test_a_wife_s_building_firm_conflicts_with_leading_the_housing_bureau_and_a_state_firm_does_not(tree):
    unit = make_unit("A-ZJ", parent=tree.county_a, name="甲县住房和城乡建设局")
    head = make_person("关永年", unit)
    seat(head, unit, "局长", is_principal=True, is_team_member=True)
    lists(head, "妻子", name="何秀", born="1975.01", work="甲县恒大建筑工程有限公司总经理")
    lists(head, "儿子", name="关远", born="2000.01", work="国有建筑集团公司经理")
    follow()
    assert cases() == [("AV4", "关永年", None, "found")]
    assert [firm["name"] for firm in RelationConflict.objects.get().facts["businesses"]] == ["何秀"]


@pytest.mark.rule("SEL-AVOIDANCE-PLACES")
def test_a_main_leader_of_a_town_raised_there_conflicts_a_deputy_does_not(tree):
    town = make_unit("A-T1", parent=tree.county_a, kind=Kind.TOWN, name="址山镇")
    for name, title, principal in (("甲", "党委书记", True), ("乙", "副镇长", False)):
        person = make_person(name, town, raised_in="广东鹤山址山")
        seat(person, town, title, is_principal=principal, is_team_member=True)
    follow()
    assert cases() == [("PLACE", "甲", None, "found")]


# --- ending -----------------------------------------------------------------------------------------------------------
def test_a_conflict_ends_by_itself_with_its_reason_when_one_changes_post(tree, chief, clerk):
    lists(chief, "妻子", person=clerk)
    follow()
    PostHolding.objects.filter(official=clerk).update(ends_on=date(2026, 3, 31))
    seat(clerk, tree.health, "办公室主任", date(2026, 4, 1))
    assert follow(date(2026, 4, 1))["ended"] == 2
    assert {row[3] for row in cases()} == {"gone"}
    reason = CaseEvent.objects.filter(action="vanish").first().reason
    assert "甲县财政局政工人事股副股长" in reason
    assert "办公室主任" in reason
    assert follow(date(2026, 4, 2)) == {"opened": 0, "refreshed": 0, "ended": 0}


def test_what_comes_back_after_it_was_gone_is_a_new_case(chief, clerk):
    member = lists(chief, "妻子", person=clerk)
    follow()
    member.delete()
    follow()
    lists(chief, "妻子", person=clerk)
    follow()
    assert sorted(row[3] for row in cases()) == ["found", "found", "gone", "gone"]


def test_a_change_of_one_person_leaves_the_conflicts_of_others_alone(chief, clerk, deputy):
    lists(chief, "妻子", person=clerk)
    lists(chief, "妹妹", person=deputy)
    assert follow(person=deputy.pk)["opened"] == 1
    assert cases() == [("AV2", "陆文娟", "曾启辉", "found")]


# --- deciding ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def case(chief, deputy):
    lists(chief, "妹妹", person=deputy)
    follow()
    return RelationConflict.objects.get()


def refused(case, step, actor, **facts):
    with pytest.raises(DomainError) as found:
        perform(case, step, actor=actor, reason="说明", **facts)
    return {reason.facts.get("field"): reason.code for reason in found.value.reasons}


def test_a_decision_asks_for_everything_at_once_and_ends_when_the_post_has_changed(case, section, tree):
    assert refused(case, "decide", section) == dict.fromkeys(DECISION, "FACT_MISSING")
    case = perform(case, "decide", actor=section, **DECISION)
    assert (case.status, case.due_on) == ("decided", date(2026, 6, 30))
    assert follow() == {"opened": 0, "refreshed": 0, "ended": 0}
    PostHolding.objects.filter(official=case.official_id).delete()
    follow()
    case.refresh_from_db()
    assert case.status == "resolved"
    assert case.closed_at is not None


def test_days_and_ways_that_cannot_be_are_refused_at_their_fields(case, section):
    late = DECISION | {"decided_on": date(2099, 1, 1), "due_on": date(2026, 1, 1), "way": "DISPOSAL"}
    assert refused(case, "decide", section, **late) == {
        "way": "WAY_DOES_NOT_FIT", "decided_on": "DAY_IN_FUTURE", "due_on": "DAY_TOO_EARLY",
    }  # fmt: skip


def test_an_exception_stands_until_the_facts_change_and_an_approved_one_names_its_document(case, section):
    approved = {"ground": "APPROVED", "article": "《公务员法》第七十四条第三款"}
    assert list(refused(case, "except", section, **approved)) == ["decided_by", "document_no", "decided_on"]
    case = perform(case, "except", actor=section, reason="分工已调整，不再分管", ground="NOT_SO")
    assert follow() == {"opened": 0, "refreshed": 0, "ended": 0}
    case = perform(case, "reopen", actor=section, reason="分工又有变动")
    assert (case.status, case.ground) == ("found", "")


def test_the_same_number_is_never_excused_as_somebody_else(chief, deputy, section):
    lists(chief, "妹妹", name=deputy.name, id_hash=deputy.id_hash)
    follow()
    case = RelationConflict.objects.get()
    assert refused(case, "except", section, ground="NOT_SAME") == {"ground": "GROUND_DOES_NOT_FIT"}


def test_only_who_resolves_conflicts_decides_or_computes(case, tree):
    leader = make_persona("department_leader", tree.county_a)
    with pytest.raises(PermissionDenied):
        perform(case, "decide", actor=leader, **DECISION)
    with pytest.raises(PermissionDenied):
        compute_anew(actor=leader)
    elsewhere = make_persona("supervision_section", tree.county_b)
    with pytest.raises(PermissionDenied):
        perform(case, "decide", actor=elsewhere, **DECISION)


# --- alerts -----------------------------------------------------------------------------------------------------------
@pytest.mark.rule("ALR-CONFLICT")
def test_a_conflict_is_an_alert_until_it_is_decided_then_by_the_day_of_the_decision(case, section):
    sweep(DAY, ["supervision.conflict"])
    alert = Alert.objects.get(kind="supervision.conflict")
    assert (alert.severity, alert.due_on, alert.person_id) == ("orange", None, case.official_id)
    perform(case, "decide", actor=section, **DECISION)  # due 2026-06-30: yellow from 30 days before, orange from 15
    for day, severity in ((date(2026, 6, 1), "yellow"), (date(2026, 6, 15), "orange"), (date(2026, 7, 1), "red")):
        sweep(day, ["supervision.conflict"])
        alert.refresh_from_db()
        assert (alert.severity, alert.status) == (severity, "open")
    perform(case, "except", actor=section, reason="分工已调整", ground="NOT_SO")
    sweep(date(2026, 7, 2), ["supervision.conflict"])
    alert.refresh_from_db()
    assert alert.status == "settled"


# --- what other rooms ask ---------------------------------------------------------------------------------------------
def test_kin_are_told_from_either_side_and_through_a_third(tree, chief, deputy):
    cousin = make_person("陆文强", tree.health, born=date(1977, 1, 1))
    lists(chief, "妹妹", person=deputy)
    lists(deputy, "父亲", name="陆广源", born="1945.03")
    lists(cousin, "岳父", name="陆广源", born="1945.03")
    assert {pk: link.code for pk, link in kin_of(deputy).items()} == {chief.pk: "S3", cousin.pk: "S4"}
    seen = are_related(deputy, chief)
    assert (seen.person, seen.other, seen.label, seen.other_label) == (deputy.pk, chief.pk, "", "妹妹")
    assert are_related(chief, cousin) is None


@pytest.mark.rule("SEL-AVOIDANCE-RELATIONS")
def test_who_must_withdraw_from_a_matter_is_told_with_the_set(tree, chief, deputy, clerk):
    lists(chief, "妹妹", person=deputy)
    lists(clerk, "其他亲属", person=chief)
    today = timezone.localdate()
    assert withdrawal_of(chief, {chief.pk}, today) == "SELF"
    assert withdrawal_of(deputy, {chief.pk, clerk.pk}, today) == "S3"
    assert withdrawal_of(clerk, {chief.pk}, today) == "UNTOLD"
    assert withdrawal_of(clerk, {deputy.pk}, today) == ""


def test_finding_everything_takes_the_same_few_statements_for_any_number_of_people(
    tree, chief, deputy, clerk, django_assert_max_num_queries
):
    for number in range(30):
        person = make_person(f"甲{number}", tree.finance, born=date(1970, 1, 1))
        seat(person, tree.finance, f"业务股{number}科员")
        lists(person, "父亲", name=f"乙{number}", born="1945.03")
    follow()
    with django_assert_max_num_queries(14):
        follow(county=tree.county_a)
