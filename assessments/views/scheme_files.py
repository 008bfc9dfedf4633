"""Schemes as a workbook to take away."""

import io

from django.contrib.auth.decorators import login_required
from django.http import FileResponse

from foundation.regulations.services.codes import codes

from ..services.scheme_files import take_schemes
from .loading import load_cycle
from .schemes import load_scheme


@login_required
def scheme_workbook(request, county, year):
    """All schemes of the year."""
    return _answer(request, load_cycle(request, county, year))


@login_required
def scheme_workbook_of(request, county, year, category):
    """The scheme of one category."""
    return _answer(request, load_scheme(request, county, year, category).cycle, category)


def _answer(request, cycle, category=""):
    data = take_schemes(actor=request.user, cycle=cycle, category=category)
    named = codes("unit_category")[category].label("zh-hans") if category else ""
    return FileResponse(
        io.BytesIO(data), as_attachment=True, filename=f"{cycle.jurisdiction}{cycle.year}年考核方案{named}.xlsx"
    )
