"""Lists of people (名单): keeping, filling, joining, sharing them. Who may read or change one is asked of `SavedListQuerySet`."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.roles import ROLES
from foundation.audit.services.entries import record
from foundation.common.results import DomainError
from foundation.common.scoping import require

from ..choices import ListKind
from ..models import Official, SavedList, SavedListMember, SavedListShare
from ..rules.questions import Question

VIEW, SHARE = "officials.view_official", "officials.share_savedlist"
MOST_PEOPLE = 5000
OPERATIONS = ("union", "intersect", "minus")


@transaction.atomic
def create_list(
    *, actor, name: str, folder: str = "", note: str = "", question: Question | None = None, people=()
) -> SavedList:
    """A new list: live with a question, else fixed with people in the given order. Raises DomainError, PermissionDenied."""
    unit = actor.organization
    if unit is None:
        raise DomainError("LIST_UNIT", _("Your account has no home unit; a list belongs to a unit."))
    require(actor, VIEW, unit.path)
    name = name.strip()
    if not name:
        raise DomainError("LIST_NAME", _("Give the list a name."), status=400)
    kind = ListKind.FIXED if question is None else ListKind.LIVE
    asked = question.as_json() if question else {}
    new = SavedList(
        owner=actor, organization=unit, name=name, folder=folder.strip(), kind=kind, note=note, question=asked
    )
    _save(new)
    added = _append(new, _visible(actor, people)) if question is None else 0
    _record(actor, "officials.list.created", new, people=added)
    return new


@transaction.atomic
def append(saved: SavedList, *, actor, people) -> int:
    """Put people at the end of a fixed list (追加), those inside the actor's scope and not on it yet. Returns how many."""
    saved = _locked(saved)
    added = _append(saved, _visible(actor, people))
    _record(actor, "officials.list.appended", saved, people=added)
    return added


@transaction.atomic
def remove(saved: SavedList, *, actor, people) -> int:
    """Take people off a fixed list. Returns how many."""
    saved = _locked(saved)
    gone, _each = SavedListMember.objects.filter(saved_list=saved, official__in=people).delete()
    _record(actor, "officials.list.removed", saved, people=gone)
    return gone


@transaction.atomic
def move(saved: SavedList, *, actor, person: int, place: int) -> None:
    """Put a person at a place of a fixed list, counted from 1; the others close up."""
    saved = _locked(saved)
    order = list(saved.members.order_by("position", "pk").values_list("official_id", flat=True))
    if person not in order:
        raise DomainError("LIST_MEMBER", _("This person is no longer on the list."))
    order.remove(person)
    order.insert(max(0, place - 1), person)
    _renumber(saved, order)
    _record(actor, "officials.list.ordered", saved, people=len(order))


@transaction.atomic
def combine(*, actor, operation: str, first, second, name: str, folder: str = "") -> SavedList:
    """A new fixed list out of the people of two: together, those in both, or those of the first not in the second.

    The order is that of the first, then of the second. Raises DomainError.
    """
    if operation not in OPERATIONS:
        raise DomainError("LIST_OPERATION", _("Choose how the lists are joined."), status=400)
    first, second = list(first), list(second)
    wanted = {
        "union": lambda: first + second,
        "intersect": lambda: [pk for pk in first if pk in set(second)],
        "minus": lambda: [pk for pk in first if pk not in set(second)],
    }[operation]()
    return create_list(actor=actor, name=name, folder=folder, people=wanted)


@transaction.atomic
def change_list(saved: SavedList, *, actor, name: str, folder: str, note: str, expected_version: int) -> SavedList:
    """Name, folder and note of a list. Raises DomainError when somebody changed it in between."""
    saved = SavedList.objects.select_for_update().get(pk=saved.pk)
    if saved.version != expected_version:
        raise DomainError(
            "LIST_CHANGED", _("Somebody changed this list in the meantime. Look at it again, then repeat your change.")
        )
    saved.name, saved.folder, saved.note, saved.version = name.strip(), folder.strip(), note, saved.version + 1
    _save(saved)
    _record(actor, "officials.list.changed", saved)
    return saved


@transaction.atomic
def share(saved: SavedList, *, actor, role: str, may_change: bool = False) -> None:
    """Let everybody who holds a role at the list's unit read it, or also change it. Raises DomainError, PermissionDenied."""
    require(actor, SHARE, saved.organization.path)
    if role not in ROLES:
        raise DomainError("LIST_ROLE", _("Choose a role to share the list with."), status=400)
    SavedListShare.objects.update_or_create(saved_list=saved, role=role, defaults={"may_change": may_change})
    _record(actor, "officials.list.shared", saved, role=role, may_change=may_change)


@transaction.atomic
def unshare(saved: SavedList, *, actor, role: str) -> None:
    """End a share."""
    require(actor, SHARE, saved.organization.path)
    SavedListShare.objects.filter(saved_list=saved, role=role).delete()
    _record(actor, "officials.list.unshared", saved, role=role)


@transaction.atomic
def trash_list(saved: SavedList, *, actor) -> None:
    """Put a list in the trash; its people stay on it."""
    SavedList.objects.filter(pk=saved.pk, trashed_at__isnull=True).update(trashed_at=timezone.now())
    _record(actor, "officials.list.trashed", saved)


@transaction.atomic
def restore_list(saved: SavedList, *, actor) -> None:
    """Take a list out of the trash. Raises DomainError while another of its name is there."""
    saved.trashed_at = None
    _save(saved)
    _record(actor, "officials.list.restored", saved)


def _save(saved):
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError as error:
        message = _("You already have a list named “%(name)s” in this folder. Choose another name.")
        raise DomainError("LIST_TWICE", message % {"name": saved.name}) from error


def _locked(saved) -> SavedList:
    saved = SavedList.objects.select_for_update().get(pk=saved.pk)
    if saved.kind != ListKind.FIXED:
        raise DomainError(
            "LIST_LIVE", _("A live list is answered by its question; people cannot be put on it by hand.")
        )
    return saved


def _visible(actor, people) -> list[int]:
    """Those of the people whom the actor may see, in the given order, each once."""
    wanted = list(dict.fromkeys(people))
    seen = set(Official.objects.visible_to(actor, VIEW).filter(pk__in=wanted).values_list("pk", flat=True))
    return [pk for pk in wanted if pk in seen]


def _append(saved, people) -> int:
    there = dict(saved.members.values_list("official_id", "position"))
    new = [pk for pk in people if pk not in there]
    if len(there) + len(new) > MOST_PEOPLE:
        message = _("A list holds at most %(most)d people. Take a smaller choice, or save the question as a live list.")
        raise DomainError("LIST_FULL", message % {"most": MOST_PEOPLE})
    last = max(there.values(), default=0)
    SavedListMember.objects.bulk_create(
        SavedListMember(saved_list=saved, official_id=pk, position=place)
        for place, pk in enumerate(new, start=last + 1)
    )
    SavedList.objects.filter(pk=saved.pk).update(version=F("version") + 1)
    return len(new)


def _renumber(saved, order):
    rows = {member.official_id: member for member in saved.members.all()}
    for position, pk in enumerate(order, start=1):
        rows[pk].position = position
    SavedListMember.objects.bulk_update(rows.values(), ["position"])
    SavedList.objects.filter(pk=saved.pk).update(version=F("version") + 1)


def _record(actor, action, saved, **data):
    record(
        actor=actor,
        action=action,
        target_kind="officials.savedlist",
        target_no=str(saved.pk),
        target_label=saved.name,
        org_path=saved.organization.path,
        data=data,
    )
