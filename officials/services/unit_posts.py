"""Posts of a unit: set up, change, abolish, put in order. Each act is recorded with its document."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require
from foundation.organizations.models import Organization, Post

from ..models import PostHolding
from .people_follow import last_rank
from .reorganise import PERMISSION

CHANGED = ("title", "level", "is_principal", "is_team_member", "is_sensitive", "counts_quota", "seats")


def _refuse(code: str, text: str):
    raise DomainError(code, text, [Reason(code, text=text)])


def _note(actor, action, post, unit, document_no, data):
    record(
        actor=actor,
        action=action,
        target_kind="organizations.post",
        target_no=str(post.pk),
        target_label=f"{unit} {post.title}",
        org_path=unit.path,
        basis=document_no,
        data=data,
    )


def _free_title(unit, title, own=None):
    taken = Post.objects.system().filter(organization=unit, title=title, ends_on__isnull=True).exclude(pk=own)
    if taken.exists():
        _refuse("TITLE_TAKEN", _("The unit has a post “%(title)s” already.") % {"title": title})


@transaction.atomic
def add_post(*, actor, unit: Organization, starts_on: date, document_no: str = "", **values) -> Post:
    """Set up a post (设岗) behind the others; a title that was abolished before makes a new post."""
    require(actor, PERMISSION, unit.path)
    unit = Organization.objects.system().select_for_update().get(pk=unit.pk)
    if unit.ends_on:
        _refuse("UNIT_CLOSED", _("%(unit)s is closed already.") % {"unit": unit.name})
    _free_title(unit, values["title"])
    post = Post.objects.create(organization=unit, sort=last_rank(unit) + 1, starts_on=starts_on, **values)
    _note(actor, "organizations.post.added", post, unit, document_no, {"starts_on": starts_on, **values})
    return post


@transaction.atomic
def change_post(*, actor, post: Post, document_no: str = "", **values) -> Post:
    """Rename a post or change what it is; its holders stay. Records what it was before."""
    post = Post.objects.system().select_for_update(of=("self",)).select_related("organization").get(pk=post.pk)
    require(actor, PERMISSION, post.organization.path)
    if post.ends_on:
        _refuse("POST_ENDED", _("The post was abolished; it stays as it was."))
    _free_title(post.organization, values.get("title", post.title), post.pk)
    before = {name: getattr(post, name) for name in CHANGED}
    for name, value in values.items():
        setattr(post, name, value)
    post.save(update_fields=list(values))
    changed = {name: [before[name], values[name]] for name in values if values[name] != before[name]}
    _note(actor, "organizations.post.changed", post, post.organization, document_no, {"changed": changed})
    return post


@transaction.atomic
def abolish_post(*, actor, post: Post, effective_on: date, document_no: str) -> Post:
    """Abolish a post (撤岗) from a day on. Refused while somebody holds it on that day or later."""
    post = Post.objects.system().select_for_update(of=("self",)).select_related("organization").get(pk=post.pk)
    require(actor, PERMISSION, post.organization.path)
    if post.ends_on:
        _refuse("POST_ENDED", _("The post was abolished; it stays as it was."))
    held = PostHolding.objects.system().filter(Q(ends_on__isnull=True) | Q(ends_on__gte=effective_on), post=post)
    names = list(held.order_by("starts_on").values_list("official__name", flat=True))
    if names:
        _refuse(
            "POST_HELD",
            _("%(people)s still hold this post on that day. Remove them from it first.") % {"people": "、".join(names)},
        )
    if post.starts_on and effective_on <= post.starts_on:
        _refuse("POST_BEGINS_LATER", _("The post was set up on that day or later."))
    post.ends_on = effective_on - timedelta(days=1)
    post.save(update_fields=["ends_on"])
    _note(actor, "organizations.post.abolished", post, post.organization, document_no, {"effective_on": effective_on})
    return post


@transaction.atomic
def order_posts(*, actor, unit: Organization, posts: list[int]) -> None:
    """Put the posts of a unit into this order; posts not named keep theirs behind them."""
    require(actor, PERMISSION, unit.path)
    rows = {post.pk: post for post in Post.objects.system().filter(organization=unit).order_by("sort", "pk")}
    if set(posts) - set(rows):
        _refuse("POST_GONE", _("A post of this list does not belong to the unit. Load the page anew."))
    order = [*dict.fromkeys(posts), *(key for key in rows if key not in posts)]
    for rank, key in enumerate(order, start=1):
        rows[key].sort = rank
    Post.objects.bulk_update(rows.values(), ["sort"])
    record(
        actor=actor,
        action="organizations.posts.ordered",
        target_kind="organizations.organization",
        target_no=unit.code,
        target_label=unit.name,
        org_path=unit.path,
        data={"order": order},
    )
