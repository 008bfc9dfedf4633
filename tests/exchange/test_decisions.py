"""Decisions before a batch is applied: columns that nobody knows, rows that meet recorded people, rows left out."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.audit.models import Entry
from foundation.common.actors import SystemActor
from foundation.common.crypto import keyed_hash
from foundation.common.results import DomainError
from foundation.exchange.models import BatchStatus, ColumnMapping, ImportBatch
from foundation.exchange.services.batches import apply, stage
from foundation.exchange.services.decisions import assign_columns, decide
from officials.models import Official
from tests.officials.roster_files import HEADER, number, person, roster
from tests.support.people import client_of, make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
ACTOR = SystemActor("test")
ENGLISH = {"accept-language": "en"}
ASKING = (*HEADER, "学历", "最后学校")


@pytest.fixture
def at_finance(tree):
    """A good row of somebody of the finance bureau of county A."""
    return person(工作单位及现任职务=f"{tree.finance.name}副局长")


@pytest.fixture
def take(tree):
    """Read a roster of county A."""

    def taken(*people, **how):
        data = roster(*people, **how)
        return stage(actor=ACTOR, kind_code="roster", data=data, file_name="名册.xlsx", organization=tree.county_a)

    return taken


@pytest.fixture
def office(tree):
    """A browser of the cadre section."""
    return client_of(make_persona("cadre_section", tree.county_a))


def page(client, batch, name="batch", **query):
    return client.get(reverse(f"exchange:{name}", args=[batch.number]), query, headers=ENGLISH)


def send(client, batch, name, **data):
    return client.post(reverse(f"exchange:{name}", args=[batch.number]), data, headers=ENGLISH)


def known(batch) -> dict[str, str]:
    """What the header itself says of its columns; open ones are not read."""
    return {
        c["letter"]: c["fields"][0] if len(c["fields"]) == 1 and not c["is_open"] else "ignored"
        for c in batch.counts["question"]["columns"]
    }


def test_an_upload_with_unknown_columns_leads_to_the_question_and_is_read_by_the_answer(office, at_finance):
    file = SimpleUploadedFile("名册.xlsx", roster(at_finance | {"学历": "大学", "最后学校": "甲"}, header=ASKING))
    form = {"kind": "roster", "organization": "A", "file": file}
    batch = ImportBatch.objects.get(number=office.post(reverse("exchange:upload"), form).url.strip("/").split("/")[-1])
    assert batch.status == BatchStatus.COLUMNS
    assert page(office, batch).url == reverse("exchange:batch-columns", args=[batch.number])
    shown = page(office, batch, "batch-columns")
    assert "最后学校" in shown.content.decode()
    refused = send(office, batch, "batch-columns", **known(batch) | {"M": ""})
    assert (refused.status_code, ColumnMapping.objects.count()) == (422, 0)
    answer = send(office, batch, "batch-columns", **known(batch) | {"M": "full_both"})
    assert answer.url == reverse("exchange:batch", args=[batch.number])
    batch.refresh_from_db()
    assert (batch.status, batch.rows.get().values["full_education"]) == (BatchStatus.STAGED, "大学")
    assert Entry.objects.filter(action="exchange.import.columns", target_no=batch.number).count() == 1


def test_the_next_file_with_that_header_is_read_by_itself_and_says_so(take, office, at_finance):
    first = take(at_finance | {"学历": "大学"}, header=ASKING)
    assign_columns(first, actor=ACTOR, columns=known(first) | {"M": "service_both"})
    second = take(at_finance | {"学历": "大专", "姓名": "卢小凤"}, header=ASKING)
    assert second.rows.get().values["service_education"] == "大专"
    assert "The columns are read as" in page(office, second).content.decode()


def test_another_county_is_asked_for_itself(take, tree, at_finance):
    first = take(at_finance | {"学历": "大学"}, header=ASKING)
    assign_columns(first, actor=ACTOR, columns=known(first) | {"M": "service_both"})
    data = roster(at_finance | {"学历": "中专"}, header=ASKING)
    other = stage(actor=ACTOR, kind_code="roster", data=data, file_name="b.xlsx", organization=tree.county_b)
    assert other.status == BatchStatus.COLUMNS


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"M": "service_both", "N": "service_both"}, "IMPORT_COLUMNS_TWICE"),
        ({"B": "ignored"}, "IMPORT_COLUMNS_MISSING"),
        ({"M": "salary"}, "IMPORT_COLUMNS"),
    ],
)
def test_wrong_answers_are_refused(take, at_finance, change, code):
    batch = take(at_finance | {"学历": "大学"}, header=ASKING)
    with pytest.raises(DomainError) as caught:
        assign_columns(batch, actor=ACTOR, columns=known(batch) | change)
    assert (caught.value.code, ColumnMapping.objects.count()) == (code, 0)


def test_a_batch_that_waits_for_its_columns_is_not_applied(take, at_finance):
    with pytest.raises(DomainError) as caught:
        apply(take(at_finance | {"学历": "大学"}, header=ASKING), actor=ACTOR)
    assert caught.value.code == "IMPORT_NEEDS_COLUMNS"


def test_the_preview_shows_old_and_new_of_people_who_are_recorded(take, office, at_finance):
    apply(take(at_finance), actor=ACTOR)
    again = take(at_finance | {"民族": "壮族", "职级": "二级主任科员"})
    assert again.counts["proposals"] == {"update": 1}
    text = page(office, again).content.decode()
    assert "<del>汉族</del> → <strong>壮族</strong>" in text
    assert "<del>三级主任科员</del> → <strong>二级主任科员</strong>" in text
    assert number() not in text


def test_a_row_left_out_by_decision_changes_nobody(take, office, at_finance):
    other = at_finance | {"姓名": "卢小凤", "性别": "女", "身份证号": number(order="902")}
    batch = take(at_finance, other)
    assert send(office, batch, "batch-decide", **{"row-2": "skip"}).status_code == 302
    assert page(office, batch, rows="skip").context["page"].paginator.count == 1
    done = apply(batch, actor=ACTOR)
    assert done.counts["left_out"] == 1
    assert list(Official.objects.filter(name__in=["何志强", "卢小凤"]).values_list("name", flat=True)) == ["何志强"]


def test_the_page_applies_the_good_rows_when_asked(take, office, at_finance):
    batch = take(at_finance, person(姓名=""))
    text = page(office, batch).content.decode()
    assert "Apply the 1 good rows" in text, text[text.find("<main") :][:6000]
    send(office, batch, "batch-apply")
    batch.refresh_from_db()
    assert batch.status == BatchStatus.STAGED
    send(office, batch, "batch-apply", good_rows="1")
    batch.refresh_from_db()
    assert (batch.status, batch.counts["left_out"]) == (BatchStatus.APPLIED, 1)
    assert Official.objects.filter(id_hash=keyed_hash(number())).exists()


def test_only_found_people_can_be_changed_and_only_waiting_batches_decided_about(take, at_finance):
    batch = take(at_finance)
    for decision in ("update", "nonsense"):
        with pytest.raises(DomainError):
            decide(batch, actor=ACTOR, decisions={1: decision})
    apply(batch, actor=ACTOR)
    with pytest.raises(DomainError) as caught:
        decide(batch, actor=ACTOR, decisions={1: "skip"})
    assert caught.value.code == "IMPORT_NOT_STAGED"


def test_the_workbook_comes_back_with_bad_cells_marked_and_reasons_beside(take, office, at_finance):
    formula = "=HYPERLINK(1)"
    batch = take(at_finance, person(姓名="", 民族="'" + formula))
    answer = page(office, batch, "batch-marked")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet["B5"].fill.fgColor.rgb == "FFFADBD8"
    assert "must not be empty" in sheet.cell(5, len(HEADER) + 1).value
    assert sheet.cell(4, len(HEADER) + 1).value is not None or sheet["B4"].fill.fgColor.rgb == "00000000"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert Entry.objects.filter(action="exchange.import.downloaded", data__counts__marked=True).count() == 1


def test_the_marked_workbook_can_be_corrected_and_read_again(take, office, at_finance, tree):
    batch = take(person(姓名="", 工作单位及现任职务=at_finance["工作单位及现任职务"]))
    data = b"".join(page(office, batch, "batch-marked").streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.active["B4"] = "何志强"
    out = io.BytesIO()
    book.save(out)
    again = stage(actor=ACTOR, kind_code="roster", data=out.getvalue(), file_name="a.xlsx", organization=tree.county_a)
    assert (again.counts["errors"], again.counts["rows"], again.status) == (0, 1, BatchStatus.STAGED)
