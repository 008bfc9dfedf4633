"""The whole cycle as a workbook: taken out of one database, brought into an empty one, it gives the same digest and results."""

import io
import json

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from assessments.cycle_sheets import FIELDS, HOLDERS, MANIFEST, SCHEMES, SCORES
from assessments.models import Cycle, Run, RunMeasure, RunUnit, Score
from assessments.selectors import explained
from assessments.services.calculation import calculate
from assessments.services.cycle_export import export_cycle
from assessments.services.publishing import publish
from foundation.accounts.models import User
from foundation.audit.models import Entry
from foundation.common.actors import SystemActor
from foundation.common.results import DomainError
from foundation.exchange.models import BatchStatus
from foundation.exchange.services.batches import apply, stage, undo
from foundation.organizations.models import Organization, Post
from foundation.organizations.services.tree import create_jurisdiction
from officials.models import Official, PostHolding
from officials.rules.identity_number import check_character
from officials.services.people import identity_values, mark_of
from tests.support.databases import using
from tests.support.people import make_persona

YEARS = (2023, 2024, 2025)
ACTOR = SystemActor("test")
WHY = "未承担该项任务"
RESULT = (
    "category", "base", "bonus", "deduction", "vetoes", "total", "rank", "n", "grade", "flagged", "shielded", "mitigated",
    "streak", "flags_in_window", "step",
)  # fmt: skip


def cycle_of(year: int) -> Cycle:
    """The county's year."""
    return Cycle.objects.select_related("jurisdiction", "published_run").get(year=year)


def latest(year: int) -> Run:
    """The last run of a year."""
    return Run.objects.select_related("cycle__jurisdiction").filter(cycle__year=year).latest("pk")


def everything(run: Run) -> dict:
    """Every result of a run in natural keys: all columns, every indicator, notes, and the leaders it names."""
    units = {}
    for row in RunUnit.objects.select_related("unit").filter(run=run):
        row.run = run
        points = [line.point for group in explained(row) for line in group.lines]
        units[row.unit.code] = ({name: getattr(row, name) for name in RESULT}, points, row.notes)
    leaders = sorted(
        (m.unit.code, m.post.title, m.official.name if m.official_id else "", m.days, m.step, m.manual_reason)
        for m in RunMeasure.objects.filter(run=run).select_related("unit", "post", "official")
    )
    return {"units": units, "leaders": leaders, "effects": run.effects}


@pytest.fixture(scope="module")
def exported(heshan_copy, django_db_blocker):
    """Workbook, digest and results of each year of the demo county."""
    with django_db_blocker.unblock(), using(heshan_copy), transaction.atomic():
        office = User.objects.get(username="kaohe")
        Score.objects.filter(is_applicable=False).update(na_reason=WHY)
        found = {
            year: (
                export_cycle(actor=office, cycle=cycle_of(year)).content,
                latest(year).digest,
                everything(latest(year)),
            )
            for year in YEARS
        }
        found["keys"] = set(Official.objects.values_list("id_hash", flat=True))
        transaction.set_rollback(True)
    return found


def county() -> Organization:
    """The county in the empty database."""
    return create_jurisdiction(actor=ACTOR, code="440784", name="鹤山市", short_name="鹤山")


def staged(content: bytes, year: int, root=None, actor=ACTOR):
    """The workbook, read and not applied."""
    place = root or Organization.objects.get(code="440784")
    return stage(actor=actor, kind_code="cycle", data=content, file_name="c.xlsx", organization=place, year=year)


def found_in(batch) -> dict[str, list]:
    """Findings of a batch by code."""
    found = {}
    rows = [item for row in batch.rows.all() for item in row.findings]
    for item in [*batch.findings, *rows]:
        found.setdefault(item["code"], []).append(item)
    return found


def edited(content: bytes, change) -> bytes:
    """The workbook after `change(book)`."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def column(sheet, field: str) -> int:
    """Number of a field's column."""
    return next(cell.column for cell in sheet[3] if cell.value == field)


@pytest.mark.django_db
@pytest.mark.usefixtures("ruled_database")
class TestAnotherDatabase:
    def test_it_gives_the_same_digest_and_every_result(self, exported):
        root = county()
        for year in YEARS:
            content, digest, results = exported[year]
            batch = staged(content, year, root)
            assert not batch.has_errors, found_in(batch)
            assert {"cycle_engine", "cycle_parameters", "cycle_earlier_years"}.isdisjoint(found_in(batch))
            apply(batch, actor=ACTOR)
            run = calculate(cycle_of(year), actor=ACTOR).run
            assert run.digest == digest
            assert everything(run) == results
            if year != YEARS[-1]:
                publish(run, actor=ACTOR, reason="审定")

    def test_taken_out_again_it_is_the_same_workbook(self, exported):
        apply(staged(exported[2023][0], 2023, county()), actor=ACTOR)
        again = export_cycle(actor=ACTOR, cycle=cycle_of(2023)).content
        for name in FIELDS:
            if name == MANIFEST or not FIELDS[name]:
                continue
            lines = [
                [
                    [cell.value for cell in line]
                    for line in openpyxl.load_workbook(io.BytesIO(book))[name].iter_rows(min_row=4)
                ]
                for book in (exported[2023][0], again)
            ]
            if name != "结果":  # nothing is calculated here
                assert lines[0] == lines[1], name

    def test_why_a_figure_does_not_apply_comes_along(self, exported):
        apply(staged(exported[2024][0], 2024, county()), actor=ACTOR)
        reasons = dict(Score.objects.values_list("is_applicable", "na_reason").distinct())
        assert reasons == {True: "", False: WHY}

    def test_a_workbook_of_an_earlier_version_leaves_the_reasons_as_they_are(self, exported):
        apply(staged(exported[2024][0], 2024, county()), actor=ACTOR)
        one = Score.objects.filter(is_applicable=False).first()
        Score.objects.filter(pk=one.pk).update(na_reason="另有原因")

        def earlier(book):
            book[SCORES].delete_cols(column(book[SCORES], "na_reason"))

        batch = staged(edited(exported[2024][0], earlier), 2024)
        assert not batch.has_errors, found_in(batch)
        assert apply(batch, actor=ACTOR).counts["updated"] == 0
        assert Score.objects.get(pk=one.pk).na_reason == "另有原因"

    def test_a_year_without_the_years_before_it_says_that_results_will_differ(self, exported):
        batch = staged(exported[2024][0], 2024, county())
        assert not batch.has_errors
        assert "cycle_earlier_years" in found_in(batch)

    def test_it_can_be_undone_to_the_last_row(self, exported):
        batch = apply(staged(exported[2024][0], 2024, county()), actor=ACTOR)
        assert undo(batch, actor=ACTOR, reason="误导入").status == BatchStatus.UNDONE
        assert Organization.objects.count() == 1
        assert (Official.objects.count(), Post.objects.count(), Cycle.objects.count()) == (0, 0, 0)

    def test_bringing_it_in_twice_changes_nothing(self, exported):
        apply(staged(exported[2024][0], 2024, county()), actor=ACTOR)
        other = edited(exported[2024][0], lambda book: book["结果"].cell(1, 1, "another file with the same inputs"))
        batch = apply(staged(other, 2024), actor=ACTOR)
        assert (batch.counts["created"], batch.counts["updated"]) == (0, 0)

    def test_it_does_not_change_an_issued_scheme(self, exported):
        apply(staged(exported[2024][0], 2024, county()), actor=ACTOR)

        def other_cap(book):
            book[SCHEMES].cell(4, column(book[SCHEMES], "bonus_cap"), 4)

        with pytest.raises(DomainError) as refused:
            apply(staged(edited(exported[2024][0], other_cap), 2024), actor=ACTOR)
        assert refused.value.code == "SCHEME_ISSUED"

    def test_another_county_year_or_form_is_refused(self, exported):
        elsewhere = create_jurisdiction(actor=ACTOR, code="440785", name="恩平市")
        assert "cycle_county" in found_in(staged(exported[2024][0], 2024, elsewhere))
        assert "year_differs" in found_in(staged(exported[2024][0], 2023, county()))

        def other_form(book):
            book[MANIFEST].cell(4, 2, "something else")

        batch = staged(edited(exported[2024][0], other_form), 2024)
        assert "cycle_format" in found_in(batch)
        with pytest.raises(DomainError):
            apply(batch, actor=ACTOR)

    def test_every_fault_is_told_with_its_place(self, exported):
        def spoil(book):
            del book["容错"]

        assert "sheet_missing" in found_in(staged(edited(exported[2024][0], spoil), 2024, county()))

        def wrong_figures(book):
            sheet = book[SCORES]
            sheet.cell(4, column(sheet, "figure"), "很多")
            sheet.cell(5, column(sheet, "unit"), "HS-D99")
            sheet.cell(6, column(sheet, "figure"), "=1+1")
            book[HOLDERS].cell(4, column(book[HOLDERS], "from"), "昨天")

        found = found_in(staged(edited(exported[2024][0], wrong_figures), 2024))
        assert [item["row"] for item in found["number_text"]] == [4]
        assert [item["row"] for item in found["unit_unknown"]] == [5]
        assert [item["row"] for item in found["cell_is_formula"]] == [6]
        assert any(item["sheet"] == HOLDERS and item["row"] == 4 for items in found.values() for item in items)

    def test_a_published_year_is_locked_against_it(self, exported):
        apply(staged(exported[2023][0], 2023, county()), actor=ACTOR)
        publish(calculate(cycle_of(2023), actor=ACTOR).run, actor=ACTOR)
        other = edited(exported[2023][0], lambda book: book["结果"].cell(1, 1, "x"))
        with pytest.raises(DomainError) as refused:
            apply(staged(other, 2023), actor=ACTOR)
        assert refused.value.code == "IMPORT_NOT_NOW"

    def test_a_key_that_may_not_bring_in_leaders_brings_in_no_cycle(self, exported):
        root = county()
        liaison = make_persona("unit_liaison", root)
        with pytest.raises(PermissionDenied):
            staged(exported[2023][0], 2023, root, actor=liaison)


@pytest.mark.django_db
@pytest.mark.usefixtures("ruled_database")
class TestPeople:
    def holders(self, content) -> list[dict]:
        """The holders in a workbook."""
        sheet = openpyxl.load_workbook(io.BytesIO(content))[HOLDERS]
        return [
            dict(zip(FIELDS[HOLDERS], (cell.value for cell in line), strict=True))
            for line in sheet.iter_rows(min_row=4)
        ]

    def test_no_identity_number_and_no_lookup_key_leaves(self, exported):
        rows = self.holders(exported[2024][0])
        assert rows
        assert all("********" in row["id_masked"] for row in rows)
        assert exported["keys"].isdisjoint(row["person"] for row in rows)

    def test_a_person_whom_nobody_fits_is_recorded_without_a_number(self, exported):
        batch = apply(staged(exported[2024][0], 2024, county()), actor=ACTOR)
        assert "cycle_person_new" in found_in(batch)
        person = Official.objects.first()
        assert bytes(person.id_cipher) == b""
        assert mark_of(person) == person.id_hash

    def test_who_is_registered_is_recognised_by_the_mark(self, exported):
        root = county()
        row = self.holders(exported[2024][0])[0]
        person = Official(name="改名前", id_cipher=b"x", id_hash="", id_masked=row["id_masked"])
        person.id_hash = "0" * 64
        person.save()
        content = edited(exported[2024][0], lambda book: _mark(book, row["person"], mark_of(person)))
        batch = apply(staged(content, 2024, root), actor=ACTOR)
        assert row["name"] not in {item["value"] for item in found_in(batch)["cycle_person_new"]}
        assert PostHolding.objects.filter(official=person).exists()

    def test_elsewhere_one_person_of_that_name_and_masked_number_is_taken_and_told(self, exported):
        root = county()
        row = self.holders(exported[2024][0])[0]
        same = {"name": row["name"], "id_masked": row["id_masked"], "home": root, "id_cipher": b"x"}
        person = Official.objects.create(id_hash="1" * 64, **same)
        batch = staged(exported[2024][0], 2024, root)
        assert [item["value"] for item in found_in(batch)["cycle_person_by_name"]] == [row["name"]]
        apply(batch, actor=ACTOR)
        assert person.holdings.exists()

    def test_two_people_of_that_name_and_masked_number_stop_the_import(self, exported):
        root = county()
        row = self.holders(exported[2024][0])[0]
        same = {"name": row["name"], "id_masked": row["id_masked"], "home": root, "id_cipher": b"x"}
        Official.objects.create(id_hash="1" * 64, **same)
        Official.objects.create(id_hash="2" * 64, **same)
        batch = staged(exported[2024][0], 2024, root)
        assert "cycle_person_ambiguous" in found_in(batch)
        assert batch.has_errors

    def test_a_file_with_numbers_completes_who_was_recorded_without_one(self):
        root = county()
        number = "44078419700101001"
        number += check_character(number)
        complete = identity_values(number, "王五")
        unit = Organization.objects.create(code="X1", name="甲局", kind="department", parent=root, jurisdiction=root, path=f"{root.path}000001")  # fmt: skip
        person = Official.objects.create(
            **(complete | {"id_cipher": b"", "id_hash": "a" * 64, "birth_on": None}), home=unit
        )
        table = f"unit,post,principal,id_number,name,from,to\nX1,局长,1,{number},王五,2020-01-01,\n"
        batch = stage(actor=ACTOR, kind_code="posts", data=table.encode(), file_name="p.csv", organization=root)
        apply(batch, actor=ACTOR)
        person.refresh_from_db()
        assert Official.objects.count() == 1
        assert person.id_hash == complete["id_hash"]
        assert person.holdings.count() == 1


def _mark(book, old: str, new: str):
    """Another mark for a person."""
    sheet = book[HOLDERS]
    for line in sheet.iter_rows(min_row=4):
        if line[column(sheet, "person") - 1].value == old:
            line[column(sheet, "person") - 1].value = new


@pytest.mark.django_db
@pytest.mark.usefixtures("heshan_database")
class TestTakingOut:
    def test_the_manifest_names_digest_run_rules_and_earlier_marks(self):
        office = User.objects.get(username="kaohe")
        book = openpyxl.load_workbook(io.BytesIO(export_cycle(actor=office, cycle=cycle_of(2024)).content))
        manifest = {line[0].value: line[1].value for line in book[MANIFEST].iter_rows(min_row=4)}
        run = latest(2024)
        assert (manifest["run"], manifest["digest"]) == (run.number, run.digest)
        assert manifest["engine_version"] == run.engine_version
        assert json.loads(manifest["parameters"]) == run.parameters
        flagged = RunUnit.objects.filter(run=latest(2023), flagged=True, shielded=False).count()
        assert len(json.loads(manifest["earlier_flags"])) == flagged > 0
        entry = Entry.objects.order_by("pk").last()
        assert (entry.action, entry.target_no, entry.actor_id) == (
            "assessments.cycle.exported",
            "440784-2024",
            office.pk,
        )

    @pytest.mark.parametrize("username", ["caizheng", "lingdao", "shenji"])
    def test_only_who_may_bring_it_in_takes_it_out(self, username):
        with pytest.raises(PermissionDenied):
            export_cycle(actor=User.objects.get(username=username), cycle=cycle_of(2024))

    def test_changed_inputs_are_taken_out_without_the_results_of_the_run_before(self):
        office = User.objects.get(username="kaohe")
        cycle_of(2025).schemes.update(bonus_cap=4)
        book = openpyxl.load_workbook(io.BytesIO(export_cycle(actor=office, cycle=cycle_of(2025)).content))
        manifest = {line[0].value: line[1].value for line in book[MANIFEST].iter_rows(min_row=4)}
        assert not manifest["run"]
        assert book["结果"].max_row == 3
