"""The register of the demo: reports behind the clearances of these days, informers who do not exist, one answer of each kind."""

import pytest

from cadremgmt.demo.complaints import begin_complaints
from tests.support.people import make_persona
from tolerance.models import Complaint, IdentityRequest

from .clearing import taken_up
from .reporting import ago

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


def test_the_demo_enters_its_reports_once(tree, person):
    for name, role in (
        ("jiwei", "discipline_commission"),
        ("jiweisj", "discipline_commission"),
        ("jiandu", "supervision_section"),
    ):
        staff = make_persona(role, tree.county_a, username=name)
    for number in (1, 2, 3):
        days = {"reported_on": ago(41), "found_on": ago(6 * number)}
        taken_up({"section": staff}, person, report_no=f"鹤信访〔2026〕{number}号", **days)
    told = []
    begin_complaints(told.append)
    assert Complaint.objects.count() == 7
    assert sorted(IdentityRequest.objects.values_list("status", flat=True)) == ["approved", "asked", "refused"]
    begin_complaints(told.append)
    assert Complaint.objects.count() == 7
    assert told == ["reports registered: 7"] * 2
