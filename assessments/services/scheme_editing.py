"""Drawing up schemes: a draft is saved as a whole; what is issued is refused and leads to an amendment (engine §2)."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from foundation.audit.models import Entry
from foundation.audit.services.entries import record
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require
from foundation.regulations.services.codes import codes

from ..models import Cycle, Scheme
from ..rules.scheme_faults import Fault, check_shape
from ..rules.schemes import Change, Content, compute_changes
from ..scheme_words import change_text, fault_place, fault_text
from .parameters import scheme_defaults
from .scheme_content import content_of, departments_of, figures_lost, store_content

EDIT = "assessments.edit_scheme"
SAVED, AMENDED = "assessments.scheme.changed", "assessments.scheme.amended"


class SchemeRefused(DomainError):
    """The document cannot stand; `faults` lists every place."""

    def __init__(self, faults: Sequence[Fault], content: Content | None = None):
        super().__init__(
            "SCHEME_FAULTY",
            _("%(count)d places of the scheme need a correction; nothing was saved.") % {"count": len(faults)},
            [Reason(f.code, dict(f.facts), text=_line(f, content)) for f in faults],
            status=400,
        )
        self.faults = tuple(faults)


def _line(fault, content):
    place = fault_place(fault, content)
    return f"{place}: {fault_text(fault)}" if place else fault_text(fault)


def number_of_scheme(scheme: Scheme) -> str:
    """The scheme in natural keys, as entries name it: `440784-2025-GENERAL`."""
    return f"{scheme.cycle.jurisdiction.code}-{scheme.cycle.year}-{scheme.category}"


def label_of(scheme: Scheme) -> str:
    """The scheme as people name it."""
    named = codes("unit_category").get(scheme.category)
    return f"{scheme.cycle.year} {named.label() if named else scheme.category}"


def lock_scheme(scheme: Scheme, actor) -> Scheme:
    """The scheme with its year, both locked until the act ends. Raises PermissionDenied, DomainError for a locked year."""
    cycle = Cycle.objects.system().select_for_update(of=("self",)).select_related("jurisdiction")
    cycle = cycle.get(pk=scheme.cycle_id)
    require(actor, EDIT, cycle.jurisdiction.path)
    refuse_locked(cycle)
    locked = Scheme.objects.system().select_for_update(of=("self",)).get(pk=scheme.pk)
    locked.cycle = cycle
    return locked


def refuse_locked(cycle: Cycle) -> None:
    """Raises DomainError when the year is published."""
    if cycle.is_locked:
        raise DomainError(
            "CYCLE_LOCKED",
            _("The year %(year)d is published and locked. Open it for correction with a reason first.")
            % {"year": cycle.year},
        )


def refuse_overtaken(scheme: Scheme, expected_version) -> None:
    """Raises DomainError 412 when somebody changed the scheme since this version, with who changed what."""
    if expected_version is None or str(expected_version) == str(scheme.version):
        return
    entries = Entry.objects.filter(
        target_kind="assessments.scheme", target_no=number_of_scheme(scheme), action__in=(SAVED, AMENDED)
    )
    told = [
        Reason("SCHEME_NOW", text=f"{entry.actor_name}: {change_text(Change(**change))}")
        for entry in entries.order_by("pk")
        if entry.data.get("version", 0) > _whole(expected_version)
        for change in entry.data.get("changes", ())
    ]
    raise DomainError(
        "SCHEME_CHANGED",
        _("Somebody changed this scheme while you were editing it; nothing was saved and what you typed is still here. Look at the changes, then save on top of them."),
        told or [Reason("SCHEME_NOW", text=_("The scheme was changed by an import."))],
        status=412,
    )  # fmt: skip


def _whole(version) -> int:
    return int(version) if str(version).isdecimal() else 0


class FiguresGo(DomainError):
    """Figures would go with dropped indicators, and the actor was not told so many. `figures`, `units`: how many go."""

    def __init__(self, lost):
        self.figures, self.units = sum(map(len, lost.values())), len(set().union(*lost.values()))
        reasons = [
            Reason(
                "FIGURES_GO",
                {"indicator": leaf.code, "figures": len(units)},
                text=ngettext("%(code)s %(name)s: %(n)d figure", "%(code)s %(name)s: %(n)d figures", len(units))
                % {"code": leaf.code, "name": leaf.name, "n": len(units)},
            )
            for leaf, units in lost.items()
        ]
        text = _(
            "Nothing was saved yet: with the dropped indicators go %(figures)d figures of %(units)d units. Confirm that they go, or put the indicators back."
        )
        super().__init__("FIGURES_GO", text % {"figures": self.figures, "units": self.units}, reasons)


def refuse_untold_loss(scheme: Scheme, content: Content, told: int | None) -> None:
    """Raises FiguresGo unless exactly `told` figures go with the indicators that the document drops."""
    lost = figures_lost(scheme, content)
    if sum(map(len, lost.values())) != (told or 0):
        raise FiguresGo(lost)


def checked_document_number(text) -> str:
    """A document number without spaces at its edges. Raises DomainError when it is missing or too long."""
    number = (text or "").strip()
    if not number:
        raise DomainError("DOCUMENT_MISSING", _("Enter the number of the document."), status=400)
    if len(number) > 60:
        raise DomainError("DOCUMENT_TOO_LONG", _("A document number has at most 60 characters."), status=400)
    return number


def check_departments(content: Content, known) -> list[Fault]:
    """A fault for every indicator whose department the county does not have."""
    return [
        Fault("RESPONSIBLE_UNKNOWN", place, "responsible", {"value": leaf.responsible})
        for place, leaf in enumerate(content.leaves, start=1)
        if leaf.responsible and leaf.responsible not in known
    ]


@transaction.atomic
def save_draft(
    *, actor, scheme: Scheme, content: Content, expected_version=None, figures_removed: int | None = None
) -> Scheme:
    """Save a draft as a whole: what the document does not name goes. Changing nothing writes nothing.

    Weights need not sum to 100 yet. `figures_removed`: how many figures the actor was told go with dropped indicators;
    another number is refused (FiguresGo). Raises PermissionDenied outside of the actor's county; DomainError when the year is
    published, the scheme is issued, somebody else was faster (412), or the document cannot stand (SchemeRefused, 400).
    """
    locked = lock_scheme(scheme, actor)
    if locked.is_issued:
        raise DomainError(
            "SCHEME_ISSUED",
            _("The scheme “%(scheme)s” is issued (%(document)s): weights, indicators and parameters stay as they are. A change needs an amendment with reason and document number.")
            % {"scheme": label_of(locked), "document": locked.document_no},
        )  # fmt: skip
    refuse_overtaken(locked, expected_version)
    faults = check_shape(content) + check_departments(content, departments_of(locked.cycle.jurisdiction))
    if faults:
        raise SchemeRefused(faults, content)
    changes = compute_changes(content_of(locked), content)
    if not changes:
        return locked
    refuse_untold_loss(locked, content, figures_removed)
    figures = store_content(locked, content)
    record(
        actor=actor,
        action=SAVED,
        target_kind="assessments.scheme",
        target_no=number_of_scheme(locked),
        target_label=label_of(locked),
        org_path=locked.cycle.jurisdiction.path,
        data={
            "version": locked.version,
            "changes": [change.as_dict() for change in changes],
            "figures_removed": figures,
        },
    )
    return locked


@transaction.atomic
def create_scheme(*, actor, cycle: Cycle, category: str) -> Scheme:
    """Begin an empty draft for a category, with the rulebook's parameters of the year.

    Raises PermissionDenied, DomainError when the year is published, the category unknown or already has a scheme.
    """
    locked = Cycle.objects.system().select_for_update(of=("self",)).select_related("jurisdiction").get(pk=cycle.pk)
    require(actor, EDIT, locked.jurisdiction.path)
    refuse_locked(locked)
    if category not in codes("unit_category"):
        raise DomainError("CATEGORY_UNKNOWN", _("There is no category “%(value)s”.") % {"value": category}, status=400)
    if Scheme.objects.system().filter(cycle=locked, category=category).exists():
        raise DomainError("SCHEME_EXISTS", _("This category has a scheme already."))
    defaults = scheme_defaults(locked.year, locked.jurisdiction.code)
    scheme = Scheme.objects.create(cycle=locked, category=category, **defaults)
    record(
        actor=actor,
        action="assessments.scheme.created",
        target_kind="assessments.scheme",
        target_no=number_of_scheme(scheme),
        target_label=label_of(scheme),
        org_path=locked.jurisdiction.path,
        data={"version": scheme.version},
    )
    return scheme
