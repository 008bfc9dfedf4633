"""Files by API: the same papers as on the pages, inside the caller's scope, recorded."""

import io

import openpyxl
import pytest
from django.urls import reverse

from assessments.models import Run
from foundation.accounts.models import User
from foundation.audit.models import Entry
from tests.support.people import key_client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heshan_database")]


def asked(username, name, *args, **query):
    """An address as a program of one of the demo's people calls it."""
    return key_client_of(User.objects.get(username=username)).get(reverse(f"v1:{name}", args=args), query)


@pytest.fixture
def number():
    """The published run of 2024."""
    return Run.objects.get(cycle__year=2024).number


def names_in(answer) -> list[str]:
    """Names in the second column of every sheet."""
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return [line[1].value for sheet in book for line in sheet.iter_rows() if isinstance(line[0].value, int)]


def test_a_program_takes_out_what_its_owner_sees(number):
    assert len(names_in(asked("kaohe", "run-file", number))) == 70
    assert len(names_in(asked("kaohe", "run-file", number, category="KEY"))) == 4
    assert names_in(asked("caizheng", "run-file", number)) == ["鹤山市财政局"]
    entry = Entry.objects.order_by("pk").last()
    assert (entry.action, entry.data["units"]) == ("assessments.ranking.exported", 1)


def test_a_score_sheet_and_a_whole_cycle_are_files(number):
    sheet = asked("kaohe", "run-unit-file", number, "HS-T05", ending="docx")
    assert sheet["Content-Type"].endswith("wordprocessingml.document")
    cycle = asked("kaohe", "cycle-file", "440784-2024")
    assert "清单" in openpyxl.load_workbook(io.BytesIO(cycle.content)).sheetnames
    assert Entry.objects.order_by("pk").last().action == "assessments.cycle.exported"


@pytest.mark.parametrize("query", [{"ending": "exe"}, {"category": "NOPE"}])
def test_a_file_that_there_is_not_is_a_fault_of_the_request(number, query):
    answer = asked("kaohe", "run-file", number, **query)
    assert answer.status_code == 400
    assert set(answer.json()) == set(query)
