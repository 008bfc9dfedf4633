"""One place that decides between a page and its part."""

from django.shortcuts import render


def render_page(request, template: str, context: dict, partial: str = "", status: int = 200):
    """The whole page, or its named partial when htmx (not a boosted link) asks for a piece of it."""
    if partial and request.htmx and not request.htmx.boosted:
        template = f"{template}#{partial}"
    return render(request, template, context, status=status)
