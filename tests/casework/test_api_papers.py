"""Papers of cases by API: list, add, take out, withdraw; refused as on the pages."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from foundation.audit.models import Entry
from foundation.casework.models import Attachment
from foundation.casework.services.attachments import add
from tests.support.people import key_client_of
from tests.support.queries import count_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
KIND, PDF = "assessments.measure", b"%PDF-1.7\n1 0 obj\n"


def papers_of(case) -> str:
    return reverse("v1:case-papers", args=[KIND, case.case_no])


def send(client, case, name="会议纪要.pdf", data=PDF, **fields):
    return client.post(papers_of(case), {"file": ContentFile(data, name=name), **fields}, format="multipart")


@pytest.fixture
def section(supervision_section):
    """A program of the supervision section."""
    return key_client_of(supervision_section)


def test_a_paper_is_added_listed_and_taken_out_as_it_was(case, section, supervision_section):
    answer = send(section, case)
    paper = Attachment.objects.get()
    assert answer.status_code == 201, answer.json()
    assert answer.json() == {
        "id": paper.pk, "part": "", "name": "会议纪要.pdf", "content_type": "application/pdf", "size": 17,
        "sha256": hashlib.sha256(PDF).hexdigest(), "added_at": answer.json()["added_at"],
        "added_by": str(supervision_section),
    }  # fmt: skip
    listed = section.get(papers_of(case)).json()
    assert listed["results"] == [answer.json()]
    assert (listed["may_add"], listed["reasons"], listed["megabytes"]) == (True, [], 20)
    assert listed["types"] == ["pdf", "ofd", "docx", "xlsx", "jpg", "jpeg", "png", "zip"]
    file = section.get(answer["Location"])
    assert (file.status_code, file.content, file["Content-Type"]) == (200, PDF, "application/pdf")
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"
    taken = Entry.objects.get(action="casework.paper.taken")
    assert (taken.target_no, taken.data["sha256"]) == (case.case_no, paper.sha256)


def test_the_same_bytes_are_kept_once_and_a_part_has_its_own(case, section):
    first, again, part = send(section, case), send(section, case), send(section, case, part="town-01/G101")
    assert first.json()["id"] == again.json()["id"] != part.json()["id"]
    assert [row["part"] for row in section.get(papers_of(case)).json()["results"]] == ["", "town-01/G101"]


def test_what_is_wrong_with_a_file_is_said_and_nothing_is_kept(case, section):
    missing = section.post(papers_of(case), {"part": ""}, format="multipart")
    assert (missing.status_code, list(missing.json())) == (400, ["file"])
    disguised = send(section, case, data=b"MZ\x90")
    assert (disguised.status_code, disguised.json()["code"]) == (400, "PAPER_CONTENT")
    other = send(section, case, name="a.exe", data=b"MZ")
    assert (other.status_code, other.json()["code"]) == (400, "PAPER_TYPE")
    assert section.post(papers_of(case), {"file": "x"}, format="json").status_code == 415
    assert not Attachment.objects.exists()


def test_who_may_not_add_reads_and_takes_out_all_the_same(case, section, assessment_office):
    office, address = key_client_of(assessment_office), send(section, case)["Location"]
    listed = office.get(papers_of(case)).json()
    assert (listed["may_add"], len(listed["results"])) == (False, 1)
    assert send(office, case, data=PDF + b"2").status_code == 403
    assert office.post(f"{address}withdraw/", {"reason": "x"}).status_code == 403
    assert office.get(address).content == PDF
    assert Attachment.objects.filter(withdrawn_at=None).count() == 1


def test_a_key_for_reading_cases_brings_no_papers(case, section, supervision_section):
    reader, address = key_client_of(supervision_section, "assessments.view_measure"), send(section, case)["Location"]
    assert reader.get(address).content == PDF
    assert not reader.get(papers_of(case)).json()["may_add"]
    assert send(reader, case, data=PDF + b"2").status_code == 403
    assert reader.post(f"{address}withdraw/", {"reason": "x"}).status_code == 403


def test_a_withdrawn_paper_is_not_listed_nor_handed_out_any_more(case, section):
    address = send(section, case)["Location"]
    assert section.post(f"{address}withdraw/", {"reason": ""}).status_code == 400
    assert section.post(f"{address}withdraw/", {"reason": "传错了"}).status_code == 200
    assert section.get(papers_of(case)).json()["results"] == []
    assert section.get(address).status_code == 404
    assert section.post(f"{address}withdraw/", {"reason": "传错了"}).status_code == 404
    assert Entry.objects.get(action="casework.paper.withdrawn").reason == "传错了"


def test_outside_the_scope_and_under_a_wrong_address_nothing_is_found(case, section, other_county_office, unit_liaison):
    paper = send(section, case).json()["id"]
    names = [KIND, case.case_no, paper]
    assert key_client_of(other_county_office).get(papers_of(case)).status_code == 404
    assert key_client_of(other_county_office).get(reverse("v1:case-paper", args=names)).status_code == 404
    assert key_client_of(unit_liaison).get(papers_of(case)).status_code == 403
    for kind, case_no, number in (("nothing", *names[1:]), (KIND, "MB-X", paper), (*names[:2], paper + 1)):
        assert section.get(reverse("v1:case-paper", args=[kind, case_no, number])).status_code == 404
    Attachment.objects.filter(pk=paper).update(case_no="MB-A-2023-001")
    assert section.get(reverse("v1:case-paper", args=names)).status_code == 404


def test_queries_do_not_grow_with_the_papers(case, section, supervision_section):
    counts = []
    for more in (1, 8):
        for _ in range(more):
            number = Attachment.objects.count()
            add(actor=supervision_section, case=case, file=ContentFile(PDF + b"%d" % number, name=f"{number}.pdf"))
        section.get(papers_of(case))
        counts.append(count_queries(lambda: section.get(papers_of(case))))
    assert counts[0] == counts[1] <= 8
