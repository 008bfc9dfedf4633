"""Prior filings (容错报备): drafted and completed by the unit, looked through by the office within one working day, closed by result."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from foundation.audit.services.entries import record
from foundation.casework.registry import Handler, Papers, bind
from foundation.casework.services.deadlines import county_of
from foundation.casework.services.engine import open_case
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require
from foundation.organizations.models import Organization
from foundation.regulations.services.codes import code_label
from foundation.regulations.services.rulebook import Rulebook, rulebook
from supervision.services.tool_cases import PREFIXES, next_case_no, refuse

from ..models import PriorFiling
from ..rules.filing import BEFORE, CITED, CONDITIONS, Cited, Filing, FilingLaw, check_citation, check_filing
from ..workflows.filing import CITABLE, DRAFT, FILING, OPEN_FOR_CHANGES
from ..workflows.tolerance_case import ACCEPT, APPLY
from .case_guards import days_in_order, needs
from .filing_words import in_words

PREFIXES[PriorFiling] = "BB"  # 报备
TEXTS = (
    "title_text", "reform", "basis", "responsible", "decision_record", "breaks_no_ban", "risk_level", "risks", "measures",
    "starts_on", "ends_on",
)  # fmt: skip
"""Columns that a filing brings."""


@transaction.atomic
def draft_filing(*, actor, organization: Organization, on: date | None = None, **values) -> PriorFiling:
    """Begin a filing with what is known; `file` asks for the rest.

    `on`: the day of one that was kept on paper before (needs `tolerance.import_effects`). Raises PermissionDenied outside the actor's
    units, DomainError (400, by field) for a term that ends before it begins.
    """
    require(actor, APPLY, organization.path)
    if on is not None:
        require(actor, "tolerance.import_effects", organization.path)
    refuse(_term_runs_forward(values), "FILING_REFUSED")
    today = on or timezone.localdate()
    case = PriorFiling(
        case_no=next_case_no(PriorFiling, organization, today),
        status=DRAFT,
        organization=organization,
        opened_on=today,
        filed_by_id=actor.pk,
        filed_by_name=str(actor),
        **{name: values[name] for name in TEXTS if name in values},
    )
    open_case(case, actor=actor, reason=case.title_text)
    _record(case, actor, "tolerance.filing.drafted")
    return case


@transaction.atomic
def amend_filing(*, actor, case: PriorFiling, expected_version: int | None = None, **values) -> PriorFiling:
    """Change a draft or what was returned. Raises DomainError once it is filed, or when somebody else changed it first."""
    query = PriorFiling.objects.system().select_for_update(of=("self",)).select_related("organization")
    locked = query.get(pk=case.pk)
    require(actor, APPLY, locked.organization.path)
    if locked.status not in OPEN_FOR_CHANGES:
        raise DomainError("FILING_FILED", _("This filing lies with the office. Ask for its return to change it."))
    if expected_version is not None and locked.version != expected_version:
        raise DomainError("CASE_CHANGED", _("Somebody changed this filing while you were writing. Look at it again."))
    refuse(_term_runs_forward(values), "FILING_REFUSED")
    for name in TEXTS:
        if name in values:
            setattr(locked, name, values[name])
    locked.version += 1
    locked.save()
    _record(locked, actor, "tolerance.filing.amended")
    return locked


def _term_runs_forward(values) -> list[Reason]:
    first, last = values.get("starts_on"), values.get("ends_on")
    if not first or not last or last >= first:
        return []
    return [Reason("PREFILE_TERM_BACKWARD", {"field": "ends_on"}, text=_("The term must end after it begins."))]


def _record(case: PriorFiling, actor, action: str):
    record(
        actor=actor,
        action=action,
        target_kind=FILING.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=case.organization.path,
        reason=case.title_text,
    )


def filing_law(book: Rulebook) -> FilingLaw:
    """What the rulebook says of filings."""
    return FilingLaw(bool(book.value(BEFORE)), {rule: book.cite(rule) for rule in (BEFORE, CITED, CONDITIONS)})


def _law_on(case, day: date) -> FilingLaw:
    return filing_law(rulebook(on=day, jurisdiction=county_of(case)))


def is_complete(case, *, actor, filed_on=None, **payload):
    """Guard: what is filed is whole, lawful as stated, decided collectively, and filed before it begins."""
    day = filed_on or timezone.localdate()
    filing = Filing(
        case.starts_on, case.ends_on, case.risks, case.measures, case.decision_record, case.breaks_no_ban
    )  # fmt: skip
    return in_words(check_filing(filing, day, _law_on(case, day)).reasons)


def not_who_filed(case, *, actor, **payload):
    """Whoever filed does not look it through (separation of duties)."""
    if actor.pk is None or actor.pk != case.filed_by_id:
        return []
    return [Reason("FILING_SAME_PERSON", text=_("You filed this. Somebody else must look it through."))]


def _writes(*names, today: str):
    def effect(case, *, actor, reason="", **payload):
        for name in names:
            if payload.get(name):
                setattr(case, name, payload[name])
        setattr(case, today, payload.get(today) or timezone.localdate())
        return {today: getattr(case, today).isoformat()}

    return effect


bind(
    FILING,
    PriorFiling,
    url_name="tolerance:filing",
    titled_by="title_text",
    papers=Papers(view="tolerance.view_priorfiling", add=(APPLY, ACCEPT)),
    file=Handler(input_guards=(days_in_order("filed_on"), is_complete), effect=_writes(today="filed_on")),
    accept=Handler(
        guards=(not_who_filed,),
        input_guards=(
            needs(opinion=gettext_lazy("Write the opinion of the preliminary review.")),
            days_in_order("reviewed_on", "filed_on"),
        ),
        effect=_writes("opinion", today="reviewed_on"),
    ),
    close=Handler(
        input_guards=(
            needs(result=gettext_lazy("Write how the reform went.")),
            days_in_order("ended_on", "reviewed_on"),
        ),
        effect=_writes("result", today="ended_on"),
    ),
    **{"return": Handler(guards=(not_who_filed,))},
)


def citation_refusals(filing: PriorFiling, organization: Organization, event_on: date) -> list[Reason]:
    """What stands against citing a filing in a case of a unit about an event (TOL-PREFILE-CITED), in words."""
    cited = Cited(
        accepted_on=filing.reviewed_on if filing.status in CITABLE else None,
        starts_on=filing.starts_on,
        ends_on=filing.ends_on,
        is_own=organization.path.startswith(filing.organization.path),
    )
    return in_words(check_citation(cited, event_on, _law_on(filing, event_on)).reasons)


def cases_citing(filing: PriorFiling, cases):
    """Those of `cases` that cite a filing, the newest first (1 query)."""
    return cases.filter(filing=filing).order_by("-opened_on", "-pk")


def proves(filing: PriorFiling) -> list[str]:
    """Preconditions for which a filing is evidence (TOL-PREFILE-CITED), by the rulebook of the day it was accepted."""
    day = filing.reviewed_on or timezone.localdate()
    return list(rulebook(on=day, jurisdiction=county_of(filing)).value(CITED))


def proved_points(filing: PriorFiling) -> list[str]:
    """The same in words."""
    return [code_label("tolerance_precondition", code) for code in proves(filing)]


def points_with_filing(points, filing: PriorFiling | None) -> dict[str, tuple[str, str]]:
    """Points as stated; the filing stands as evidence where it is evidence and nothing else was given."""
    found = dict(points)
    if filing is None:
        return found
    with override("zh-hans"):  # what stays in the record is said in the language of the office
        words = {"case_no": filing.case_no, "day": f"{filing.reviewed_on:%Y.%m.%d}", "record": filing.decision_record}
        text = _("prior filing %(case_no)s, accepted on %(day)s; %(record)s") % words
    for code in proves(filing):
        answer, evidence = found.get(code, ("", ""))
        found[code] = (answer, evidence or text)
    return found
