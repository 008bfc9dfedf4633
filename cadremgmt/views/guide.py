"""The user guide 帮助, inside the site."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render

from ..guide import START, guide_page, guide_pages


@login_required
def show(request, page=START):
    """One page of the guide beside the list of all."""
    try:
        shown = guide_page(page)
    except KeyError as error:
        raise Http404(f"no page {page} in the guide") from error
    return render(request, "help.html", {"page": shown, "pages": guide_pages()})
