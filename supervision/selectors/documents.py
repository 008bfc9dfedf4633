"""Which letters and records can be made of a case, in which state, and by whom."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.common.scoping import scope_of

from ..choices import Mode
from ..models import Admonishment, Inquiry, Reminder, Revisit, Talk
from ..workflows import admonishment, inquiry, reminder, revisit, talk
from .tools import FOLLOW_UP, KEEP

CARRY_OUT = admonishment.CARRY_OUT
AFTER_REMINDER_APPROVED = (reminder.APPROVED, reminder.HELD, reminder.CLOSED)
AFTER_ADMONISHMENT_AGREED = (
    admonishment.AGREED,
    admonishment.APPROVED,
    admonishment.DELIVERED,
    admonishment.EXAMINED,
    admonishment.REPORTED,
    admonishment.CLOSED,
    admonishment.UNCORRECTED,
)


@dataclass(frozen=True)
class Document:
    """A kind of paper of a case: its word in addresses, its name, the states of each model in which it can be made.

    `fits(case)` narrows further; `has_head`: it is a letter of the office with number, red head and copies.
    """

    slug: str
    label: Any
    states: dict[type, tuple[str, ...]]
    fits: Callable = lambda case: True
    has_head: bool = True
    has_copies: bool = False


def _is_talk(case) -> bool:
    return getattr(case, "mode", Mode.TALK) == Mode.TALK


DOCUMENTS = {
    document.slug: document
    for document in (
        Document(
            "reminder",
            _("Letter of reminder (提醒函)"),
            {Reminder: AFTER_REMINDER_APPROVED},
            lambda case: not _is_talk(case),
        ),
        Document(
            "inquiry",
            _("Letter of inquiry (函询通知书)"),
            {Inquiry: (inquiry.APPROVED, inquiry.SENT, inquiry.REPLIED, inquiry.VERIFYING)},
            has_copies=True,
        ),
        Document("outcome", _("Outcome of the inquiry (函询结果告知书)"), {Inquiry: (inquiry.CLOSED,)}),
        Document(
            "admonishment",
            _("Letter of admonishment (诫勉书)"),
            {Admonishment: AFTER_ADMONISHMENT_AGREED},
            has_copies=True,
        ),
        Document(
            "visit",
            _("Register form of the visit (回访教育情况登记表)"),
            {Revisit: (revisit.PLANNED, revisit.MADE)},
            has_head=False,
        ),
        Document(
            "record",
            _("Record of the talk (谈话记录)"),
            {
                Reminder: AFTER_REMINDER_APPROVED,
                Admonishment: AFTER_ADMONISHMENT_AGREED,
                Talk: (talk.PLANNED, talk.HELD, talk.CLOSED),
            },
            _is_talk,
            has_head=False,
        ),
        Document(
            "rectification",
            _("Notice of rectification (整改通知书)"),
            {
                Reminder: (reminder.HELD,),
                Admonishment: (admonishment.DELIVERED, admonishment.EXAMINED),
            },
            has_copies=True,
        ),
    )
}
RECORD_TITLES = {
    Reminder: pgettext_lazy("paper", "Record of the reminder talk"),
    Admonishment: pgettext_lazy("paper", "Record of the admonishment talk"),
    Talk: pgettext_lazy("paper", "Record of the heart-to-heart talk"),
}


def writer_of(case) -> str:
    """The permission to make papers of a case: that of who carries it out."""
    return {Talk: KEEP, Revisit: FOLLOW_UP}.get(type(case), CARRY_OUT)


def documents_of(case, user) -> list[Document]:
    """What the user may make of a case where it stands now."""
    if not scope_of(user, writer_of(case)).covers(case.organization.path):
        return []
    found = (document for document in DOCUMENTS.values() if case.status in document.states.get(type(case), ()))
    return [document for document in found if document.fits(case)]
