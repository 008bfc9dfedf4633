"""From a measure to supervision: what its approval opens, what its later fate does to that.

Facts sink, decisions rise: the measure calls the room below in its own transaction; the tool knows it by its number alone.
"""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.common.results import Reason
from foundation.common.templatetags.ui import rounded
from supervision.choices import Source
from supervision.models import AdjustmentLead
from supervision.services.leads import open_lead
from supervision.services.sources import note_ground, reinstate_by_source, withdraw_by_source
from supervision.services.tools import open_approved

from ..choices import MeasureStep
from ..models import Measure
from ..selectors.measure_tools import TOOLS, is_carried_out, tool_of
from ..selectors.measures import result_of
from ..workflows import MEASURE


def open_tool(case: Measure, *, actor, reason="", **payload) -> dict:
    """Effect of the approval: a reminder talk or admonishment stands approved, an adjustment is handed over as a lead.

    All in the approval's transaction. The case is kept by the person's unit, by the measure's where the person has none.
    Raises DomainError for a person in the trash: then nothing is approved.
    """
    model, result = TOOLS[MeasureStep(case.step)], result_of(case)
    given = {
        "actor": actor,
        "official": case.official,
        "summary": summary_of(case, result),
        "source_kind": MEASURE.kind,
        "source_no": case.case_no,
        "unit": case.organization,
    }
    if model is AdjustmentLead:
        tool = open_lead(**given, source=Source.RANKING, evidence=evidence_of(case, result))
    else:
        tool = open_approved(**given, model=model)
    return {"tool": tool.case_no}


def summary_of(case: Measure, result) -> str:
    """The matter as it stands in the tool and in its letters: which unit, which year, which place. Always Chinese."""
    with translation.override(settings.LANGUAGE_CODE):
        facts = _("%(unit)s came last in the yearly assessment %(year)d: %(total)s points, rank %(rank)d of %(n)d") % {
            "unit": case.organization.name,
            "year": case.cycle.year,
            "total": rounded(result.total, result.notes["places"]),
            "rank": result.rank,
            "n": result.n,
        }
        if result.streak > 1:
            facts += _(", among the last %(streak)d years in a row") % {"streak": result.streak}
        return _("%(facts)s. Measure for the leader: %(step)s (%(post)s).") % {
            "facts": facts,
            "step": case.get_step_display(),
            "post": case.post.title,
        }


def evidence_of(case: Measure, result) -> dict:
    """What the adjustment procedure is told: names of columns and facts as JSON, figures as text."""
    return {
        "unit": case.organization.code,
        "unit_name": case.organization.name,
        "post": case.post.title,
        "days": case.days,
        "year": case.cycle.year,
        "run": case.run.number,
        "score": rounded(result.total, result.notes["places"]),
        "rank": result.rank,
        "n": result.n,
        "grade": result.grade,
        "streak": result.streak,
    }


def has_been_carried_out(case: Measure, *, actor, **payload):
    """Guard: a measure is carried out by its tool; nobody records a talk here that was not recorded there."""
    tool = tool_of(case)
    if tool is None or is_carried_out(tool):
        return []
    text = _("%(tool)s is not carried out yet. Record the talk or letter there first, then this measure.")
    return [Reason("MEASURE_TOOL_NOT_DONE", {"tool": tool.case_no}, text=text % {"tool": tool.case_no})]


def take_tool_back(case: Measure, *, actor, reason="", **payload) -> dict:
    """Effect of taking the decision back: what it opened is withdrawn with the same reason (`withdraw_by_source`)."""
    answer = withdraw_by_source(actor=actor, source_kind=MEASURE.kind, source_no=case.case_no, reason=reason)
    return {"withdrawn": answer.moved, "noted": answer.noted}


def put_tool_back(case: Measure, *, actor, reason="", **payload) -> dict:
    """Effect of taking a measure up again: what it had opened stands where it stood (`reinstate_by_source`)."""
    answer = reinstate_by_source(actor=actor, source_kind=MEASURE.kind, source_no=case.case_no, reason=reason)
    return {"reinstated": answer.moved, "noted": answer.noted}


def tell_tool(case: Measure, *, actor, stands: bool, run: str) -> None:
    """The measure lost its ground by a newly published run, or has it again: said in the tool as well."""
    data = {"run": run, "measure": case.case_no}
    note_ground(actor=actor, source_kind=MEASURE.kind, source_no=case.case_no, stands=stands, data=data)
