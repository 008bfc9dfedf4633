"""However many kinds a threshold decides about, its preview stays within the bound of statements of a page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.casework.services.alert_sweep import sweep
from foundation.casework.services.thresholds import threshold_rules
from tests.support.people import client_of, make_persona
from tests.support.queries import assert_query_baseline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.mark.parametrize(
    "name",
    [
        "alerts:threshold ALR-DEADLINE",
        "alerts:threshold ALR-LEADERS-OVER",
        "alerts:threshold ALR-STAFF-OVER",
        "alerts:threshold R-7.2-SAME_POST",
        "alerts:threshold R-7.6",
    ],
)
def test_the_preview_of_every_threshold_keeps_the_bound(case, tree, name):
    rule_id = name.partition(" ")[2]
    office = client_of(make_persona("assessment_office", tree.county_a, username="clerk"))
    address = reverse("alerts:threshold", args=[rule_id])
    form = office.get(address).context["form"]
    typed = {name: field.initial for name, field in form.fields.items() if name.startswith("n_")}
    typed |= {"starts_on": f"{timezone.localdate()}", "jurisdiction": "A", "preview": "1"}
    assert office.post(address, typed).status_code == 200
    with assert_query_baseline(name):
        office.post(address, typed)


def test_every_threshold_has_its_page(tree):
    office = client_of(make_persona("assessment_office", tree.county_a, username="clerk"))
    rules = threshold_rules()
    assert len(rules) > 10
    for rule in rules:
        assert office.get(reverse("alerts:threshold", args=[rule.code])).status_code == 200, rule.code


def test_a_sweep_asks_for_held_posts_and_clocks_once(case, tree, django_assert_max_num_queries):
    sweep(timezone.localdate())
    with django_assert_max_num_queries(140):  # two counties, 20 kinds, each with its known alerts and own facts
        sweep(timezone.localdate())
