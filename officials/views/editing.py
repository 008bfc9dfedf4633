"""Editing a record section by section, and entering a new person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.common.results import DomainError

from ..forms.fields import LabelField
from ..forms.sections import CreateForm, RowActForm, RowForm, SectionForm, row_set
from ..models import Official
from ..sections import ROW_SECTIONS, SECTIONS
from ..services import records
from ..services.create import create_official
from .person import section_or_404


def _load(request, pk):
    return Official.objects.select_related("home").get_visible(user=request.user, perm=records.EDIT, pk=pk)


@login_required
def section_edit(request, pk, section):
    """One section of the front page of a record."""
    part = section_or_404(SECTIONS, section)
    person = _load(request, pk)
    form = SectionForm(request.POST or None, section=part, official=person)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            changed = records.change_section(
                actor=request.user, official=person, section=part, values=form.values,
                version=data["version"], reason=data["reason"],
            )  # fmt: skip
        except DomainError as error:
            return _refused(request, form, error, {"person": person, "part": part}, "officials/section_edit.html")
        _say(request, len(changed))
        return redirect("officials:person", pk)
    context = {"person": person, "part": part, "form": form}
    return render(request, "officials/section_edit.html", context, status=422 if form.errors else 200)


def _say(request, count):
    messages.success(request, _("Saved.") if count else _("Nothing was changed."))


def _refused(request, form, error, context, template):
    """What was typed stays; on a stale version the page shows the present one, so that saving again is a decision."""
    form.add_error(None, error.message)
    if error.code == "RECORD_CHANGED":
        form.data = form.data.copy()
        form.data["version"] = str(error.reasons[0].facts["version"])
    return render(
        request, template, context | {"form": form, "stale": error.code == "RECORD_CHANGED"}, status=error.status
    )


@login_required
def rows_edit(request, pk, section):
    """The rows of one information set, as a grid into which a block of a spreadsheet can be pasted."""
    part = section_or_404(ROW_SECTIONS, section)
    person = _load(request, pk)
    rows = row_set(part, person, request.POST or None)
    declared = part.none_code in person.none_declared
    form = RowActForm(
        request.POST or None, section=part, initial={"version": person.version, "declares_none": declared}
    )
    context = {"person": person, "part": part, "rows": rows, "form": form, "label_lists": label_lists(part)}
    if request.method == "POST" and all([rows.is_valid(), form.is_valid()]):
        data = form.cleaned_data
        try:
            counts = records.replace_rows(
                actor=request.user, official=person, section=part, rows=rows.rows, version=data["version"],
                reason=data["reason"], declares_none=data.get("declares_none", False),
            )  # fmt: skip
        except DomainError as error:
            return _refused(request, form, error, context, "officials/rows_edit.html")
        _say(request, sum(counts.values()) or declared != data.get("declares_none", declared))
        return redirect("officials:person", pk)
    failed = request.method == "POST"
    return render(request, "officials/rows_edit.html", context, status=422 if failed else 200)


def label_lists(part) -> dict[str, list[str]]:
    """Labels offered in the grid, each table once."""
    fields = RowForm(section=part).fields.values()
    return {field.table: field.labels for field in fields if isinstance(field, LabelField)}


@login_required
@permission_required(records.EDIT, raise_exception=True)
def person_create(request):
    """Enter a person by hand."""
    form = CreateForm(request.POST or None, user=request.user, perm=records.EDIT)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.section_fields}
        try:
            person = create_official(
                actor=request.user, organization=form.cleaned_data["organization"],
                id_number=form.cleaned_data["id_number"], values=values,
            )  # fmt: skip
        except DomainError as error:
            for reason in error.reasons:
                form.add_error(reason.facts.get("field"), reason.text)
            if not error.reasons:
                form.add_error(None, error.message)
        else:
            messages.success(request, _("Entered. Complete the record, section by section."))
            return redirect("officials:person", person.pk)
    return render(request, "officials/person_create.html", {"form": form}, status=422 if form.errors else 200)
