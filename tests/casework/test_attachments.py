"""Papers of cases: what is taken in, what is refused, who gets them, and what stays on record."""

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from foundation.audit.models import Entry
from foundation.casework.file_types import KNOWN, ending_of
from foundation.casework.models import Attachment, CaseEvent
from foundation.casework.paper_shelf import shelf_of
from foundation.casework.services.attachments import add, limits_for, take_out, withdraw
from foundation.common.results import DomainError
from foundation.regulations.models import Rule, RuleOverride
from tests.support.people import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
PDF = b"%PDF-1.7\n1 0 obj\n"
KIND = "assessments.measure"


def package(*names) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return made.getvalue()


GOOD = {
    "a.pdf": PDF,
    "a.PDF": PDF,
    "会议纪要（定稿）.docx": package("[Content_Types].xml", "word/document.xml"),
    "a.xlsx": package("[Content_Types].xml", "xl/workbook.xml"),
    "a.ofd": package("OFD.xml", "Doc_0/Document.xml"),
    "a.zip": package("b.txt"),
    "a.png": b"\x89PNG\r\n\x1a\n....",
    "a.jpg": b"\xff\xd8\xff\xe0....",
}
BAD = {
    "PAPER_TYPE": {"a.exe": b"MZ", "a": PDF, "a.pdf.exe": PDF, "a.html": b"<html>"},
    "PAPER_CONTENT": {
        "a.pdf": b"MZ\x90",
        "a.png": PDF,
        "a.docx": package("xl/workbook.xml", "[Content_Types].xml"),
        "a.ofd": package("x"),
        "a.zip": b"PK\x03\x04 and no directory",
        "a.xlsx": b"\xd0\xcf\x11\xe0",
    },
    "PAPER_EMPTY": {"b.pdf": b""},
}


def paper(name="a.pdf", data=PDF):
    return ContentFile(data, name=name)


def refusal(case, actor, file, **kwargs) -> DomainError:
    with pytest.raises(DomainError) as caught:
        add(actor=actor, case=case, file=file, **kwargs)
    return caught.value


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.rule("CASE-FILE-TYPES")
def test_a_paper_is_taken_when_its_bytes_are_what_its_name_says(case, supervision_section, name):
    made = add(actor=supervision_section, case=case, file=paper(name, GOOD[name]))
    assert (made.name, made.size, made.content_type) == (name, len(GOOD[name]), KNOWN[ending_of(name)].content_type)
    assert take_out(actor=supervision_section, attachment=made, case=case) == GOOD[name]


@pytest.mark.parametrize(("code", "name", "data"), [(c, n, d) for c, files in BAD.items() for n, d in files.items()])
def test_a_paper_of_a_wrong_type_is_refused_and_nothing_is_kept(case, supervision_section, code, name, data):
    error = refusal(case, supervision_section, paper(name, data))
    assert (error.code, error.status) == (code, 400)
    assert not Attachment.objects.exists()


@pytest.mark.rule("CASE-FILE-MB")
def test_a_paper_above_the_size_of_the_rulebook_is_refused_with_both_sizes(case, supervision_section):
    RuleOverride.objects.create(rule=Rule.objects.get(code="CASE-FILE-MB"), value=1, starts_on="2020-01-01", basis="x")
    error = refusal(case, supervision_section, paper("大.pdf", PDF + b"x" * 1024 * 1024))
    assert error.code == "PAPER_TOO_LARGE"
    assert "大.pdf" in str(error.message)
    assert "1.1" in str(error.message)
    assert limits_for(case)[0] == 1


def test_a_hostile_directory_of_a_zip_is_not_read(case, supervision_section):
    end = b"PK\x05\x06" + b"\0" * 8 + (2**31).to_bytes(4, "little") + b"\0" * 6
    assert refusal(case, supervision_section, paper("a.zip", b"PK\x03\x04" + end)).code == "PAPER_CONTENT"


def test_the_path_in_a_name_is_dropped(case, supervision_section):
    assert add(actor=supervision_section, case=case, file=paper("..\\..\\etc\\a.pdf")).name == "a.pdf"
    stored = Attachment.objects.get().file.name
    assert stored.startswith("attachments/")
    assert "etc" not in stored


def test_the_same_bytes_are_kept_once_in_a_part_of_a_case(case, supervision_section):
    first = add(actor=supervision_section, case=case, file=paper())
    assert add(actor=supervision_section, case=case, file=paper("other.pdf")) == first
    assert add(actor=supervision_section, case=case, file=paper(), part="x") != first
    assert CaseEvent.objects.filter(case_no=case.case_no, action="paper_added").count() == 2


def test_a_paper_leaves_event_and_entry(case, supervision_section):
    made = add(actor=supervision_section, case=case, file=paper())
    assert CaseEvent.objects.get(case_no=case.case_no, action="paper_added").data["sha256"] == made.sha256
    assert Entry.objects.get(action="casework.paper.added").target_no == case.case_no
    take_out(actor=supervision_section, attachment=made, case=case)
    assert Entry.objects.get(action="casework.paper.taken").data["name"] == "a.pdf"


def test_who_may_not_act_on_the_case_adds_nothing(case, unit_liaison, assessment_office):
    for actor in (unit_liaison, assessment_office):
        with pytest.raises(PermissionDenied):
            add(actor=actor, case=case, file=paper())


def test_a_withdrawn_paper_stays_on_record_and_may_come_again(case, supervision_section):
    made = add(actor=supervision_section, case=case, file=paper())
    with pytest.raises(DomainError, match="REASON_MISSING"):
        withdraw(actor=supervision_section, attachment=made, case=case, reason=" ")
    withdraw(actor=supervision_section, attachment=made, case=case, reason="传错了")
    made.refresh_from_db()
    assert made.withdrawn_by_name == str(supervision_section)
    assert CaseEvent.objects.get(action="paper_withdrawn").reason == "传错了"
    assert shelf_of(case, supervision_section).papers == ()
    assert add(actor=supervision_section, case=case, file=paper()) != made


def test_bytes_that_were_lost_or_altered_are_not_handed_out(case, supervision_section):
    made = add(actor=supervision_section, case=case, file=paper("z.pdf", PDF + b"unique"))
    default_storage.delete(made.file.name)
    with pytest.raises(DomainError, match="PAPER_LOST"):
        take_out(actor=supervision_section, attachment=made, case=case)
    default_storage.save(made.file.name, ContentFile(b"%PDF other"))
    with pytest.raises(DomainError, match="PAPER_ALTERED"):
        take_out(actor=supervision_section, attachment=made, case=case)


def address(name, case, *more):
    return reverse(f"casework:{name}", args=[KIND, case.case_no, *more])


def test_a_paper_is_handed_out_as_a_file_that_no_browser_guesses_about(case, supervision_section):
    made = add(actor=supervision_section, case=case, file=paper("材料.pdf"))
    answer = client_of(supervision_section).get(address("attachment", case, made.pk))
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == PDF


def test_the_page_says_what_is_wrong_with_a_paper(case, supervision_section):
    page = reverse("assessments:measure", args=[case.case_no])
    sent = {"file": paper("a.exe", b"MZ"), "next": page}
    answer = client_of(supervision_section).post(address("attachment-add", case), sent, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "a.exe" in answer.content.decode()
    answer = client_of(supervision_section).post(
        address("attachment-add", case), {"file": paper(), "next": "https://elsewhere.example/"}
    )
    assert answer.url == page
    assert Attachment.objects.get().name == "a.pdf"


def test_a_paper_of_another_case_or_kind_is_not_found(case, supervision_section):
    made = add(actor=supervision_section, case=case, file=paper())
    client = client_of(supervision_section)
    assert client.get(reverse("casework:attachment", args=[KIND, "MB-NONE", made.pk])).status_code == 404
    assert client.get(reverse("casework:attachment", args=["no.kind", case.case_no, made.pk])).status_code == 404
    withdraw(actor=supervision_section, attachment=made, case=case, reason="x")
    assert client.get(address("attachment", case, made.pk)).status_code == 404


def test_the_page_of_a_case_shows_its_papers(case, supervision_section, cadre_section):
    add(actor=supervision_section, case=case, file=paper("谈话记录.pdf"))
    page = reverse("assessments:measure", args=[case.case_no])
    assert "谈话记录.pdf" in client_of(cadre_section).get(page).content.decode()
