"""The rulebook on a day, and what a process may remember of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction

from foundation.common.results import Cite
from foundation.regulations.models import Rule, RuleOverride, RuleValue, TableVersion
from foundation.regulations.services import UnknownRule, rulebook, tokens
from foundation.regulations.services.overrides import set_override

TODAY = date(2025, 11, 22)
pytestmark = pytest.mark.django_db


def insert_override(rule_id, value, starts_on, **fields):
    rule = Rule.objects.get(code=rule_id)
    return RuleOverride.objects.create(rule=rule, value=value, starts_on=starts_on, basis="test", **fields)


@pytest.mark.rule("ASM-LADDER-STREAK")
@pytest.mark.rule("ASM-EXCELLENT-SHARE")
def test_values_are_typed_and_cited(loaded):
    book = rulebook(TODAY)
    assert book.value("ASM-LADDER-STREAK") == {1: "reminder_talk", 2: "admonishment", 3: "post_adjustment"}
    assert book.value("ASM-EXCELLENT-SHARE") == Decimal("0.3")
    assert book.cite("R-DIS-GOV_WARN") == Cite("公职人员政务处分法", "第8、19条", "verified")
    rule = book.get("R-DIS-GOV_WARN")
    assert (rule.id, rule.value, rule.unit, rule.starts_on, rule.is_local) == (
        "R-DIS-GOV_WARN",
        6,
        "months",
        date(2020, 7, 1),
        False,
    )
    assert not rule.cite.needs_check
    assert book.cite("ASM-MIN-TENURE").needs_check


@pytest.mark.rule("RWD-BONUS")
@pytest.mark.rule("R-4.11")
def test_older_day_gives_the_older_value_and_its_own_citation(loaded):
    assert rulebook(date(2017, 12, 31)).value("RWD-BONUS")["RW_COMMEND"] == 800
    assert rulebook(date(2018, 1, 1)).value("RWD-BONUS")["RW_COMMEND"] == 1500
    assert rulebook(date(2020, 12, 27)).cite("R-4.11").law == "公务员考核规定（试行）"
    assert rulebook(date(2020, 12, 28)).value("R-4.11") == {"base": Decimal("0.2"), "approved": Decimal("0.25")}


def test_rule_not_yet_in_force_or_misspelt_is_an_error_that_names_it(loaded):
    assert "TOL-DISTINCTIONS" not in rulebook(date(2018, 5, 19))
    with pytest.raises(UnknownRule, match="R-DIS-GOV_WRAN"):
        rulebook(TODAY).value("R-DIS-GOV_WRAN")
    with pytest.raises(KeyError, match="2018-05-19"):
        rulebook(date(2018, 5, 19)).get("TOL-DISTINCTIONS")


def test_repealed_value_leaves_the_book_from_its_day(loaded):
    rule = Rule.objects.get(code="SUP-TALK-YEARLY")
    RuleValue.objects.create(rule=rule, starts_on=date(2026, 1, 1), value=None, law="Law", confidence="verified")
    assert "SUP-TALK-YEARLY" in rulebook(date(2025, 12, 31))
    assert "SUP-TALK-YEARLY" not in rulebook(date(2026, 1, 1))


def test_override_holds_in_its_days_and_cites_its_basis(loaded):
    insert_override("ASM-MIN-TENURE", 200, date(2024, 1, 1), ends_on=date(2024, 12, 31))
    assert rulebook(date(2023, 12, 31)).value("ASM-MIN-TENURE") == 183
    rule = rulebook(date(2024, 12, 31)).get("ASM-MIN-TENURE")
    assert (rule.value, rule.is_local, rule.starts_on, rule.cite) == (
        200,
        True,
        date(2024, 1, 1),
        Cite("test", "", "verified"),
    )
    assert rulebook(date(2025, 1, 1)).value("ASM-MIN-TENURE") == 183


def test_jurisdiction_has_its_own_settings_before_the_general_ones(loaded):
    insert_override("ASM-PLACES", 3, date(2024, 1, 1))
    insert_override("ASM-PLACES", 4, date(2024, 1, 1), jurisdiction="440784")
    assert rulebook(TODAY).value("ASM-PLACES") == 3
    assert rulebook(TODAY, jurisdiction="440784").value("ASM-PLACES") == 4
    assert rulebook(TODAY, jurisdiction="440785").value("ASM-PLACES") == 3


def test_jurisdictions_without_settings_of_their_own_share_one_book(loaded):
    insert_override("ASM-PLACES", 4, date(2024, 1, 1), jurisdiction="440784")
    assert rulebook(TODAY, jurisdiction="440785") is rulebook(TODAY, jurisdiction="440786") is rulebook(TODAY)
    assert rulebook(TODAY, jurisdiction="440784") is not rulebook(TODAY)


def test_version_changes_exactly_with_the_values(loaded):
    version = rulebook(TODAY).version
    assert len(version) == 64
    assert rulebook(date(2025, 11, 23)).version == version
    RuleValue.objects.filter(rule__code="ASM-PLACES").update(note_zh="另注")
    assert rulebook(TODAY).version == version
    insert_override("ASM-PLACES", 2, date(2024, 1, 1))
    assert rulebook(TODAY).version == version
    insert_override("ASM-PLACES", 3, date(2024, 1, 1))
    assert rulebook(TODAY).version != version


def test_digest_of_some_rules_ignores_all_others(loaded):
    ids = ["ASM-MIN-TENURE", "ASM-LADDER-STREAK"]
    before = rulebook(TODAY).digest(ids)
    insert_override("ASM-PLACES", 3, date(2024, 1, 1))
    assert rulebook(TODAY).digest(reversed(ids)) == before
    insert_override("ASM-MIN-TENURE", 184, date(2024, 1, 1))
    assert rulebook(TODAY).digest(ids) != before


def test_asking_again_costs_one_query(loaded, django_assert_num_queries):
    first = rulebook(TODAY)
    with django_assert_num_queries(1):
        assert rulebook(TODAY) is first
    with django_assert_num_queries(1):
        assert rulebook(date(2024, 6, 1)).value("ASM-PLACES") == 2


def test_request_asks_once_for_all_its_days(loaded, django_assert_num_queries):
    rulebook(TODAY)
    tokens.request_began()
    try:
        with django_assert_num_queries(1):
            for day in range(1, 20):
                rulebook(date(2025, 1, day))
    finally:
        tokens.request_ended()


def test_a_command_asks_once_sees_what_it_writes_and_asks_again_afterwards(loaded, clerk, django_assert_num_queries):
    with tokens.asked_once():
        rulebook(TODAY)
        with django_assert_num_queries(0):
            rulebook(TODAY)
        set_override(actor=clerk, rule_id="ASM-PLACES", value=3, starts_on=date(2025, 1, 1), basis="test")
        assert rulebook(TODAY).value("ASM-PLACES") == 3
    with django_assert_num_queries(1):
        rulebook(TODAY)


def test_what_is_asked_once_inside_a_request_leaves_it_what_it_has_read(loaded, django_assert_num_queries):
    with tokens.asked_once():
        rulebook(TODAY)
        with django_assert_num_queries(0):
            with tokens.asked_once():
                rulebook(TODAY)
            rulebook(TODAY)


def test_asking_once_inside_of_a_request_leaves_its_memory(loaded, django_assert_num_queries):
    rulebook(TODAY)
    tokens.request_began()
    try:
        with django_assert_num_queries(1):
            for _time in range(2):
                with tokens.asked_once():
                    rulebook(TODAY)
                rulebook(TODAY)
    finally:
        tokens.request_ended()


def test_tokens_that_came_in_passing_are_used_and_a_write_still_seen(loaded, clerk, django_assert_num_queries):
    rulebook(TODAY)
    read = TableVersion.objects.values_list(tokens.in_passing(), flat=True)[0]
    tokens.request_began()
    try:
        tokens.take(read)
        with django_assert_num_queries(0):
            assert rulebook(TODAY).value("ASM-PLACES") == 2
        set_override(actor=clerk, rule_id="ASM-PLACES", value=3, starts_on=date(2025, 1, 1), basis="test")
        assert rulebook(TODAY).value("ASM-PLACES") == 3
        tokens.take(read)  # comes late: what was read after the write stands
        assert rulebook(TODAY).value("ASM-PLACES") == 3
    finally:
        tokens.request_ended()


def test_outside_of_a_request_tokens_in_passing_are_not_kept(loaded, django_assert_num_queries):
    rulebook(TODAY)
    tokens.take(TableVersion.objects.values_list(tokens.in_passing(), flat=True)[0])
    with django_assert_num_queries(1):
        rulebook(TODAY)


def test_request_that_writes_by_a_service_sees_its_own_write(loaded, clerk):
    tokens.request_began()
    try:
        assert rulebook(TODAY).value("ASM-PLACES") == 2
        set_override(actor=clerk, rule_id="ASM-PLACES", value=3, starts_on=date(2025, 1, 1), basis="test")
        assert rulebook(TODAY).value("ASM-PLACES") == 3
    finally:
        tokens.request_ended()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE regulations_rulevalue SET value = '9' WHERE rule_id = (SELECT id FROM regulations_rule WHERE code = 'ASM-PLACES')",
        "INSERT INTO regulations_ruleoverride (rule_id, jurisdiction, value, starts_on, basis, decided_by, created_at) "
        "SELECT id, '', '9', '2020-01-01', 'x', 'x', now() FROM regulations_rule WHERE code = 'ASM-PLACES'",
    ],
)
def test_write_by_any_way_is_seen_by_a_process_that_remembers(loaded, statement):
    assert rulebook(TODAY).value("ASM-PLACES") == 2
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert rulebook(TODAY).value("ASM-PLACES") == 9


def test_what_was_read_inside_a_rolled_back_transaction_is_forgotten(loaded):
    with transaction.atomic():
        insert_override("ASM-PLACES", 5, date(2024, 1, 1))
        assert rulebook(TODAY).value("ASM-PLACES") == 5
        transaction.set_rollback(True)
    assert rulebook(TODAY).value("ASM-PLACES") == 2
    insert_override("ASM-PLACES", 6, date(2024, 1, 1))
    assert rulebook(TODAY).value("ASM-PLACES") == 6


def test_token_is_new_after_every_write(loaded):
    seen = set()
    for value in (3, 4, 5):
        insert_override("ASM-PLACES", value, date(2024, 1, 1))
        seen.add(TableVersion.objects.get(topic="rules").token)
    assert len(seen) == 3


def test_empty_tables_are_not_remembered(db, clerk):
    assert list(rulebook(TODAY)) == []
    with pytest.raises(UnknownRule, match="load_regulations"):
        rulebook(TODAY).value("ASM-PLACES")
    rule = Rule.objects.create(code="ASM-PLACES", value_type="integer", unit="places", used_by="assessments")
    RuleValue.objects.create(rule=rule, starts_on=date(2000, 1, 1), value=2, law="Law", confidence="default")
    assert rulebook(TODAY).value("ASM-PLACES") == 2
    set_override(actor=clerk, rule_id="ASM-PLACES", value=3, starts_on=date(2025, 1, 1), basis="test")
    assert rulebook(TODAY).value("ASM-PLACES") == 3
