"""Setting a local value: checked as the rule's own values are, only added, audited."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import Error, transaction

from foundation.audit.models import Entry
from foundation.common.results import DomainError
from foundation.regulations.models import RuleOverride
from foundation.regulations.services import rulebook
from foundation.regulations.services.overrides import set_override
from tests.support.people import make_persona

FROM = date(2025, 1, 1)
pytestmark = pytest.mark.django_db


def refusal(**arguments):
    arguments = {"rule_id": "ASM-MIN-TENURE", "starts_on": FROM, "basis": "〔2025〕1号"} | arguments
    with pytest.raises(DomainError) as refused, transaction.atomic():
        set_override(**arguments)
    return refused.value


def test_setting_holds_from_its_day_with_row_event_and_entry(loaded, clerk):
    before = rulebook(FROM).version
    override = set_override(
        actor=clerk, rule_id="ASM-MIN-TENURE", value="150", starts_on=FROM, basis=" 鹤组发〔2025〕1号 "
    )
    assert rulebook(FROM).value("ASM-MIN-TENURE") == 150
    assert rulebook(date(2024, 12, 31)).value("ASM-MIN-TENURE") == 183
    assert (override.value, override.decided_by, override.basis) == (150, "test", "鹤组发〔2025〕1号")
    assert [event.pgh_label for event in override.row_events.all()] == ["insert"]
    entry = Entry.objects.get(action="regulations.override.set")
    assert (entry.target_no, entry.basis, entry.data["value"]) == ("ASM-MIN-TENURE", "鹤组发〔2025〕1号", 150)
    assert entry.rulebook_version == rulebook(FROM).version != before


@pytest.mark.rule("ASM-GRADE-TABLE")
def test_table_takes_exact_decimals_and_other_words(loaded, clerk):
    set_override(actor=clerk, rule_id="ASM-GRADE-TABLE", value={"甲": "99.5", "乙": 80}, starts_on=FROM, basis="x")
    assert rulebook(FROM).value("ASM-GRADE-TABLE") == {"甲": Decimal("99.5"), "乙": Decimal(80)}


def test_giving_back_lets_the_regulation_speak_again(loaded, clerk):
    set_override(actor=clerk, rule_id="ASM-MIN-TENURE", value=150, starts_on=FROM, basis="x")
    set_override(actor=clerk, rule_id="ASM-MIN-TENURE", value=None, starts_on=date(2025, 7, 1), basis="y")
    assert rulebook(date(2025, 6, 30)).get("ASM-MIN-TENURE").is_local
    assert not rulebook(date(2025, 7, 1)).get("ASM-MIN-TENURE").is_local


@pytest.mark.parametrize(
    ("rule_id", "value", "words"),
    [
        ("ASM-MIN-TENURE", 0, "less than the least value"),
        ("ASM-MIN-TENURE", 367, "more than the greatest"),
        ("ASM-MIN-TENURE", "half a year", "not a whole number"),
        ("ASM-EXCELLENT-SHARE", "30%", "not an exact number"),
        ("ASM-EXCELLENT-SHARE", 0.3, "not an exact number"),
        ("ASM-VETO-EFFECT", "shame", "none of the allowed words"),
        ("ASM-STREAK-CATEGORY-CHANGE", "yes", "neither yes nor no"),
        ("ASM-LADDER-STREAK", {"1": "dismissal"}, "none of the allowed words"),
        ("ASM-LADDER-WINDOW", {"years": 3, "flags": 2}, "should be exactly"),
        ("ASM-LADDER-WINDOW", {"years": "3", "flags": 2, "step": "admonishment"}, "wrong type"),
    ],
)
def test_value_that_does_not_fit_the_rule_is_refused_with_words(loaded, clerk, rule_id, value, words, settings):
    settings.LANGUAGE_CODE = "en"
    error = refusal(actor=clerk, rule_id=rule_id, value=value)
    assert error.code == "value_refused"
    assert error.status == 400
    assert words in str(error.message)
    assert not RuleOverride.objects.exists()
    assert not Entry.objects.filter(action="regulations.override.set").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"basis": "  "}, "no_basis"),
        ({"ends_on": date(2024, 12, 31)}, "dates_in_disorder"),
        ({"rule_id": "ASM-NOTHING"}, "unknown_rule"),
        ({"jurisdiction": "999999"}, "unknown_jurisdiction"),
        ({"rule_id": "TOL-DISTINCTIONS", "value": ["D3_1"], "starts_on": date(2010, 1, 1)}, "value_refused"),
    ],
)
def test_act_that_cannot_be_done_is_refused_by_name(loaded, clerk, arguments, code):
    assert refusal(**({"actor": clerk, "value": 100} | arguments)).code == code


def test_setting_is_neither_changed_nor_deleted_by_any_way(loaded, clerk):
    override = set_override(actor=clerk, rule_id="ASM-MIN-TENURE", value=150, starts_on=FROM, basis="x")
    for write in (
        lambda: RuleOverride.objects.update(value=100),
        lambda: RuleOverride.objects.filter(pk=override.pk).delete(),
        lambda: override.save(),
    ):
        with pytest.raises(Error, match="only_added|Cannot"), transaction.atomic():
            write()
    assert rulebook(FROM).value("ASM-MIN-TENURE") == 150


def test_office_sets_for_its_own_county_only(loaded, counties, assessment_office):
    set_override(actor=assessment_office, rule_id="ASM-PLACES", value=3, starts_on=FROM, basis="x", jurisdiction="A")
    assert rulebook(FROM, jurisdiction="A").value("ASM-PLACES") == 3
    assert rulebook(FROM, jurisdiction="B").value("ASM-PLACES") == 2
    assert Entry.objects.get(action="regulations.override.set").org_path == counties.county_a.path
    assert refusal(actor=assessment_office, value=100, jurisdiction="B").code == "outside_scope"
    assert refusal(actor=assessment_office, value=100).code == "outside_scope"


def test_user_without_the_permission_sets_nothing(loaded, counties, cadre_section):
    error = refusal(actor=cadre_section, value=100, jurisdiction="A")
    assert (error.code, error.status) == ("outside_scope", 403)


def test_liaison_of_a_department_cannot_set_for_the_county(loaded, counties):
    persona = make_persona("assessment_office", counties.finance)
    assert refusal(actor=persona, value=100, jurisdiction="A").code == "outside_scope"
