"""What a page shows of a case's papers: the rows, and the form for a new one where the reader may add one."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundation.common.lists import words

from .models import Attachment
from .registry import kind_of
from .selectors import papers_of
from .services.attachments import limits_for, refusals


@dataclass(frozen=True)
class Shelf:
    """For `parts/attachments.html`. `refusals` say why nothing can be added now; `may_add`: is there a form at all."""

    papers: tuple[Attachment, ...]
    part: str
    url: str
    may_add: bool
    refusals: tuple
    accept: str = ""
    types: str = ""
    megabytes: int = 0

    @property
    def open_for_more(self) -> bool:
        """Show the form?"""
        return self.may_add and not self.refusals


def shelf_of(case: Any, user, part: str = "", papers=None) -> Shelf:
    """Papers of a part of a case (the case as a whole when empty). `papers`: all of the case, where a page has them."""
    kind = kind_of(case).flow.kind
    every = papers_of(kind, case.case_no) if papers is None else papers
    rows = tuple(paper for paper in every if paper.part == part)
    url = reverse("casework:attachment-add", args=[kind, case.case_no])
    try:
        against = refusals(case, actor=user, part=part)
    except PermissionDenied:
        return Shelf(rows, part, url, False, ())
    megabytes, allowed = limits_for(case)
    return Shelf(rows, part, url, True, against, ",".join(f".{one}" for one in allowed), words(allowed), megabytes)
