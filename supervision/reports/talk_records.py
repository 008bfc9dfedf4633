"""The record of a talk (谈话记录): who, when, where, why, what was said, signed by those who were there (§5.1). Pure.

What is not known yet stays as a line to be filled in by hand, so that the record can be taken along to the talk.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.exchange.reports.letters import Letter, Paragraph, Part, day_in_words

BLANK, WHOLE_LINE, SIGNED = "＿" * 12, "＿" * 24, "＿" * 7
ROOM = 8
"""Empty lines for what is written by hand."""


@dataclass(frozen=True)
class Record:
    """What is known of a talk; `issues` are those raised in a heart-to-heart talk."""

    title: str
    number: str
    name: str
    post: str
    matter: str
    held_on: date | None
    made_on: date
    talkers: str = ""
    recorder: str = ""
    place: str = ""
    content: str = ""
    issues: tuple[str, ...] = ()


def talk_record(record: Record) -> Letter:
    """The record as a paper without red head, in the type of official letters."""
    lines = [
        (_("Talked to"), "，".join(filter(None, [record.name, record.post]))),
        (pgettext("record", "Talked by"), record.talkers),
        (pgettext("record", "Recorded by"), record.recorder),
        (pgettext("talk", "Day"), day_in_words(record.held_on) if record.held_on else ""),
        (pgettext("record", "Place"), record.place),
        (pgettext("record", "Matter"), record.matter.strip()),
    ]
    line = _("%(label)s: %(words)s")
    paragraphs = [Paragraph(line % {"label": label, "words": words or BLANK}) for label, words in lines]
    paragraphs.append(Paragraph(pgettext("record", "What was said"), Part.HEADING))
    said = [text.strip() for text in record.content.splitlines() if text.strip()]
    paragraphs += [Paragraph(text) for text in said or [WHOLE_LINE] * ROOM]
    if record.issues:
        paragraphs.append(Paragraph(pgettext("record", "Issues raised"), Part.HEADING))
        paragraphs += [Paragraph(f"{number}．{text}") for number, text in enumerate(record.issues, start=1)]
    signature = _("%(who)s (signature): %(blank)s on %(day)s")
    signing = (_("Talked to"), pgettext("record", "Talked by"), pgettext("record", "Recorded by"))
    return Letter(
        mark="",
        symbol=record.number,
        title=record.title,
        addressee="",
        paragraphs=tuple(paragraphs),
        issuer="",
        issued_on=record.made_on,
        signed_by=tuple(
            signature % {"who": who, "blank": SIGNED, "day": pgettext("signature", "(day)")} for who in signing
        ),
    )
