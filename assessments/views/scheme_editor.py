"""The scheme editor: a draft is saved as it is, an issued scheme only as an amendment; worked examples beside the methods."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.common.results import DomainError
from foundation.regulations.services.codes import codes

from ..examples import example_for
from ..forms import SchemeSheet
from ..forms.schemes import IndicatorForm
from ..formulas import METHOD_FORMULAS
from ..rules.methods import ALLOWED, METHOD_PARAMETERS
from ..rules.scheme_faults import check_params
from ..rules.scoring import with_defaults
from ..scheme_words import fault_text, table_text
from ..selectors.past_figures import past_figures
from ..services.parameters import parameters_for
from ..services.scheme_amendments import amend
from ..services.scheme_content import content_of, departments_of
from ..services.scheme_editing import EDIT, SchemeRefused, save_draft
from .schemes import load_scheme

SAVE = "save"


@login_required
def scheme_edit(request, county, year, category):
    """Edit a draft."""
    scheme = load_scheme(request, county, year, category, EDIT)
    if request.method != "POST" and (scheme.is_issued or scheme.cycle.is_locked):
        return redirect("assessments:scheme", county, year, category)
    return _editor(request, scheme, is_amendment=False)


@login_required
def scheme_amend(request, county, year, category):
    """Amend an issued scheme."""
    scheme = load_scheme(request, county, year, category, EDIT)
    if request.method != "POST" and (not scheme.is_issued or scheme.cycle.is_locked):
        return redirect("assessments:scheme", county, year, category)
    return _editor(request, scheme, is_amendment=True)


def _editor(request, scheme, *, is_amendment):
    departments = departments_of(scheme.cycle.jurisdiction)
    data = request.POST if request.method == "POST" else None
    act = request.POST.get("act", SAVE)
    sheet = SchemeSheet(
        content=content_of(scheme),
        departments=departments,
        data=data,
        is_amendment=is_amendment,
        is_read=act == SAVE,
    )
    error, status = None, 200
    if data is not None and act != SAVE:
        sheet.rearrange(act)
    elif data is not None:
        error, status = _save(request, scheme, sheet)
        if status == 200:
            return redirect(request.path if not is_amendment else "..")
    context = _context(scheme, sheet, departments) | {"error": error, "is_amendment": is_amendment}
    if error:
        scheme.refresh_from_db(fields=["version"])
    elif data is not None:
        context["version"] = data.get("version", "")
    return render(request, "assessments/scheme_edit.html", context, status=status)


def _save(request, scheme, sheet):
    """Save or amend: what refused it (a DomainError, or None when the fields say it) and the status; 200 when it is done."""
    if not sheet.is_valid():
        return None, 422
    told = request.POST.get("figures_removed", "")
    given = {
        "scheme": scheme,
        "content": sheet.content(),
        "expected_version": request.POST.get("version"),
        "figures_removed": int(told) if re.fullmatch("[0-9]{1,9}", told) else None,
    }
    try:
        if sheet.basis:
            amend(actor=request.user, **given, **sheet.basis.cleaned_data)
            messages.success(request, _("The amendment is in force and on record."))
        else:
            save_draft(actor=request.user, **given)
            messages.success(request, _("The draft is saved."))
    except SchemeRefused as refused:
        sheet.tell(refused.faults)
        return None, 422
    except DomainError as refused:
        return refused, 409
    return None, 200


def _context(scheme, sheet, departments):
    defaults = parameters_for(scheme.cycle.year, scheme.cycle.jurisdiction.code)
    past = past_figures(scheme.cycle, scheme.category)
    rows = [(row, _allowed(row), _example(row, defaults, past)) for row in sheet.rows]
    return {
        "cycle": scheme.cycle,
        "scheme": scheme,
        "version": scheme.version,
        "label": codes("unit_category")[scheme.category].label(),
        "sheet": sheet,
        "rows": rows,
        "blank": (sheet.blank, ALLOWED["direct"], None),
        "departments": departments.values(),
        "defaults": {"cap": defaults.cap, "floor": defaults.rank_floor, "table": table_text(defaults.grade_table)},
    }


def _allowed(row):
    return ALLOWED.get(row["method"].value(), ())


def _example(row, defaults, past):
    """The example of a row from its values as they stand, or what is wrong with its parameters.

    `past`: what units reported the year before, by code.
    """
    leaf, fault = (row.stored, "") if row.stored else _typed(row)
    fault = fault or " ".join(fault_text(one) for one in check_params(leaf))
    if fault:
        return {"fault": fault}
    rule = with_defaults(
        leaf.method, leaf.direction, leaf.params,
        cap=defaults.cap, floor=defaults.rank_floor, table=defaults.grade_table,
    )  # fmt: skip
    code, name = (str(row[field].value() or "").strip() for field in ("code", "name"))
    return {"formula": METHOD_FORMULAS[leaf.method], "worked": example_for(rule, leaf.weight, name, past.get(code))}


def _typed(row):
    """The indicator as it is typed, with what does not matter for its example made up; or what is wrong with its parameters."""
    values = {name: str(row[name].value() or "") for name in (*METHOD_PARAMETERS, "method", "direction", "weight")}
    typed = IndicatorForm({"code": "x", "group": "x", "name": "x", **values, "weight": values["weight"] or "1"})
    typed.is_valid()
    if {"method", "direction", *ALLOWED.get(values["method"], ())} & set(typed.errors):
        return None, " ".join(text for errors in typed.errors.values() for text in errors)
    has_weight = bool(values["weight"]) and "weight" not in typed.errors
    typed.cleaned_data["weight"] = typed.cleaned_data.get("weight") if has_weight else None
    return typed.leaf(), ""


@login_required
def scheme_example(request, county, year, category):
    """The worked example of one row while it is typed: `prefix` names the row's fields."""
    scheme = load_scheme(request, county, year, category, EDIT)
    defaults = parameters_for(scheme.cycle.year, scheme.cycle.jurisdiction.code)
    prefix = request.GET.get("prefix", "")
    row = IndicatorForm(request.GET, prefix=prefix)
    past = past_figures(scheme.cycle, scheme.category, indicator__code=str(row["code"].value() or "").strip())
    return render(request, "assessments/parts/scheme_example.html", {"example": _example(row, defaults, past)})
