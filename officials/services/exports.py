"""Forms and interchange files of people taken out of the record. Each is an audited act inside the actor's scope."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.audit.services.entries import record
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require, scope_of
from foundation.exchange.messages import sentence
from foundation.exchange.reports import grid_documents, grid_prints
from foundation.exchange.reports.paper_files import Paper, file_name, zipped
from foundation.organizations.models import PATH_STEP
from foundation.regulations.services.rulebook import Rulebook, rulebook

from ..models import Official
from ..querysets import shut_files
from ..reports.appointment_form import TITLE, FilledForm, appointment_form
from ..reports.lrmx import write_bundle, write_lrmx
from ..selectors.cards import LAYOUT_2025, StoredCard, cards_of

EXPORT, UNMASK = "officials.export_officials", "officials.unmask_official"
FORM_ENDINGS = ("pdf", "docx", "lrmx")
MOST = {"pdf": 200, "docx": 200, "lrmx": 2000}
"""People whose forms are made in one request: forms take about a tenth of a second each."""
MOST_KEYS = 2000  # of people, in one entry


@dataclass(frozen=True, slots=True)
class Order:
    """How forms are wanted: the ending, the layout (None: as the rulebook says), and why numbers are shown, if they are."""

    ending: str
    form_2025: bool | None = None
    reason: str = ""


def people_to_export(actor, keys: Sequence[int], *, lean: bool = False) -> list[Official]:
    """The people with these keys, in their order; `lean`: name and place alone, for a page or a sheet.

    Raises DomainError when the actor may not take out every one of them.
    """
    people = Official.objects.visible_to(actor, EXPORT).kept()
    found = (people.only("name", "org_path") if lean else people).in_bulk(list(keys))
    if missing := len(set(keys)) - len(found):
        raise out_of_reach(missing)
    return [found[key] for key in dict.fromkeys(keys)]


def out_of_reach(missing: int) -> DomainError:
    """Somebody chosen does not exist, lies in the trash or outside of the actor's scope: the three look alike."""
    text = ngettext(
        "%(number)d of the people chosen is not in your reach. Choose again, then take the file out.",
        "%(number)d of the people chosen are not in your reach. Choose again, then take the file out.",
        missing,
    ) % {"number": missing}
    return DomainError("EXPORT_OUT_OF_REACH", text, status=404)


def check_people(actor, people: Sequence[Official], most: int, reason: str) -> bool:
    """Asked again by every export, whoever called it: each person is in reach, and numbers are shown with a reason alone.

    Returns whether identity numbers go out in full. Raises PermissionDenied, DomainError for nobody or too many.
    """
    if not people:
        raise DomainError("NOTHING_TO_EXPORT", _("Choose at least one person."), status=400)
    if len(people) > most:
        text = _("These are %(number)d people; at most %(most)d go into one file. Choose fewer.")
        raise DomainError("EXPORT_TOO_MANY", text % {"number": len(people), "most": most}, status=400)
    shut = shut_files(Official, actor)
    if any(person.pk in shut for person in people):
        text = _("Your own file and those of relatives stay shut. Leave them out.")
        raise DomainError("EXPORT_SHUT", text, [Reason("EXPORT_SHUT", {}, text=text)], status=403)
    for path in {person.org_path for person in people}:
        require(actor, EXPORT, path)
        if reason.strip():
            require(actor, UNMASK, path)
    return bool(reason.strip())


def may_unmask(actor, people: Sequence[Official]) -> bool:
    """May the actor ask for full numbers of all of them?"""
    scope = scope_of(actor, UNMASK)
    return bool(people) and all(scope.covers(path) for path in {person.org_path for person in people})


def book_for(people: Sequence[Official]) -> Rulebook:
    """Today's rulebook of the county of the first person."""
    home = people[0].home if people else None
    code = (home.jurisdiction or home).code if home else ""
    return rulebook(on=timezone.localdate(), jurisdiction=code)


def entry_of(people: Sequence[Official], reason: str, data: dict) -> dict:
    """What the entry of an export says: about whom, how many, masked or not, why. The keys of the people, no names."""
    one = people[0] if len(people) == 1 else None
    return {
        "target_kind": "officials.official",
        "target_no": one.pk if one else "",
        "target_label": one.name if one else "",
        "org_path": one.org_path if one else _shared_path([person.org_path for person in people]),
        "reason": reason.strip(),
        "data": data
        | {"people": len(people), "keys": [p.pk for p in people[:MOST_KEYS]], "masked": not reason.strip()},
    }


def _shared_path(paths: Sequence[str]) -> str:
    """The path of the lowest unit that holds them all."""
    first, last = min(paths), max(paths)
    length = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[: length // PATH_STEP * PATH_STEP]


def layout_of(people: Sequence[Official], form_2025: bool | None) -> bool:
    """The layout that is printed: the wanted one, else that of the rulebook; true for that of 2025."""
    return _layout(book_for(people), form_2025)


def filled_forms(people: Sequence[Official], form_2025: bool | None) -> list[FilledForm]:
    """The forms of people, as printed; for the screen too, where nothing is taken out."""
    book = book_for(people)
    return [_filled(stored, _layout(book, form_2025), book) for stored in cards_of(people, book)]


def _layout(book: Rulebook, form_2025: bool | None) -> bool:
    return bool(book.value(LAYOUT_2025)) if form_2025 is None else form_2025


def _filled(stored: StoredCard, form_2025: bool, book: Rulebook) -> FilledForm:
    return appointment_form(stored.card, form_2025=form_2025, today=book.on, portrait=stored.portrait)


@transaction.atomic
def export_forms(*, actor, people: Sequence[Official], order: Order) -> Paper:
    """Appointment forms as PDF or docx, or interchange files: one person's as it is, several in a zip.

    Raises PermissionDenied; DomainError for nobody, too many, or when a PDF cannot be made here.
    """
    with_numbers = check_people(actor, people, MOST[order.ending], order.reason)
    book = book_for(people)
    layout = _layout(book, order.form_2025)
    cards = cards_of(people, book, with_numbers=with_numbers)
    paper = _lrmx(cards, layout) if order.ending == "lrmx" else _forms(cards, layout, order.ending, book)
    data = {"format": order.ending, "layout": "2025" if layout else "2003", "remarks": len(paper.remarks)}
    reason = order.reason if order.ending == "lrmx" else ""
    record(actor=actor, action="officials.forms.exported", **entry_of(people, reason, data))
    return paper


def _lrmx(cards: list[StoredCard], form_2025: bool) -> Paper:
    if len(cards) == 1:
        written = write_lrmx(cards[0].card, form_2025=form_2025)
    else:
        written = write_bundle((stored.card for stored in cards), form_2025=form_2025)
    return Paper(written.name, written.data, tuple(sentence(finding) for finding in written.findings))


def _forms(cards: list[StoredCard], form_2025: bool, ending: str, book: Rulebook) -> Paper:
    made, remarks = [], []
    for stored in cards:
        filled = _filled(stored, form_2025, book)
        content = (
            grid_prints.write_pdf(filled.form, at=timezone.now())
            if ending == "pdf"
            else grid_documents.write_docx(filled.form)
        )
        made.append((file_name(f"{stored.card.name}{TITLE}", ending=ending), content))
        remarks += [sentence(finding) for finding in filled.findings]
    if len(made) == 1:
        return Paper(*made[0], tuple(remarks))
    return Paper(file_name(TITLE, ending="zip"), zipped(made), tuple(remarks))
