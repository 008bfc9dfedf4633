"""Keeping the tree: paths are given here and nowhere else."""

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.results import DomainError

from ..choices import Kind
from ..models import PATH_STEP, Organization


class PathGiver:
    """Hands out paths below parents, each sibling the next number; one query per parent, so bulk imports stay flat."""

    def __init__(self):
        self._last = {}

    def below(self, parent: Organization | None) -> tuple[str, int]:
        """Path and rank of the next child of `parent` (None: a new root). Raises DomainError past 999,999 siblings."""
        prefix = parent.path if parent else ""
        if prefix not in self._last:
            width = len(prefix) + PATH_STEP
            siblings = Organization.objects.system().filter(path__startswith=prefix, path__length=width)
            last = siblings.order_by("-path").values_list("path", flat=True).first()
            self._last[prefix] = int(last[-PATH_STEP:]) if last else 0
        self._last[prefix] += 1
        rank = self._last[prefix]
        if rank >= 10**PATH_STEP:
            raise DomainError("TREE_FULL", _("A unit cannot have more than 999,999 units below it."))
        return f"{prefix}{rank:0{PATH_STEP}d}", rank


def relocate(pairs: list[tuple[str, str]]) -> int:
    """Give subtrees new paths, `(old, new)` each, in one statement; every `new` must be free. Returns units moved.

    The old paths lie beside each other (one length), so that no unit belongs to two of them. Part of acts that record.
    """
    if not pairs:
        return 0
    width = len(pairs[0][0])
    rows = ", ".join(["(%s, %s)"] * len(pairs))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE organizations_organization AS unit"  # noqa: S608 - only placeholders are put in
            " SET path = place.new || substr(unit.path, %s),"
            " sort = CASE WHEN unit.path = place.old THEN right(place.new, %s)::int ELSE unit.sort END"
            f" FROM (VALUES {rows}) AS place (old, new) WHERE left(unit.path, %s) = place.old",
            [width + 1, PATH_STEP, *(path for pair in pairs for path in pair), width],
        )
        return cursor.rowcount


@transaction.atomic
def create_jurisdiction(*, actor, code: str, name: str, short_name: str = "") -> Organization:
    """Enter a county (辖区): the root below which everything of it stands. Returns the existing one for a known code."""
    known = Organization.objects.system().filter(code=code).first()
    if known:
        if known.kind != Kind.JURISDICTION:
            raise DomainError("CODE_TAKEN", _("This code belongs to a unit that is no jurisdiction."))
        return known
    path, rank = PathGiver().below(None)
    root = Organization.objects.create(
        code=code, name=name, short_name=short_name, kind=Kind.JURISDICTION, path=path, sort=rank
    )
    record(
        actor=actor,
        action="organizations.jurisdiction.created",
        target_kind="organizations.organization",
        target_no=code,
        target_label=name,
        org_path=path,
    )
    return root
