"""The roster: table, brief cards, photo wall; suggestions while typing; a pasted list of names."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import render
from django.utils import timezone

from foundation.common.htmx import render_page
from foundation.common.paging import page_size

from ..badges import row_badges_of
from ..forms.roster import QuestionForm
from ..roster_columns import COLUMNS, age, columns_of, month
from ..selectors import roster as reading
from ..selectors.pages_by_key import SORTS
from ..selectors.roster_pages import page_and_count
from ..selectors.roster_tree import unit_lines

VIEW = reading.VIEW
MODES = ("table", "brief", "photos")
CHOSEN_SORTS = ("name", "birth", "post_on", "rank_on")


@dataclass(frozen=True)
class Shown:
    """How a list is shown, as the address says."""

    mode: str
    sort: str
    size: int
    cursor: str
    trash: bool

    @classmethod
    def of(cls, request) -> "Shown":
        """What the address says; anything else is the usual."""
        get = request.GET.get
        sort = get("sort", "") if get("sort", "").lstrip("-") in CHOSEN_SORTS else ""
        trash = get("trash") == "1" and request.user.has_perm(reading.TRASH)
        mode = get("view") if get("view") in MODES else MODES[0]
        return cls(mode, sort, page_size(request), get("cursor", ""), trash)


def roster_context(request, people, form, shown, usual_sort="", with_badges=False) -> dict:
    """Lines, count and columns of a list of people."""
    today = timezone.localdate()
    then = form.as_of is not None and form.as_of != today and not shown.trash
    usual = usual_sort or ("team_then" if then else "team")
    sort = shown.sort if shown.sort.lstrip("-") in SORTS and not (then and shown.sort.endswith("_on")) else ""
    page, counted = page_and_count(people, sort=sort or usual, size=shown.size, cursor=shown.cursor, then=then)
    day = form.as_of or today
    columns = columns_of(request.GET.getlist("col"))
    badges = row_badges_of([row["id"] for row in page.rows], day, request.user) if with_badges else {}
    return {
        "page": page,
        "people": [line_of(reading.as_then(row) if then else row, day, columns, badges) for row in page.rows],
        "count": counted.count,
        "more": counted.more,
        "day": day,
        "then": then,
        "shown": shown,
        "form": form,
        "columns": columns,
        "all_columns": COLUMNS,
        "kept": kept_of(request),
    }


def line_of(row: dict, day, columns, badges) -> dict:
    """A line as the template shows it."""
    return {
        "id": row["id"],
        "name": row["name"],
        "birth": month(row["birth_on"]),
        "age": age(row, day),
        "has_photo": row["has_photo"],
        "post": row["title_then"] or row["post_short"] or row["post_text"],
        "unit": row["unit_then"] or row["outside_then"] or row["unit_name"],
        "row": row,
        "badges": badges.get(row["id"], ()),
        "cells": [(column.css, column.text(row, day)) for column in columns],
    }


def kept_of(request) -> str:
    """The question of the address without how it is shown: what tiles, lists and exports go on with."""
    gone = {"view", "sort", "size", "cursor", "col", "csrfmiddlewaretoken"}
    return urlencode([(key, value) for key, values in request.GET.lists() if key not in gone for value in values])


@login_required
@permission_required(VIEW, raise_exception=True)
def roster(request):
    """Whoever answers the question in the address."""
    form, shown = QuestionForm(request.GET, request.user), Shown.of(request)
    today = timezone.localdate()
    people = reading.people_for(request.user, form.question, today=today, as_of=form.as_of, trash=shown.trash)
    context = roster_context(request, people, form, shown, with_badges=shown.mode != "photos")
    context["units"] = unit_lines(request.user, today, form.question.unit)
    return render_page(request, "officials/roster.html", context, partial="found")


@login_required
@permission_required(VIEW, raise_exception=True)
def suggestions(request):
    """The first people that typed text finds, for the box of the top bar."""
    text = request.GET.get("q", "")[:60].replace("\0", "")
    found = reading.suggestions_for(request.user, text, timezone.localdate())
    return render(request, "officials/parts/suggestions.html", {"found": found, "text": text})
