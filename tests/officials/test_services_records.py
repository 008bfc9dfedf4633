"""Keeping a record: sections and information sets, versions, reasons, the trash, looking at numbers."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from foundation.audit.models import Entry
from foundation.common.results import DomainError
from officials.models import AnnualRating, FamilyMember, Official
from officials.sections import ABILITIES, IDENTITY, PARTY_AND_WORK, ROW_SECTIONS
from officials.services import records
from officials.services.create import create_official
from officials.services.people import identity_values
from tests.support.people import make_persona

pytestmark = pytest.mark.django_db
NUMBER = "440784197805069119"


@pytest.fixture
def section(tree):
    return make_persona("cadre_section", tree.county_a)


@pytest.fixture
def person(tree):
    return Official.objects.create(home=tree.finance, **identity_values(NUMBER, "曾启辉"))


def change(actor, person, part, version=1, reason="档案核实", **values):
    return records.change_section(
        actor=actor, official=person, section=part, values=values, version=version, reason=reason
    )


def family(actor, person, rows, version=1, **more):
    return records.replace_rows(
        actor=actor,
        official=person,
        section=ROW_SECTIONS["family"],
        rows=rows,
        version=version,
        reason="本人申报",
        **more,
    )


class TestSections:
    def test_a_change_is_one_entry_one_state_and_the_next_version(self, section, person):
        assert change(section, person, IDENTITY, ethnicity="汉族", health="健康") == ["ethnicity", "health"]
        person.refresh_from_db()
        assert (person.ethnicity, person.health, person.version) == ("汉族", "健康", 2)
        entry = Entry.objects.get(action="officials.record.changed")
        assert (entry.reason, entry.data) == ("档案核实", {"section": "identity", "fields": ["ethnicity", "health"]})
        assert person.row_events.filter(pgh_label="update").count() == 1

    def test_days_are_read_from_the_texts_and_the_texts_stay(self, section, person):
        change(section, person, PARTY_AND_WORK, work_text="199909", party_text="200203；民盟")
        person.refresh_from_db()
        assert (person.work_text, person.work_on) == ("199909", date(1999, 9, 1))
        assert (person.party_text, person.party_on) == ("200203；民盟", date(2002, 3, 1))

    def test_the_day_of_birth_comes_from_the_number_while_the_months_agree(self, section, person):
        change(section, person, IDENTITY, birth_text="1978.05")
        person.refresh_from_db()
        assert person.birth_on == date(1978, 5, 6)

    def test_the_month_verified_in_the_archive_may_differ_from_the_number(self, section, person):
        change(section, person, IDENTITY, birth_text="1977.12")
        person.refresh_from_db()
        assert person.birth_on == date(1977, 12, 1)

    def test_a_new_name_is_found_by_its_own_initials(self, section, person):
        change(section, person, IDENTITY, name="单启辉")
        person.refresh_from_db()
        assert "sqh" in person.grams
        assert "zqh" not in person.grams
        assert "#9119" in person.grams

    def test_nothing_changed_writes_nothing(self, section, person):
        assert change(section, person, IDENTITY, name="曾启辉", reason="") == []
        assert not Entry.objects.filter(action="officials.record.changed").exists()

    def test_a_change_needs_a_reason(self, section, person):
        with pytest.raises(DomainError, match="REASON_MISSING"):
            change(section, person, ABILITIES, speciality="会计", reason="  ")
        person.refresh_from_db()
        assert person.speciality == ""

    def test_the_second_of_two_editors_is_told_and_nothing_is_lost(self, section, person):
        change(section, person, IDENTITY, health="健康")
        with pytest.raises(DomainError) as refused:
            change(section, person, IDENTITY, health="一般")
        assert (refused.value.code, refused.value.status) == ("RECORD_CHANGED", 409)
        assert refused.value.reasons[0].facts == {"version": 2}
        person.refresh_from_db()
        assert person.health == "健康"

    @pytest.mark.parametrize("role", ["assessment_office", "supervision_section", "department_leader", "auditor"])
    def test_only_the_cadre_section_changes_records(self, tree, person, role):
        with pytest.raises(PermissionDenied):
            change(make_persona(role, tree.county_a), person, IDENTITY, health="健康")

    def test_another_countys_section_changes_nothing_here(self, tree, person):
        with pytest.raises(PermissionDenied):
            change(make_persona("cadre_section", tree.county_b), person, IDENTITY, health="健康")


class TestRows:
    WIFE = {"relation": "妻子", "name": "何某", "birth_text": "1980.01", "politics": "群众", "work": "某中学教师"}
    SON = {"relation": "儿子", "name": "曾某", "birth_text": "2008.03", "politics": "", "work": "学生"}

    def test_rows_are_added_changed_moved_and_removed_in_one_act(self, section, person):
        assert family(section, person, [self.WIFE, self.SON])["added"] == 2
        wife, son = FamilyMember.objects.order_by("sort")
        rows = [self.SON | {"pk": son.pk}, {"relation": "父亲", "name": "曾父"}]
        assert family(section, person, rows, version=2) == {"added": 1, "changed": 1, "removed": 1}
        assert list(FamilyMember.objects.order_by("sort").values_list("relation", "sort")) == [("儿子", 1), ("父亲", 2)]
        assert not FamilyMember.objects.filter(pk=wife.pk).exists()
        assert wife.row_events.filter(pgh_label="delete").count() == 1

    def test_a_row_of_somebody_else_is_never_taken_for_ones_own(self, tree, section, person):
        other = Official.objects.create(home=tree.finance, **identity_values("440784197805069135", "某乙"))
        theirs = FamilyMember.objects.create(official=other, relation="妻子", name="某丙")
        family(section, person, [self.WIFE | {"pk": theirs.pk}])
        theirs.refresh_from_db()
        assert (theirs.official_id, theirs.name) == (other.pk, "某丙")
        assert FamilyMember.objects.filter(official=person).count() == 1

    def test_none_such_is_declared_and_a_row_takes_the_declaration_back(self, section, person):
        family(section, person, [], declares_none=True)
        person.refresh_from_db()
        assert person.none_declared == ["family"]
        family(section, person, [self.WIFE], version=2)
        person.refresh_from_db()
        assert person.none_declared == []

    def test_none_such_beside_rows_is_refused(self, section, person):
        with pytest.raises(DomainError, match="NONE_BESIDE_ROWS"):
            family(section, person, [self.WIFE], declares_none=True)
        assert not FamilyMember.objects.exists()

    def test_a_year_has_one_rating(self, section, person):
        rows = [{"year": 2023, "grade": "称职"}, {"year": 2024, "grade": "优秀"}]
        part = ROW_SECTIONS["ratings"]
        records.replace_rows(actor=section, official=person, section=part, rows=rows, version=1, reason="年度考核")
        assert dict(AnnualRating.objects.values_list("year", "grade")) == {2023: "称职", 2024: "优秀"}


class TestTrash:
    def test_a_record_leaves_the_roster_and_comes_back_as_it_was(self, section, person):
        records.trash(actor=section, official=person, reason="重复录入")
        assert not Official.objects.kept().filter(pk=person.pk).exists()
        person.refresh_from_db()
        assert (person.trash_reason, person.trashed_by_name) == ("重复录入", str(section))
        records.restore(actor=section, official=person, reason="误删")
        person.refresh_from_db()
        assert (person.trashed_at, person.trash_reason, person.name) == (None, "", "曾启辉")
        assert set(Entry.objects.values_list("action", flat=True)) >= {
            "officials.record.trashed",
            "officials.record.restored",
        }

    def test_what_lies_in_the_trash_is_not_changed(self, section, person):
        records.trash(actor=section, official=person, reason="重复录入")
        with pytest.raises(DomainError, match="IN_TRASH"):
            change(section, person, IDENTITY, version=2, health="健康")

    def test_its_number_stays_taken_and_that_is_said(self, tree, section, person):
        records.trash(actor=section, official=person, reason="重复录入")
        with override("en"), pytest.raises(DomainError, match="in the trash"):
            create_official(actor=section, organization=tree.health, id_number=NUMBER, values={"name": "曾启辉"})


class TestNumbers:
    def test_looking_at_the_number_needs_a_reason_and_is_an_entry_without_it(self, section, person):
        with pytest.raises(DomainError):
            records.unmask(actor=section, official=person, reason="")
        assert records.unmask(actor=section, official=person, reason="上报任免")["id_number"] == NUMBER
        entry = Entry.objects.get(action="officials.record.unmasked")
        assert (entry.reason, entry.target_no) == ("上报任免", str(person.pk))
        assert NUMBER not in str(entry.data) + entry.target_label

    def test_a_leader_sees_the_masked_number_only(self, tree, person):
        with pytest.raises(PermissionDenied):
            records.unmask(actor=make_persona("department_leader", tree.county_a), official=person, reason="x")

    def test_a_taken_number_of_another_county_is_not_betrayed(self, tree, section):
        Official.objects.create(home=tree.other_department, **identity_values(NUMBER, "外县某"))
        with override("en"), pytest.raises(DomainError, match="another county") as refused:
            create_official(actor=section, organization=tree.finance, id_number=NUMBER, values={"name": "某"})
        assert "外县某" not in str(refused.value.message)
