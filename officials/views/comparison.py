"""Two to four people side by side; a pasted list of names."""

from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import render
from django.utils import timezone

from ..forms.lists import NamesForm
from ..rules.name_lists import parse_name_list
from ..selectors.comparison import MOST, compared
from ..selectors.lists import changeable_lists
from ..selectors.pasted import answers_of
from ..selectors.roster import VIEW


@login_required
@permission_required(VIEW, raise_exception=True)
def compare(request):
    """The chosen people, at most four, in the order of the address."""
    chosen = [int(pk) for pk in request.GET.getlist("pk") if pk.isascii() and pk.isdigit() and len(pk) < 19]
    people, lines = compared(request.user, chosen[:MOST], timezone.localdate())
    return render(request, "officials/comparison.html", {"people": people, "lines": lines, "cut": len(chosen) > MOST})


@login_required
@permission_required(VIEW, raise_exception=True)
def paste(request):
    """Who is meant by a pasted list: found, to be chosen, not found."""
    form, context = NamesForm(request.POST or None), {}
    if request.method == "POST" and form.is_valid():
        parsed = parse_name_list(form.cleaned_data["names"].replace("\0", ""))
        answers = answers_of(request.user, parsed, timezone.localdate())
        context = {"answers": answers, "parsed": parsed, "lists": changeable_lists(request.user)}
        context["found"] = sum(answer.is_found for answer in answers)
        context["several"] = sum(answer.is_ambiguous for answer in answers)
        context["missing"] = len(answers) - context["found"] - context["several"]
    status = 422 if form.errors else 200
    return render(request, "officials/paste.html", {"form": form, **context}, status=status)
