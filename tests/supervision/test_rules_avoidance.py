"""Avoidance AV1–AV5 in both directions, who withdraws, and the place of growth."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from supervision.rules.avoidance import (
    Enterprise,
    HeldPost,
    PlacedPost,
    Relation,
    avoids_place,
    find_conflicts,
    find_enterprise_conflicts,
    must_withdraw,
)
from supervision.rules.kinship import OUTSIDE, UNTOLD, relation_set, runs_for_household

from .situation_files import book_of_files

pytestmark = pytest.mark.unit
BOOK = book_of_files(date(2026, 3, 1))
TESTS, SETS = BOOK.value("SEL-AVOIDANCE-TESTS"), BOOK.value("SEL-AVOIDANCE-RELATIONS")
PLACES = BOOK.value("SEL-AVOIDANCE-PLACES")
LEADER, CLERK, OTHER = 1, 2, 9


def found(*posts, label="妻子", relations=None, tests=TESTS, sets=SETS):
    given = relations or [Relation(LEADER, CLERK, label)]
    return [(c.test, c.withdraws) for c in find_conflicts(given, posts, tests, sets)]


@pytest.mark.rule("SEL-AVOIDANCE-RELATIONS")
@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("丈夫", "S1"), ("妻子", "S1"), ("配 偶", "S1"),
        ("父亲", "S2"), ("长女", "S2"), ("养子", "S2"), ("外孙女", "S2"), ("祖母", "S2"),
        ("哥哥", "S3"), ("姑母", "S3"), ("表弟", "S3"), ("外甥女", "S3"),
        ("岳父", "S4"), ("二女婿", "S4"), ("弟媳", "S4"), ("姑父", "S4"),
        ("孙媳妇或外孙媳妇", ""), ("其他亲属", ""), ("非亲属", ""), ("同事", ""),
    ],
)  # fmt: skip
def test_sets_of_relations(label, code):
    assert relation_set(label) == code


@pytest.mark.parametrize("table", ["family_gbt4761", "family_gb4761_editor"])
def test_every_word_of_the_family_tables_is_known(table):
    path = Path(settings.BASE_DIR) / f"foundation/regulations/codes/{table}.csv"
    with path.open(encoding="utf-8") as stream:
        labels = {row["label_zh"] for row in csv.DictReader(stream)}
    assert {label for label in labels if not relation_set(label)} <= UNTOLD | OUTSIDE
    assert not {label for label in UNTOLD | OUTSIDE if relation_set(label)}


@pytest.mark.rule("SEL-AVOIDANCE-TESTS")
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # AV1: same organ, same direct leader; equals: the appointing body decides
        (HeldPost(LEADER, "U1", leader=OTHER, height=5), HeldPost(CLERK, "U1", leader=OTHER, height=5), [("AV1", None)]),
        (HeldPost(LEADER, "U1", leader=OTHER, height=6), HeldPost(CLERK, "U1", leader=OTHER, height=5), [("AV1", CLERK)]),
        (HeldPost(LEADER, "U1", leader=OTHER), HeldPost(CLERK, "U1", leader=OTHER, height=5), [("AV1", None)]),
        (HeldPost(LEADER, "U1", leader=OTHER), HeldPost(CLERK, "U2", leader=OTHER), []),
        (HeldPost(LEADER, "U1", leader=OTHER), HeldPost(CLERK, "U1", leader=8), []),
        # nobody leads either: that is not the same leader
        (HeldPost(LEADER, "U1"), HeldPost(CLERK, "U1"), []),
        # AV2: direct superior, whatever the heights say
        (HeldPost(LEADER, "U1", height=5), HeldPost(CLERK, "U1", leader=LEADER, height=5), [("AV2", CLERK)]),
        # AV2: leaders of an organ and of the next one below
        (
            HeldPost(LEADER, "U1", is_leader=True, height=7),
            HeldPost(CLERK, "U2", upper_organ="U1", is_leader=True, height=5),
            [("AV2", CLERK)],
        ),
        (HeldPost(LEADER, "U1", is_leader=True), HeldPost(CLERK, "U2", upper_organ="U1"), []),
        # AV3: leader and personnel, discipline, audit, finance in the same organ
        (
            HeldPost(LEADER, "U1", is_leader=True, height=7),
            HeldPost(CLERK, "U1", duties=frozenset({"FIN"}), height=3),
            [("AV3", CLERK)],
        ),
        (HeldPost(LEADER, "U1", is_leader=True), HeldPost(CLERK, "U1", duties=frozenset({"ENF"})), []),
        (HeldPost(LEADER, "U1", is_leader=True), HeldPost(CLERK, "U2", duties=frozenset({"FIN"})), []),
    ],
)  # fmt: skip
def test_posts_of_related_people(one, other, expected):
    assert found(one, other) == expected
    assert found(other, one) == expected
    assert found(one, other, relations=[Relation(CLERK, LEADER, "丈夫")]) == expected
    # the same posts with the numbers of the people exchanged: seen from the other side
    swap = {LEADER: CLERK, CLERK: LEADER}
    turned = [replace(p, person=swap[p.person], leader=swap.get(p.leader, p.leader)) for p in (one, other)]
    assert found(*turned) == [(test, swap.get(who)) for test, who in expected]


def test_people_who_are_not_related_do_not_avoid_each_other():
    posts = (HeldPost(LEADER, "U1", is_leader=True), HeldPost(CLERK, "U1", leader=LEADER, duties=frozenset({"HR"})))
    assert found(*posts, label="同事") == []
    assert found(*posts, relations=[Relation(LEADER, LEADER, "妻子")]) == []
    assert found(*posts) == [("AV2", CLERK), ("AV3", CLERK)]


def test_a_pair_recorded_from_both_sides_counts_once():
    posts = (HeldPost(LEADER, "U1"), HeldPost(CLERK, "U1", leader=LEADER))
    both = [Relation(LEADER, CLERK, "妻子"), Relation(CLERK, LEADER, "丈夫")]
    assert found(*posts, relations=both) == [("AV2", CLERK)]


def test_only_the_tests_and_sets_in_force_are_made():
    posts = (HeldPost(LEADER, "U1"), HeldPost(CLERK, "U1", leader=LEADER))
    assert found(*posts, tests=["AV1"]) == []
    assert found(*posts, label="表弟", sets=["S1", "S2"]) == []


def test_every_post_of_a_person_counts():
    posts = (HeldPost(LEADER, "U1"), HeldPost(LEADER, "U2"), HeldPost(CLERK, "U2", leader=LEADER))
    assert found(*posts) == [("AV2", CLERK)]


@pytest.mark.parametrize(
    ("label", "industry", "is_leader", "bars"),
    [
        ("妻子", "餐饮", True, True),
        ("儿子", "餐饮", True, True),
        ("儿媳", "餐饮", True, True),
        ("弟弟", "餐饮", True, False),
        ("妻子", "运输", True, False),
        ("妻子", "餐饮", False, False),
    ],
)
def test_enterprises_and_their_regulator(label, industry, is_leader, bars):
    shop = Enterprise(LEADER, label, "甲店", industry)
    post = HeldPost(LEADER, "U1", is_leader=is_leader, industries=frozenset({"餐饮"}))
    assert find_enterprise_conflicts([shop], [post]) == (((shop, post),) if bars else ())
    assert find_enterprise_conflicts([shop], [replace(post, person=CLERK)]) == ()
    assert runs_for_household(label) is (label != "弟弟")


def test_nobody_takes_part_in_an_own_matter_or_a_relatives():
    kin = [Relation(LEADER, CLERK, "妻子"), Relation(3, LEADER, "表弟"), Relation(LEADER, 4, "同事")]
    assert must_withdraw(LEADER, {LEADER, CLERK}, kin, SETS) == "SELF"
    assert must_withdraw(LEADER, {CLERK}, kin, SETS) == "S1"
    assert must_withdraw(LEADER, {3}, kin, SETS) == "S3"
    assert must_withdraw(3, {LEADER}, kin, SETS) == "S3"
    assert must_withdraw(LEADER, {3, CLERK}, kin, SETS) == "S1"
    assert must_withdraw(LEADER, {4}, kin, SETS) == ""
    assert must_withdraw(OTHER, {CLERK}, kin, SETS) == ""
    assert must_withdraw(LEADER, {3}, kin, ["S1"]) == ""


@pytest.mark.rule("SEL-AVOIDANCE-PLACES")
@pytest.mark.parametrize(
    ("level", "flags", "grown", "avoids"),
    [
        ("township", {"is_main_leader": True}, {"township": "440784101", "county": "440784"}, True),
        # another township of the same county
        ("township", {"is_main_leader": True}, {"township": "440784102", "county": "440784"}, False),
        ("county", {"is_main_leader": True}, {"township": "440784102", "county": "440784"}, True),
        ("county", {"is_main_leader": True}, {"county": "440705"}, False),
        ("county", {"is_named_chief": True}, {"county": "440784"}, True),
        ("township", {"is_named_chief": True}, {"township": "440784101"}, False),
        ("county", {}, {"county": "440784"}, False),
        ("county", {"is_main_leader": True}, {}, False),
        ("prefecture", {"is_main_leader": True}, {"county": "440784"}, False),
    ],
)
def test_the_place_of_growth(level, flags, grown, avoids):
    post = PlacedPost(level, {"township": "440784101", "county": "440784"}, **flags)
    assert avoids_place(post, grown, PLACES) is avoids
