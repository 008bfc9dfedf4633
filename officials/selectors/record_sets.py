"""Posts, ranks and information sets of a person as plain values, for programs."""

from ..models import PostHolding, RankHolding
from ..sections import ROW_SECTIONS


def holdings_of(person) -> list[dict]:
    """Posts held, the latest first (1 query)."""
    held = PostHolding.objects.system().filter(official=person).select_related("post__organization")
    return [
        {
            "unit": h.post.organization.code if h.post else "",
            "unit_name": h.post.organization.name if h.post else h.unit_text,
            "title": h.post.title if h.post else h.title_text,
            "is_main": h.is_main,
            "since": h.starts_on,
            "until": h.ends_on,
            "document_no": h.document_no,
        }
        for h in held.order_by("-starts_on", "order_in_person", "pk")
    ]


def ranks_of(person) -> list[dict]:
    """Ranks and levels held, the latest first (1 query)."""
    rows = RankHolding.objects.system().filter(official=person).order_by("-starts_on", "pk")
    return [{"label": r.label, "is_rank": r.is_rank, "since": r.starts_on, "until": r.ends_on} for r in rows]


def set_rows(person) -> dict[str, list[dict]]:
    """Rows of every information set by its code (1 query a set)."""
    return {
        code: list(
            section.model.objects.system().filter(official=person).order_by("sort", "pk").values(*section.fields)
        )
        for code, section in ROW_SECTIONS.items()
    }
