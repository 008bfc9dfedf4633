"""The outline of a talk by its occasion, as it holds on a day: the county's own, else the one that comes with the system."""

from dataclasses import dataclass
from datetime import date

from foundation.organizations.models import Organization
from foundation.regulations.services.codes import codes

from ..models import TalkTemplate

TOPICS, LINES = "talk_topic", "talk_template"
PARTS = {"outline": "OUTLINE", "questions": "QUESTION", "points": "POINT"}
"""Columns of the office's own, and the word of each part in the code table."""


@dataclass(frozen=True)
class Outline:
    """Lines by part; `own`: the office's row, None for what comes with the system."""

    topic: str
    label: str
    outline: tuple[str, ...]
    questions: tuple[str, ...]
    points: tuple[str, ...]
    own: TalkTemplate | None = None

    @property
    def as_texts(self) -> dict[str, str]:
        """The parts as a form shows them, one line each."""
        return {part: "\n".join(getattr(self, part)) for part in PARTS}


def county_of_unit(unit: Organization) -> int:
    """Number of the county whose outlines hold for a unit."""
    return unit.jurisdiction_id or unit.pk


def outlines(county: int | None, day: date) -> dict[str, Outline]:
    """The outline of every occasion, in the order of the occasions (at most 1 query)."""
    rows = TalkTemplate.objects.system().filter(organization=county, starts_on__lte=day) if county else ()
    own = {row.topic: row for row in (rows.order_by("starts_on", "pk") if county else ())}
    return {topic: _outline(topic, row.label(), own.get(topic)) for topic, row in codes(TOPICS).items()}


def outline_of(topic: str, county: int | None, day: date) -> Outline | None:
    """The outline of one occasion; None for an occasion that the code table does not know."""
    return outlines(county, day).get(topic)


def history_of(topic: str, county: int) -> list[TalkTemplate]:
    """The office's own outlines of an occasion, those of days to come included, the latest first (1 query)."""
    return list(TalkTemplate.objects.system().filter(organization=county, topic=topic).order_by("-starts_on", "-pk"))


def _outline(topic: str, label: str, own: TalkTemplate | None) -> Outline:
    if own is not None:
        lines = {part: tuple(filter(None, map(str.strip, getattr(own, part).splitlines()))) for part in PARTS}
        if any(lines.values()):
            return Outline(topic, label, **lines, own=own)
    rows = [row for row in codes(LINES).values() if row.parent == topic]
    shipped = {part: tuple(row.label() for row in rows if row.gist == word) for part, word in PARTS.items()}
    return Outline(topic, label, **shipped)
