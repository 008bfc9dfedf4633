"""People of the matrix: one of the liaison's department with a row of every information set, and one of a neighbour."""

from datetime import date
from io import BytesIO

from PIL import Image

from foundation.exchange.models import ColumnMapping
from officials import models
from officials.sections import IDENTITY
from officials.services.corrections import ask
from officials.services.people import identity_values
from supervision.models import Reminder, TalkIssue
from supervision.services.talks import plan_talk
from supervision.services.tools import open_approved

from .supervised import make_supervised


def _picture() -> bytes:
    """A photo that can be opened: forms carry it."""
    held = BytesIO()
    Image.new("RGB", (40, 50), "white").save(held, "JPEG")
    return held.getvalue()


def make_people(unit, neighbour, liaison) -> dict:
    """Their numbers, and that of a correction that the liaison asked for."""
    person = models.Official.objects.create(home=unit, **identity_values("440784197001019112", "某甲"))
    other = models.Official.objects.create(home=neighbour, **identity_values("440784197001019139", "某乙"))
    one = {"official": person}
    models.RankHolding.objects.create(label="一级科员", starts_on=date(2020, 1, 1), **one)
    models.Education.objects.create(mode="全日制", education="大学", **one)
    models.ProfessionalTitle.objects.create(title="工程师", **one)
    models.Award.objects.create(label="嘉奖", **one)
    models.AnnualRating.objects.create(year=2024, grade="称职", **one)
    models.FamilyMember.objects.create(relation="妻子", name="某丙", **one)
    models.Entrance.objects.create(entered_text="2001.07", **one)
    models.Exit.objects.create(method="调出", **one)
    models.Retirement.objects.create(kind="退休", **one)
    models.Contact.objects.create(office_phone="0750-1", **one)
    models.Photo.objects.create(image=_picture(), sha256="0" * 64, **one)
    models.FormDetails.objects.create(reason="工作需要", **one)
    ColumnMapping.objects.create(organization=unit.jurisdiction, kind="roster", signature="0" * 64, decided_by_name="x")
    kept = models.SavedList.objects.create(owner=liaison, organization=unit, name="名单")
    models.SavedListMember.objects.create(saved_list=kept, official=person, position=1)
    models.SavedListShare.objects.create(saved_list=kept, role="cadre_section")
    asked = ask(actor=liaison, official=person, section=IDENTITY, values={"health": "健康"}, grounds="体检表")
    return {"person": person.pk, "neighbour": other.pk, "correction": asked.case_no, **make_supervised(person)}


def supervised(section, person: int) -> dict:
    """An approved reminder talk about the person, and a talk with an issue."""
    official = models.Official.objects.get(pk=person)
    source = {"source_kind": "assessments.measure", "source_no": "MB-0"}
    reminder = open_approved(actor=section, model=Reminder, official=official, summary="x", **source)
    talk = plan_talk(actor=section, official=official, topic="OTHER", planned_on=date(2026, 1, 5), summary="x")
    return {"tool": reminder.case_no, "issue": TalkIssue.objects.create(talk=talk, sort=1, text="x").pk}
