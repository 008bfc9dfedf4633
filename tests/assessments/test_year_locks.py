"""A published year is locked: what imports, undoing and part-county callers may not do, and what waits for whom."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.urls import reverse

from assessments.models import Cycle, RecalculationJob
from assessments.services.calculation import calculate
from assessments.services.jobs import order, work
from assessments.services.publishing import publish, reopen
from foundation.audit.models import Entry
from foundation.common.actors import SystemActor
from foundation.common.results import DomainError
from foundation.exchange.models import ImportRow
from foundation.exchange.services.batches import apply, stage, undo
from foundation.organizations.models import UnitCategory
from foundation.regulations.imports import code_files
from foundation.regulations.services.loading import load_codes
from tolerance.models import AssessmentEffect

from ..support.people import client_of, make_persona
from .county import CATEGORY

OFFICE = SystemActor("test")
COUNTY_ACTS = ("assessments.run_calculation", "assessments.publish_run")
EFFECTS = (
    "id,subject,unit,id_number,name,decided_on,decision,outcome,effective,decided_by,assessment_year,effect,"
    "target_kind,target,matter\n"
)
SHIELD = "RC-1,unit,A-SHA,,,2025-01-11,不予追究,exempt,1,市委组织部,2024,shield,,,改革试点\n"


def take(kind, county, text):
    batch = stage(actor=OFFICE, kind_code=kind, data=text.encode(), file_name=f"{kind}.csv", organization=county)
    assert not batch.has_errors, (batch.findings, list(batch.rows.values_list("findings", flat=True)))
    return apply(batch, actor=OFFICE)


def take_units(county, category, year=2024):
    header = f"code,name,short_name,kind,parent,division_code,category_{year},valid_from,leader_quota,staffing\n"
    return take("units", county, f"{header}A-SHA,沙坪街道,,town,A,,{category},,,\n")


@pytest.fixture
def published(run):
    publish(run, actor=OFFICE)
    return run


# --- who may -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["publish", "reopen", "order"])
def test_acts_on_a_county_are_refused_to_who_holds_a_unit_of_it_by_the_service_itself(act, run, tree):
    clerk = make_persona("assessment_office", at=tree.finance)
    acts = {
        "publish": lambda: publish(run, actor=clerk),
        "reopen": lambda: reopen(run.cycle, actor=clerk, reason="更正"),
        "order": lambda: order(actor=clerk, year=2024, cycles=[run.cycle]),
    }
    with pytest.raises(PermissionDenied):
        acts[act]()


@pytest.mark.django_db
def test_the_pages_refuse_a_county_act_to_who_holds_a_unit_of_it(run, tree):
    client = client_of(make_persona("assessment_office", at=tree.finance))
    assert client.post(reverse("assessments:run-publish", args=[run.number])).status_code in (403, 404)
    assert client.post(reverse("assessments:calculate", args=["A", 2024])).status_code == 403
    assert Cycle.objects.get(pk=run.cycle_id).published_run is None
    assert not RecalculationJob.objects.exists()


@pytest.mark.django_db
def test_a_calculation_in_the_background_stays_with_who_ordered_it(assessed, assessment_office, settings):
    batch = order(actor=assessment_office, year=2024, cycles=[assessed.cycle])
    job = batch.jobs.get()
    work(job.pk)
    entries = Entry.objects.filter(action__in=["assessments.calculation.ordered", "assessments.run.calculated"])
    assert [entry.actor_id for entry in entries] == [assessment_office.pk] * 2
    assert {entry.org_path for entry in entries} == {assessed.tree.county_a.path}
    job.refresh_from_db()
    assert job.run.actor_id == assessment_office.pk


# --- what a published year refuses -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_tolerance_decision_about_a_published_year_waits_until_the_year_is_opened(published, tree):
    with pytest.raises(DomainError) as refused:
        take("tolerance_effects", tree.county_a, EFFECTS + SHIELD)
    assert refused.value.reasons[0].code == "YEAR_LOCKED"
    assert not AssessmentEffect.objects.exists()
    reopen(published.cycle, actor=OFFICE, reason="容错决定")
    take("tolerance_effects", tree.county_a, EFFECTS + SHIELD)
    assert AssessmentEffect.objects.get().effect == "shield"


@pytest.mark.django_db
def test_decisions_that_are_registered_already_may_be_imported_again_with_those_of_other_years(assessed, tree):
    take("tolerance_effects", tree.county_a, EFFECTS + SHIELD)
    publish(calculate(assessed.cycle, actor=OFFICE).run, actor=OFFICE)
    take(
        "tolerance_effects", tree.county_a, EFFECTS + SHIELD + SHIELD.replace("RC-1", "RC-2").replace("2024,", "2025,")
    )
    assert AssessmentEffect.objects.count() == 2


@pytest.mark.django_db
def test_an_import_of_effects_is_not_undone_under_a_published_year(assessed, tree):
    batch = take("tolerance_effects", tree.county_a, EFFECTS + SHIELD)
    publish(calculate(assessed.cycle, actor=OFFICE).run, actor=OFFICE)
    with pytest.raises(DomainError) as refused:
        undo(batch, actor=OFFICE, reason="错误")
    assert refused.value.reasons[0].code == "YEAR_LOCKED"
    assert AssessmentEffect.objects.exists()


@pytest.mark.django_db
def test_an_import_of_categories_is_not_undone_under_a_published_year(assessed, tree):
    load_codes([table for table in code_files.read_folder() if table.code == "unit_category"])
    UnitCategory.objects.filter(organization__code="A-SHA").update(category="KEY")
    batch = take_units(tree.county_a, "OPTIMISED")
    UnitCategory.objects.filter(organization__code="A-SHA").update(category=CATEGORY)
    publish(calculate(assessed.cycle, actor=OFFICE).run, actor=OFFICE)
    with pytest.raises(DomainError) as refused:
        undo(batch, actor=OFFICE, reason="错误")
    assert refused.value.reasons[0].code == "YEAR_LOCKED"


@pytest.mark.django_db
def test_identity_numbers_in_a_file_of_decisions_are_kept_masked(assessed, tree):
    number = "440784197001011239"
    take("tolerance_effects", tree.county_a, EFFECTS + SHIELD.replace("A-SHA,,,", f"A-SHA,{number},王五,"))
    row = ImportRow.objects.get()
    assert number not in str(row.raw) + str(row.values) + str(row.findings)
    assert row.raw["id_number"] == "440784********1239"


# --- what waits --------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_publishing_waits_for_an_import_that_changes_the_year_and_then_refuses(committed_heshan):
    county = Cycle.objects.get(year=2025).jurisdiction
    run = Cycle.objects.get(year=2025).runs.get()
    rows = SHIELD.replace("A-SHA", "HS-D01").replace("2024,", "2025,")
    batch = stage(
        actor=OFFICE,
        kind_code="tolerance_effects",
        data=(EFFECTS + rows).encode(),
        file_name="t.csv",
        organization=county,
    )
    outcome = {}

    def publish_beside():
        try:
            outcome["done"] = publish(run, actor=OFFICE)
        except DomainError as error:
            outcome["refused"] = error.code
        finally:
            connection.close()

    beside = threading.Thread(target=publish_beside)
    with transaction.atomic():
        apply(batch, actor=OFFICE)
        beside.start()
        beside.join(0.5)
        assert beside.is_alive(), "publishing did not wait for the import"
    beside.join(20)
    assert outcome == {"refused": "RUN_OUTDATED"}
