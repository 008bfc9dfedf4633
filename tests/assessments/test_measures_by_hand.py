"""Measures that the calculation leaves to a decision: who may be named, who decides."""

from datetime import date

import pytest

from assessments.forms import MeasureStepForm
from assessments.models import Measure
from assessments.services.calculation import calculate
from assessments.services.publishing import publish
from foundation.casework.services.engine import available, perform
from foundation.common.actors import SystemActor
from foundation.common.results import DomainError
from foundation.organizations.models import Post
from officials.models import Official, PostHolding

from ..support.people import give, make_persona

pytestmark = pytest.mark.django_db
OFFICE = SystemActor("test")


@pytest.fixture
def vacant(assessed) -> Measure:
    """Shaping has a second principal post, which nobody held in 2024; Li of the first post held it long ago."""
    second = Post.objects.create(
        organization=assessed.units["A-SHA"], title="街道办事处主任", is_principal=True, sort=2
    )
    PostHolding.objects.create(
        official=assessed.people["A-SHA"],
        post=second,
        is_main=False,
        starts_on=date(2012, 1, 1),
        ends_on=date(2015, 12, 31),
    )
    publish(calculate(assessed.cycle, actor=OFFICE).run, actor=OFFICE)
    return Measure.objects.system().get(manual_reason="vacant")


def refusals(case, official) -> list[str]:
    with pytest.raises(DomainError) as refused:
        perform(case, "propose", actor=OFFICE, reason="经查", official=official)
    return [reason.code for reason in refused.value.reasons]


def test_one_person_gets_one_proposal_for_a_unit_also_by_hand(vacant, assessed):
    assert refusals(vacant, assessed.people["A-SHA"]) == ["MEASURE_PERSON_NAMED"]
    assert Measure.objects.system().get(pk=vacant.pk).status == "manual"


def test_who_never_held_the_post_is_not_named(vacant, assessed):
    assert refusals(vacant, assessed.people["A-FIN"]) == ["MEASURE_NOT_IN_POST"]


def test_where_somebody_led_in_the_year_earlier_holders_are_not_offered(assessed):
    post = Post.objects.get(organization=assessed.units["A-SHA"])
    PostHolding.objects.filter(post=post).update(ends_on=date(2024, 7, 1))
    later, earlier = (
        Official.objects.create(name=name, id_cipher=b"x", id_hash=name, id_masked="4407") for name in ("赵六", "钱七")
    )
    PostHolding.objects.create(official=later, post=post, starts_on=date(2024, 7, 2))
    PostHolding.objects.create(official=earlier, post=post, starts_on=date(2010, 1, 1), ends_on=date(2019, 12, 31))
    publish(calculate(assessed.cycle, actor=OFFICE).run, actor=OFFICE)
    case = Measure.objects.system().get()
    assert case.manual_reason == "equal_days"
    offered = MeasureStepForm(case=case).fields["official"].queryset
    assert {person.name for person in offered} == {"李四", "赵六"}
    assert refusals(case, earlier) == ["MEASURE_NOT_IN_POST"]


def test_who_reviewed_does_not_decline_either(run, tree):
    publish(run, actor=OFFICE)
    both = make_persona("supervision_section", tree.county_a)
    give(both, "department_leader", tree.county_a)
    both.forget_grants()
    case = perform(Measure.objects.system().get(), "review", actor=both, reason="属实")
    blocked = {offer.step.name: [reason.code for reason in offer.reasons] for offer in available(case, both)}
    assert blocked == {"approve": ["MEASURE_SAME_PERSON"], "decline": ["MEASURE_SAME_PERSON"]}
