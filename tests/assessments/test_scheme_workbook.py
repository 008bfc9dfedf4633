"""Schemes leave as a workbook and come back equal; what people change in it is previewed, applied and undone."""

import io

import openpyxl
import pytest

from assessments.models import Cycle, FigureRemark, Indicator, Scheme, Score
from assessments.services.scheme_content import contents_of
from assessments.services.scheme_files import take_schemes
from foundation.accounts.models import User
from foundation.audit.models import Entry
from foundation.common.results import DomainError
from foundation.exchange.services.batches import apply, stage, undo

pytestmark = [pytest.mark.usefixtures("heshan_database"), pytest.mark.django_db]


@pytest.fixture
def office():
    return User.objects.get(username="kaohe")


@pytest.fixture
def cycle():
    """2025 of the demo county, its schemes made drafts."""
    found = Cycle.objects.select_related("jurisdiction").get(jurisdiction__code="440784", year=2025)
    Scheme.objects.filter(cycle=found).update(state="draft", issued_on=None)
    return found


def documents(cycle):
    schemes = list(Scheme.objects.filter(cycle=cycle))
    contents = contents_of(schemes)
    return {scheme.category: contents[scheme.pk].as_dict() for scheme in schemes}


def staged(office, cycle, data):
    return stage(
        actor=office, kind_code="scheme_book", data=data, file_name="方案.xlsx", organization=cycle.jurisdiction
    )


def changed(data, sheet, place, value) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    book[sheet][place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def found_in(batch):
    rows = [finding for row in batch.rows.exclude(findings=[]) for finding in row.findings]
    return {(f["code"], f["sheet"], f["column"], f["row"], f["level"]) for f in [*batch.findings, *rows]}


def test_a_years_workbook_reads_back_as_it_was(office, cycle):
    batch = staged(office, cycle, take_schemes(actor=office, cycle=cycle))
    assert not batch.has_errors
    applied = apply(batch, actor=office)
    assert (applied.counts["created"], applied.counts["updated"]) == (0, 0)
    assert applied.counts["unchanged"] == 7 + Indicator.objects.filter(scheme__cycle=cycle).count()


def test_into_an_empty_year_the_workbook_brings_every_scheme_whole(office, cycle):
    Scheme.objects.filter(cycle=cycle, category="KEY").update(
        tie_breakers=[{"by": "group", "group": "经济发展"}, {"by": "deduction"}], exempt_line="88.5", veto_effect="rank_last",
        bottom_mode="last_percent", bottom_value="12.5", bottom_ties="none",
    )  # fmt: skip
    before, data = documents(cycle), take_schemes(actor=office, cycle=cycle)
    FigureRemark.objects.filter(indicator__scheme__cycle=cycle).delete()
    Score.objects.filter(cycle=cycle).delete()
    Indicator.objects.filter(scheme__cycle=cycle).delete()
    Scheme.objects.filter(cycle=cycle).delete()
    apply(staged(office, cycle, data), actor=office)
    assert documents(cycle) == before
    assert set(Scheme.objects.filter(cycle=cycle).values_list("state", flat=True)) == {"draft"}


def test_a_change_in_the_workbook_is_applied_and_undone(office, cycle):
    before = documents(cycle)
    seen = Scheme.objects.get(cycle=cycle, category="GENERAL").version
    data = changed(take_schemes(actor=office, cycle=cycle, category="GENERAL"), "指标", "E2", "年度重点任务完成情况")
    batch = apply(staged(office, cycle, data), actor=office)
    scheme = Scheme.objects.get(cycle=cycle, category="GENERAL")
    assert (scheme.indicators.get(code="G01").name, scheme.version) == ("年度重点任务完成情况", seen + 1)
    undo(batch, actor=office, reason="x")
    assert documents(cycle) == before


@pytest.mark.parametrize(
    ("sheet", "place", "value", "code", "level"),
    [
        ("指标", "F2", "viel", "number_text", "error"),
        ("指标", "F2", 25, "weights_sum", "warning"),
        ("指标", "L2", 150, "params_range", "error"),
        ("指标", "J2", "猜", "value_unknown", "error"),
        ("指标", "H2", "nobody", "unit_unknown", "error"),
        ("方案参数", "I2", 10, "lines_order", "error"),
        ("方案参数", "Q2", "抽签", "tie_breaker_unknown", "error"),
    ],
)
def test_a_fault_is_told_at_its_cell(office, cycle, sheet, place, value, code, level):
    data = changed(take_schemes(actor=office, cycle=cycle), sheet, place, value)
    assert (code, sheet, place[0], 2, level) in found_in(staged(office, cycle, data))


def test_a_missing_heading_and_a_missing_sheet_are_told(office, cycle):
    data = take_schemes(actor=office, cycle=cycle)
    batch = staged(office, cycle, changed(data, "指标", "F1", "分量"))
    assert [f["params"]["names"] for f in batch.findings if f["code"] == "csv_columns_missing"] == ["权重"]
    book = openpyxl.load_workbook(io.BytesIO(data))
    del book["方案参数"]
    out = io.BytesIO()
    book.save(out)
    assert "sheet_missing" in {f["code"] for f in staged(office, cycle, out.getvalue()).findings}


def test_an_issued_scheme_refuses_the_workbook_and_names_the_amendment(office, cycle):
    data = changed(take_schemes(actor=office, cycle=cycle), "指标", "E2", "改名")
    batch = staged(office, cycle, data)
    Scheme.objects.filter(cycle=cycle, category="GENERAL").update(state="issued", issued_on="2025-03-15")
    with pytest.raises(DomainError) as error:
        apply(batch, actor=office)
    assert [reason.code for reason in error.value.reasons] == ["SCHEME_ISSUED"]


def test_taking_schemes_is_an_entry(office, cycle):
    take_schemes(actor=office, cycle=cycle, category="KEY")
    assert Entry.objects.filter(action="assessments.schemes.exported").latest("pk").data == {"categories": ["KEY"]}
