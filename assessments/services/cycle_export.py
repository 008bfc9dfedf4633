"""The whole cycle as a workbook that reads in again: an audited act of who holds the county's inputs and its people."""

import json

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.common.crypto import keyed_hash
from foundation.common.scoping import require
from foundation.exchange.reports.paper_files import Paper, file_name
from officials.services.people import mark_of

from .. import cycle_sheets as sheets
from ..models import Cycle, Run
from ..reports.cycle_workbook import write_cycle
from ..selectors.cycle_inputs import earlier_flags, inputs_of, results_of
from .calculation import ENGINE_VERSION, compute_digest
from .parameters import parameters_for

WRITE, PEOPLE = "assessments.import_scores", "officials.view_official"


def installation() -> str:
    """A mark of this installation's FIELD_KEY: tells whether marks of people can be compared, nothing else."""
    return keyed_hash("installation")[:16]


@transaction.atomic
def export_cycle(*, actor, cycle: Cycle) -> Paper:
    """Inputs of a year as they stand, the digest they have, and the results of the run with that digest, if there is one.

    Identity numbers do not leave: see `officials.services.post_records`. Raises PermissionDenied for who may not bring
    such a workbook in, or not see the county's people.
    """
    county = cycle.jurisdiction
    for permission in (WRITE, PEOPLE):
        require(actor, permission, county.path)
    parameters = parameters_for(cycle.year, county.code)
    digest = compute_digest(cycle, parameters)
    run = Run.objects.system().filter(cycle=cycle, digest=digest).order_by("-pk").first()
    rows = inputs_of(cycle, mark_of)
    manifest = {
        "format": sheets.FORMAT,
        "jurisdiction": county.code,
        "jurisdiction_name": county.name,
        "year": str(cycle.year),
        "digest": digest,
        "engine_version": ENGINE_VERSION,
        "rulebook_version": parameters.rulebook_version,
        "parameters": json.dumps(parameters.as_dict(), ensure_ascii=False, sort_keys=True),
        "earlier_flags": json.dumps(earlier_flags(cycle), ensure_ascii=False),
        "run": run.number if run else "",
        "exported_at": timezone.localtime().isoformat(timespec="seconds"),
        "installation": installation(),
    }
    rows[sheets.MANIFEST] = [{"key": key, "value": value} for key, value in manifest.items()]
    rows[sheets.RESULTS] = results_of(run) if run else []
    title = _("%(place)s: assessment cycle %(year)d") % {"place": county.name, "year": cycle.year}
    content = write_cycle(title, rows)
    record(
        actor=actor,
        action="assessments.cycle.exported",
        target_kind="assessments.cycle",
        target_no=f"{county.code}-{cycle.year}",
        target_label=str(cycle),
        org_path=county.path,
        rulebook_version=parameters.rulebook_version,
        data={"digest": digest, "run": manifest["run"], "rows": {name: len(listed) for name, listed in rows.items()}},
    )
    return Paper(file_name(title, ending="xlsx"), content)
