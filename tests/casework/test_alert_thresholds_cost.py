"""However many kinds a threshold decides about, its preview stays within the bound of statements of a page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.casework.models import Deadline
from foundation.casework.registry import kind_of
from foundation.casework.services.alert_sweep import sweep
from foundation.casework.services.thresholds import preview, threshold_rules
from foundation.regulations.models import Rule
from supervision.models import Admonishment, Inquiry, Reminder, Talk
from tests.factories.people import make_person
from tests.support.people import client_of, make_persona
from tests.support.queries import assert_query_baseline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def clocks(tree, case):
    """Open clocks of cases of five kinds, so that none of them is passed over."""
    today = timezone.localdate()
    person = make_person("邱晚晴", tree.finance)
    about = {"organization": tree.finance, "official": person, "opened_on": today, "summary": "x"}
    for model, number, more in (
        (Reminder, "TX-1", {"status": "held"}),
        (Inquiry, "HX-1", {"status": "sent"}),
        (Admonishment, "JM-1", {"status": "delivered"}),
        (Talk, "TH-1", {"status": "planned", "planned_on": today}),
    ):
        made = model.objects.create(case_no=number, **about, **more)
        flow = kind_of(made).flow
        step = next(step for step in flow.from_state(made.status) if step.is_clocked)
        Deadline.objects.create(kind=flow.kind, case_no=number, step=step.name, starts_on=today, due_on=today)
    return person


def test_all_kinds_of_clocks_are_counted_at_once(clocks, tree):
    rule = Rule.objects.get(code="ALR-DEADLINE")
    office = make_persona("assessment_office", tree.county_a, username="counter")
    value = {"orange": 0, "yellow": 0, "blue": 0}
    effects = preview(actor=office, rule=rule, value=value, jurisdiction="A", day=timezone.localdate())
    found = {effect.kind.code: effect.totals for effect in effects if effect.totals[1]}
    assert found == {
        "deadline.supervision.reminder": (1, 1),
        "deadline.supervision.inquiry": (1, 1),
        "deadline.supervision.admonishment": (1, 1),
        "deadline.supervision.talk": (1, 1),
    }


@pytest.mark.usefixtures("clocks")
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
    with django_assert_max_num_queries(140):  # two counties, 30 kinds, each with its known alerts and own facts
        sweep(timezone.localdate())
