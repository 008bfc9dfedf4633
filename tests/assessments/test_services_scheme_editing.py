"""Drafts are edited freely, issued schemes only by amendment, published years not at all (engine §2)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db.utils import InternalError
from django.utils import timezone

from assessments.models import Cycle, Indicator, Scheme, SchemeAmendment, Score
from assessments.rules.schemes import Content
from assessments.services.calculation import calculate
from assessments.services.publishing import publish, reopen
from assessments.services.scheme_amendments import amend
from assessments.services.scheme_content import content_of
from assessments.services.scheme_editing import create_scheme, save_draft
from assessments.services.scheme_issue import find_issue_faults, issue_schemes
from foundation.accounts.models import User
from foundation.audit.models import Entry
from foundation.common.actors import SystemActor
from foundation.organizations.models import Organization
from tests.support.refusals import refused

pytestmark = [pytest.mark.usefixtures("heshan_database"), pytest.mark.django_db]
ACTOR = SystemActor("test")


@pytest.fixture
def office():
    return User.objects.get(username="kaohe")


@pytest.fixture
def issued():
    """The issued scheme of a year that is not published."""
    return Scheme.objects.select_related("cycle__jurisdiction").get(
        cycle__jurisdiction__code="440784", cycle__year=2025, category="GENERAL"
    )


@pytest.fixture
def draft(issued):
    Scheme.objects.filter(cycle=issued.cycle).update(state="draft", issued_on=None)
    issued.refresh_from_db()
    return issued


def with_weights(content, **weights) -> Content:
    leaves = (
        replace(leaf, weight=Decimal(weights[leaf.code])) if leaf.code in weights else leaf for leaf in content.leaves
    )
    return Content(content.parameters, tuple(leaves))


# --- drafts -----------------------------------------------------------------------------------------------------------
def test_a_draft_is_saved_with_any_sum_of_weights_and_recorded(draft, office):
    content = with_weights(content_of(draft), G01="25")
    saved = save_draft(actor=office, scheme=draft, content=content, expected_version=draft.version)
    assert content_of(saved).leaves[0].weight == 25
    assert saved.version == draft.version + 1
    entry = Entry.objects.get(action="assessments.scheme.changed")
    assert entry.target_no == "440784-2025-GENERAL"
    assert entry.data["changes"] == [
        {"kind": "changed", "code": "G01", "name": "年度重点任务完成数", "field": "weight", "before": "20", "after": "25"}
    ]  # fmt: skip


def test_saving_what_stands_there_writes_nothing(draft, office):
    saved = save_draft(actor=office, scheme=draft, content=content_of(draft))
    assert saved.version == draft.version
    assert not Entry.objects.filter(action="assessments.scheme.changed").exists()


def test_indicators_are_added_renamed_reordered_and_dropped_together(draft, office):
    content = content_of(draft)
    first, second, *rest = content.leaves
    new = replace(second, key=0, code="G99", name="新指标")
    swapped = [replace(second, code="G01"), replace(first, code="G02"), new, *rest[:-1]]
    go = Score.objects.filter(indicator=rest[-1].key).count()
    save_draft(actor=office, scheme=draft, content=Content(content.parameters, tuple(swapped)), figures_removed=go)
    stored = list(draft.indicators.order_by("sort").values_list("code", "pk"))
    assert stored[:2] == [("G01", second.key), ("G02", first.key)]
    assert stored[2][0] == "G99"
    assert not Indicator.objects.filter(pk=rest[-1].key).exists()


def test_figures_go_with_a_dropped_indicator_and_are_counted(draft, office):
    content = content_of(draft)
    gone = content.leaves[0]
    figures = Score.objects.filter(indicator=gone.key).count()
    less = Content(content.parameters, content.leaves[1:])
    save_draft(actor=office, scheme=draft, content=less, figures_removed=figures)
    assert figures
    assert not Score.objects.filter(indicator=gone.key).exists()
    assert Entry.objects.get(action="assessments.scheme.changed").data["figures_removed"] == figures


@pytest.mark.parametrize("told", [None, 0, 2, 4])
def test_figures_go_only_when_exactly_so_many_were_told(draft, office, told):
    """Two indicators are dropped: one with figures of two units, one with a figure of one of them."""
    content = content_of(draft)
    first, second, *rest = content.leaves
    Score.objects.filter(indicator__in=[first.key, second.key]).delete()
    one, other = Organization.objects.filter(categories__category="GENERAL", categories__year=2025)[:2]
    for leaf, unit in ((first, one), (first, other), (second, one)):
        Score.objects.create(cycle=draft.cycle, unit=unit, indicator_id=leaf.key, figure=1)
    less = Content(content.parameters, tuple(rest))
    error = refused(lambda: save_draft(actor=office, scheme=draft, content=less, figures_removed=told), "FIGURES_GO")
    assert (error.status, error.figures, error.units) == (409, 3, 2)
    assert [reason.facts for reason in error.reasons] == [
        {"indicator": first.code, "figures": 2},
        {"indicator": second.code, "figures": 1},
    ]
    assert Score.objects.filter(indicator__in=[first.key, second.key]).count() == 3
    save_draft(actor=office, scheme=draft, content=less, figures_removed=3)
    assert not Indicator.objects.filter(pk__in=[first.key, second.key]).exists()


def test_an_indicator_without_figures_goes_without_a_question(draft, office):
    content = content_of(draft)
    Score.objects.filter(indicator=content.leaves[0].key).delete()
    save_draft(actor=office, scheme=draft, content=Content(content.parameters, content.leaves[1:]))
    assert not Indicator.objects.filter(pk=content.leaves[0].key).exists()


def test_a_faulty_document_is_refused_with_every_place_and_nothing_is_saved(draft, office):
    content = content_of(draft)
    leaves = (replace(content.leaves[0], weight=Decimal(-1)), replace(content.leaves[1], responsible="nobody"))
    error = refused(
        lambda: save_draft(actor=office, scheme=draft, content=Content(content.parameters, leaves)), "SCHEME_FAULTY"
    )
    assert [(fault.code, fault.place) for fault in error.faults] == [("WEIGHT_RANGE", 1), ("RESPONSIBLE_UNKNOWN", 2)]
    assert error.status == 400
    assert draft.indicators.count() == len(content.leaves)


def test_the_second_of_two_editors_is_told_who_changed_what(draft, office):
    seen = draft.version
    save_draft(actor=office, scheme=draft, content=with_weights(content_of(draft), G01="25"), expected_version=seen)
    mine = with_weights(content_of(draft), G02="11")
    error = refused(
        lambda: save_draft(actor=office, scheme=draft, content=mine, expected_version=seen), "SCHEME_CHANGED"
    )
    assert error.status == 412
    (line,) = [str(reason.text) for reason in error.reasons]
    assert "梁敏" in line
    assert "G01" in line
    assert "20" in line
    assert "25" in line


def test_only_the_office_edits(draft):
    with pytest.raises(PermissionDenied):
        save_draft(actor=User.objects.get(username="caizheng"), scheme=draft, content=content_of(draft))


def test_a_category_begins_with_the_rulebooks_parameters(office, issued):
    cycle = Cycle.objects.create(jurisdiction=issued.cycle.jurisdiction, year=2026)
    scheme = create_scheme(actor=office, cycle=cycle, category="KEY")
    assert (scheme.state, scheme.bonus_cap, scheme.bottom_mode) == ("draft", 5, "last_n")
    refused(lambda: create_scheme(actor=office, cycle=cycle, category="KEY"), "SCHEME_EXISTS")
    refused(lambda: create_scheme(actor=office, cycle=cycle, category="NONE"), "CATEGORY_UNKNOWN")


# --- issuing ----------------------------------------------------------------------------------------------------------
def test_issuing_names_document_day_and_person(draft, office):
    made = issue_schemes(actor=office, cycle=draft.cycle, document_no=" 鹤考委〔2025〕3号 ", issued_on=date(2025, 4, 1))
    assert len(made) == 7
    draft.refresh_from_db()
    assert (draft.state, draft.document_no, draft.issued_on) == ("issued", "鹤考委〔2025〕3号", date(2025, 4, 1))
    assert draft.issuer_id == office.pk
    entry = Entry.objects.filter(action="assessments.schemes.issued").latest("pk")
    assert (entry.basis, len(entry.data["categories"])) == ("鹤考委〔2025〕3号", 7)


def test_weights_that_are_not_100_stand_against_issuing_with_their_place(draft, office):
    save_draft(actor=office, scheme=draft, content=with_weights(content_of(draft), G01="19.5"))
    (fault,) = find_issue_faults(draft.cycle)
    assert (fault.category, fault.code) == ("GENERAL", "WEIGHTS_TOO_SMALL")
    assert "99.5" in fault.text
    assert "0.5" in fault.text
    issue = {"actor": office, "cycle": draft.cycle, "document_no": "x", "issued_on": date(2025, 4, 1)}
    error = refused(lambda: issue_schemes(**issue), "ISSUE_REFUSED")
    assert [reason.facts["category"] for reason in error.reasons] == ["GENERAL"]
    assert not Scheme.objects.filter(cycle=draft.cycle, state="issued").exists()


def test_a_category_with_units_but_no_scheme_stands_against_issuing(draft):
    Score.objects.filter(indicator__scheme__cycle=draft.cycle, indicator__scheme__category="KEY").delete()
    Indicator.objects.filter(scheme__cycle=draft.cycle, scheme__category="KEY").delete()
    Scheme.objects.filter(cycle=draft.cycle, category="KEY").delete()
    assert ("KEY", "NO_SCHEME") in {(fault.category, fault.code) for fault in find_issue_faults(draft.cycle)}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"document_no": " "}, "DOCUMENT_MISSING"),
        ({"document_no": "x" * 61}, "DOCUMENT_TOO_LONG"),
        ({}, "ISSUED_AHEAD"),
    ],
)
def test_issuing_needs_a_document_and_a_day_that_has_come(draft, office, change, code):
    tomorrow = timezone.localdate() + timedelta(days=1)
    issue = {"actor": office, "cycle": draft.cycle, "document_no": "x", "issued_on": tomorrow} | change
    refused(lambda: issue_schemes(**issue), code)


def test_nothing_is_issued_twice(issued, office):
    issue = {"actor": office, "cycle": issued.cycle, "document_no": "x", "issued_on": date(2025, 4, 1)}
    refused(lambda: issue_schemes(**issue), "NOTHING_TO_ISSUE")


def test_a_draft_can_be_calculated_but_not_published(draft, office):
    run = calculate(draft.cycle, actor=office).run
    error = refused(lambda: publish(run, actor=ACTOR), "SCHEMES_NOT_ISSUED")
    assert "综合管理类" in str(error.message)


# --- amendments -------------------------------------------------------------------------------------------------------
def test_raising_a_weight_after_issue_is_refused_and_leads_to_an_amendment(issued, office):
    error = refused(
        lambda: save_draft(actor=office, scheme=issued, content=with_weights(content_of(issued), G01="25")),
        "SCHEME_ISSUED",
    )
    assert issued.document_no in str(error.message)


def test_an_amendment_keeps_before_and_after_word_by_word(issued, office):
    before = content_of(issued)
    after = with_weights(before, G01="18", G02="12")
    made = amend(actor=office, scheme=issued, content=after, reason="市委常委会决定", document_no="鹤考委〔2025〕9号")
    assert (made.number, made.document_no, made.reason) == (1, "鹤考委〔2025〕9号", "市委常委会决定")
    assert Content.from_dict(made.before).leaves[0].weight == 20
    assert Content.from_dict(made.after).as_dict() == after.as_dict() == content_of(issued).as_dict()
    entry = Entry.objects.get(action="assessments.scheme.amended")
    assert (entry.reason, entry.basis, entry.data["amendment"]) == ("市委常委会决定", "鹤考委〔2025〕9号", 1)


def test_an_amendment_on_record_cannot_be_changed(issued, office):
    after = with_weights(content_of(issued), G01="18", G02="12")
    made = amend(actor=office, scheme=issued, content=after, reason="x", document_no="x")
    with pytest.raises(InternalError):
        SchemeAmendment.objects.filter(pk=made.pk).update(reason="y")


@pytest.mark.parametrize(
    ("weights", "change", "code"),
    [
        ({"G01": "21"}, {}, "SCHEME_FAULTY"),
        ({}, {}, "NOTHING_CHANGED"),
        ({"G01": "18", "G02": "12"}, {"reason": " "}, "REASON_MISSING"),
        ({"G01": "18", "G02": "12"}, {"document_no": ""}, "DOCUMENT_MISSING"),
        ({"G01": "18", "G02": "12"}, {"expected_version": 99}, "SCHEME_CHANGED"),
    ],
)
def test_an_amendment_needs_100_a_change_a_reason_and_a_document(issued, office, weights, change, code):
    given = {"reason": "x", "document_no": "x"} | change
    content = with_weights(content_of(issued), **weights)
    refused(lambda: amend(actor=office, scheme=issued, content=content, **given), code)
    assert not SchemeAmendment.objects.exists()
    assert content_of(issued).leaves[0].weight == 20


def test_a_draft_needs_no_amendment(draft, office):
    content = with_weights(content_of(draft), G01="18", G02="12")
    refused(lambda: amend(actor=office, scheme=draft, content=content, reason="x", document_no="x"), "SCHEME_IS_DRAFT")


def test_a_published_year_refuses_also_amendments_until_it_is_opened(office):
    scheme = Scheme.objects.select_related("cycle__jurisdiction").get(cycle__year=2024, category="GENERAL")
    leaves = content_of(scheme).leaves
    weights = {leaves[0].code: leaves[0].weight + 1, leaves[1].code: leaves[1].weight - 1}
    content = with_weights(content_of(scheme), **weights)
    given = {"actor": office, "scheme": scheme, "content": content, "reason": "x", "document_no": "x"}
    refused(lambda: amend(**given), "CYCLE_LOCKED")
    reopen(scheme.cycle, actor=office, reason="申诉成立")
    assert amend(**given).number == 1
