"""Pages of a unit: its team on a day, its numbers, its posts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.common.results import DomainError
from foundation.common.scoping import scope_of
from foundation.organizations.models import Organization, Post
from foundation.organizations.services.numbers import describe_unit, order_units, set_numbers

from ..forms.units import AbolishForm, DayForm, DescribeForm, NewPostForm, NumbersForm, PostForm
from ..selectors.quotas import NAMES, VIEW
from ..selectors.reach import PERMISSION
from ..selectors.teams import team_on
from ..selectors.units import unit_page
from ..services.unit_posts import CHANGED, abolish_post, add_post, change_post, order_posts

NAMED = "officials.view_official"


def load_unit(request, code, perm=VIEW) -> Organization:
    """The unit inside of the reader's scope."""
    query = Organization.objects.select_related("parent", "jurisdiction")
    return query.get_visible(user=request.user, perm=perm, code=code)


def complain(form, error: DomainError):
    """Put what a service refused into the form's summary."""
    for reason in error.reasons:
        form.add_error(None, reason.text)
    if not error.reasons:
        form.add_error(None, error.message)


@login_required
def unit(request, code):
    """One unit on a day (`?on=`): team, numbers, history, what stands around it."""
    found, form = load_unit(request, code), DayForm(request.GET)
    day = form.day(timezone.localdate())
    sees_names = scope_of(request.user, NAMED).covers(found.path)
    may = scope_of(request.user, PERMISSION).covers(found.path) and not found.ends_on
    context = {"unit": found, "form": form, "day": day, "sees_names": sees_names, "may": may}
    return render(request, "organizations/unit.html", context | unit_page(found, request.user, day))


@login_required
def numbers(request, code):
    """Approved numbers of a unit: enter those of a day."""
    found = load_unit(request, code, PERMISSION)
    last = found.approved_numbers.order_by("-starts_on").values(*NAMES).first()
    initial = last or {"leaders": found.leader_quota, "staffing": found.staffing}
    form = NumbersForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            set_numbers(actor=request.user, unit=found, **form.cleaned_data)
        except DomainError as error:
            complain(form, error)
        else:
            messages.success(request, _("The approved numbers are entered."))
            return redirect("organizations:unit", code)
    describe = DescribeForm(initial={"level": found.level, "nature": found.nature})
    context = {"unit": found, "form": form, "describe": describe}
    return render(request, "organizations/numbers.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def describe(request, code):
    """Level and type of a unit."""
    found, form = load_unit(request, code, PERMISSION), DescribeForm(request.POST)
    if form.is_valid():
        describe_unit(actor=request.user, unit=found, **form.cleaned_data)
        messages.success(request, _("Level and type are set."))
    else:
        messages.error(request, _("Choose a level and a type of the lists."))
    return redirect("organizations:unit-numbers", code)


def _places(request) -> list[str]:
    """Keys in the order of the numbers typed beside them; those without a number behind."""
    keys = request.POST.getlist("key")
    typed = [request.POST.get(f"place_{key}", "") for key in keys]
    ranks = [int(text) if text.isascii() and text.isdigit() else 10**9 for text in typed]
    return [key for _rank, _place, key in sorted(zip(ranks, range(len(keys)), keys, strict=True))]


@login_required
def posts(request, code):
    """Posts of a unit: their order, and a new one."""
    found = load_unit(request, code, PERMISSION)
    form = NewPostForm(request.POST or None, initial={"is_team_member": True, "counts_quota": True})
    if form.is_bound and form.is_valid():
        values = form.values() | {name: form.cleaned_data[name] for name in ("starts_on", "document_no")}
        try:
            add_post(actor=request.user, unit=found, **values)
        except DomainError as error:
            complain(form, error)
        else:
            messages.success(request, _("The post is set up."))
            return redirect("organizations:unit-posts", code)
    context = {"unit": found, "form": form, "team": team_on(found, timezone.localdate())}
    return render(request, "organizations/posts.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def posts_order(request, code):
    """Put the posts of a unit in order."""
    found = load_unit(request, code, PERMISSION)
    keys = [int(key) for key in _places(request) if key.isascii() and key.isdigit()]
    try:
        order_posts(actor=request.user, unit=found, posts=keys)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The posts stand in this order now."))
    return redirect("organizations:unit-posts", code)


@login_required
def children(request, code):
    """The order of the units below one."""
    found = load_unit(request, code, PERMISSION)
    if request.method == "POST":
        try:
            order_units(actor=request.user, parent=found, codes=_places(request))
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("The units stand in this order now."))
        return redirect("organizations:unit", code)
    rows = Organization.objects.visible_to(request.user, VIEW).filter(parent=found, ends_on__isnull=True)
    return render(request, "organizations/children.html", {"unit": found, "children": rows.in_tree_order()})


def _load_post(request, code, pk) -> Post:
    rows = Post.objects.select_related("organization")
    return rows.get_visible(user=request.user, perm=PERMISSION, pk=pk, organization__code=code)


@login_required
def post(request, code, pk):
    """One post: change what it is."""
    found = _load_post(request, code, pk)
    initial = {name: getattr(found, name) for name in CHANGED}
    form = PostForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            change_post(actor=request.user, post=found, document_no=form.cleaned_data["document_no"], **form.values())
        except DomainError as error:
            complain(form, error)
        else:
            messages.success(request, _("The post is changed."))
            return redirect("organizations:unit-posts", code)
    context = {"unit": found.organization, "post": found, "form": form, "end_form": AbolishForm()}
    return render(request, "organizations/post.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def post_end(request, code, pk):
    """Abolish a post."""
    found, form = _load_post(request, code, pk), AbolishForm(request.POST)
    if form.is_valid():
        try:
            abolish_post(actor=request.user, post=found, **form.cleaned_data)
        except DomainError as error:
            complain(form, error)
        else:
            messages.success(request, _("The post is abolished."))
            return redirect("organizations:unit-posts", code)
    initial = {name: getattr(found, name) for name in CHANGED}
    context = {"unit": found.organization, "post": found, "form": PostForm(initial=initial), "end_form": form}
    return render(request, "organizations/post.html", context, status=422)
