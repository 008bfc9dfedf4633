"""Nobody sees the own file or that of kin, on pages, in lists, in the API (任用条例 回避)."""

import pytest
from django.urls import reverse

from foundation.accounts.services.accounts import name_holder
from foundation.common.actors import SystemActor
from officials.models import FamilyMember, Official
from officials.services.people import identity_values
from tests.support.people import client_of, make_persona

pytestmark = pytest.mark.django_db
OWN, WIFE, SON, OTHER = "440784197805069119", "440784198001019120", "440784200803019130", "440784197805069135"
VIEW = "officials.view_official"


@pytest.fixture
def people(tree):
    def one(number, name):
        return Official.objects.create(home=tree.finance, **identity_values(number, name))

    return {"own": one(OWN, "曾启辉"), "wife": one(WIFE, "何婉"), "son": one(SON, "曾小"), "other": one(OTHER, "何婉")}


@pytest.fixture
def user(tree):
    made = make_persona("cadre_section", tree.county_a)
    return name_holder(actor=SystemActor("test"), user=made, id_number=OWN, reason="登记持有人")


def seen(user):
    return set(Official.objects.visible_to(user, VIEW).values_list("name", "id_masked"))


def test_the_own_file_is_shut(people, user):
    assert people["own"].pk not in Official.objects.visible_to(user, VIEW).values_list("pk", flat=True)
    assert client_of(user).get(reverse("officials:person", args=[people["own"].pk])).status_code == 404


def test_kin_in_the_own_family_list_are_shut_by_name_and_month_and_namesakes_are_not(people, user):
    FamilyMember.objects.create(official=people["own"], relation="妻子", name="何婉", birth_text="1980.01")
    left = set(Official.objects.visible_to(user, VIEW).values_list("pk", flat=True))
    assert left == {people["son"].pk, people["other"].pk}


def test_whoever_names_the_holder_as_kin_is_shut(people, user):
    FamilyMember.objects.create(official=people["son"], relation="父亲", name="曾启辉", birth_text="197805")
    left = set(Official.objects.visible_to(user, VIEW).values_list("pk", flat=True))
    assert left == {people["wife"].pk, people["other"].pk}


def test_the_rows_of_shut_files_are_shut_too(people, user):
    FamilyMember.objects.create(official=people["own"], relation="妻子", name="某", birth_text="1980.01")
    assert not FamilyMember.objects.visible_to(user, VIEW).exists()


def test_an_account_whose_holder_is_not_known_costs_no_query(people, tree, django_assert_num_queries):
    user = make_persona("cadre_section", tree.county_a)
    user.get_all_permissions()
    user.scope_for(VIEW)
    with django_assert_num_queries(1):
        assert Official.objects.visible_to(user, VIEW).count() == 4


def test_the_number_of_the_holder_is_kept_nowhere(people, user):
    user.refresh_from_db()
    assert len(user.person_key) == 64
    assert OWN not in str(vars(user))
    assert not any(OWN in str(vars(event)) or user.person_key in str(vars(event)) for event in user.row_events.all())
