"""Posts and their holders from files, beside what is registered already: through the services, as the office does it."""

from datetime import date

import pytest

from foundation.common.actors import SystemActor
from foundation.common.crypto import encrypt
from foundation.common.results import DomainError
from foundation.exchange.services.batches import apply, stage, undo
from foundation.organizations.models import Post
from officials.models import Official, PostHolding
from officials.services.people import identity_values

pytestmark = pytest.mark.django_db
OFFICE = SystemActor("test")
HEADER = "unit,post,principal,id_number,name,from,to,note\n"
WANG, LI = "440784197001011239", "440784197202022245"


def check_digit(number):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True))
    return number[:17] + "10X98765432"[total % 11]


WANG, LI = check_digit(WANG), check_digit(LI)


def take(county, *lines):
    text = HEADER + "\n".join(lines) + "\n"
    batch = stage(actor=OFFICE, kind_code="posts", data=text.encode(), file_name="posts.csv", organization=county)
    assert not batch.has_errors, [row.findings for row in batch.rows.all()]
    return apply(batch, actor=OFFICE)


def test_a_change_of_leader_ends_the_old_spell_and_begins_the_new_one_in_one_file(tree):
    take(tree.county_a, f"A-FIN,局长,1,{WANG},王五,2020-01-01,,")
    second = take(
        tree.county_a,
        f"A-FIN,局长,1,{WANG},王五,2020-01-01,2024-06-30,",
        f"A-HEA,局长,1,{WANG},王五,2024-07-01,,",
        f"A-FIN,局长,1,{LI},李四,2024-07-01,,",
    )
    person = Official.objects.get(name="王五")
    assert person.home == tree.health
    undo(second, actor=OFFICE, reason="错误")
    assert list(PostHolding.objects.values_list("official__name", "ends_on")) == [("王五", None)]
    assert Official.objects.get(name="王五").home == tree.finance


def test_a_second_main_post_on_the_same_days_is_refused_with_person_and_posts(tree):
    take(tree.county_a, f"A-FIN,局长,1,{WANG},王五,2020-01-01,,")
    with pytest.raises(DomainError) as refused:
        take(tree.county_a, f"A-HEA,局长,1,{WANG},王五,2024-07-01,,")
    assert refused.value.code == "POSTS_OVERLAP"
    assert "王五: 局长 2020-01-01 –, 局长 2024-07-01 –" in str(refused.value.message)
    assert PostHolding.objects.count() == 1


def test_whoever_serves_in_another_county_is_neither_moved_nor_renamed_nor_betrayed(tree):
    take(tree.county_b, f"B-FIN,局长,1,{WANG},王五,2020-01-01,,")
    with pytest.raises(DomainError) as refused:
        take(tree.county_a, f"A-FIN,书记,1,{WANG},王二,2024-07-01,,")
    assert "局长" not in str(refused.value.message)
    person = Official.objects.get()
    assert (person.name, person.home) == ("王五", tree.other_department)


def test_whoever_left_another_county_may_be_taken_over(tree):
    take(tree.county_b, f"B-FIN,局长,1,{WANG},王五,2020-01-01,2024-06-30,调出")
    take(tree.county_a, f"A-FIN,书记,1,{WANG},王五,2024-07-01,,")
    person = Official.objects.get()
    assert (person.home, person.left_note) == (tree.finance, "")


def test_a_file_about_the_past_does_not_move_who_serves_today(tree):
    take(tree.county_a, f"A-FIN,局长,1,{WANG},王五,2020-01-01,,")
    take(tree.county_a, f"A-HEA,副局长,0,{WANG},王五,2015-01-01,2019-12-31,")
    assert Official.objects.get().home == tree.finance


def test_a_registered_post_keeps_its_place_when_a_file_names_it_alone(tree):
    take(
        tree.county_a,
        f"A-FIN,书记,1,{WANG},王五,2020-01-01,,",
        f"A-FIN,局长,1,{LI},李四,2020-01-01,,",
    )
    take(tree.county_a, f"A-FIN,局长,1,{LI},李四,2020-01-01,2024-12-31,")
    assert dict(Post.objects.values_list("title", "sort")) == {"书记": 1, "局长": 2}


def test_a_unit_that_is_gone_when_the_file_is_applied_is_said_in_words(tree):
    text = f"{HEADER}A-HEA,局长,1,{WANG},王五,2020-01-01,,\n"
    batch = stage(actor=OFFICE, kind_code="posts", data=text.encode(), file_name="p.csv", organization=tree.county_a)
    type(tree.health).objects.filter(pk=tree.health.pk).update(code="A-OLD")
    with pytest.raises(DomainError) as refused:
        apply(batch, actor=OFFICE)
    assert refused.value.code == "IMPORT_STALE"
    assert "A-HEA" in str(refused.value.message)


def test_the_database_refuses_two_main_posts_at_once_when_the_statement_ends(tree):
    values = identity_values(WANG, "王五") | {"id_cipher": encrypt(WANG)}
    person = Official.objects.create(**values, home=tree.finance)
    posts = [Post.objects.create(organization=unit, title="局长") for unit in (tree.finance, tree.health)]
    spells = [PostHolding(official=person, post=post, starts_on=date(2020, 1, 1)) for post in posts]
    with pytest.raises(Exception, match="no_two_main_posts_at_once"):
        PostHolding.objects.bulk_create(spells)
