"""Visibility by organization subtree: permission says *what*, a grant on a tree node says *where*.

A `Scope` is a set of path prefixes. Every scoped queryset names the column that holds the owning unit's path in
`org_path`; views use `visible_to` for lists and `get_visible` to load and authorise in one call. Default is deny.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import Http404


@dataclass(frozen=True)
class Scope:
    """Where a user holds one permission: everywhere, below some nodes (`paths`), or exactly at some (`exact`)."""

    everything: bool = False
    paths: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()

    def __bool__(self):
        return self.everything or bool(self.paths or self.exact)

    def covers(self, path: str) -> bool:
        """Does the scope hold the unit with this path?"""
        return self.everything or path in self.exact or any(path.startswith(prefix) for prefix in self.paths)

    def as_q(self, column: str) -> Q:
        """The scope as one filter on a path column (one `Q`, so that joined filters cannot be evaded)."""
        if self.everything:
            return Q()
        found = Q(pk__in=[])
        if self.exact:
            found |= Q(**{f"{column}__in": self.exact})
        for prefix in self.paths:
            found |= Q(**{f"{column}__startswith": prefix})
        return found


NOWHERE = Scope()


@dataclass(frozen=True)
class Rights:
    """What a user may do where today, as a value: two with equal rights build the same queries."""

    pk: int
    held: frozenset[tuple[str, Scope]]
    person_key: str = ""  # whose own file stays shut

    @classmethod
    def of(cls, user) -> "Rights":
        """The user's present rights."""
        held = frozenset((perm, user.scope_for(perm)) for perm in user.get_all_permissions())
        return cls(user.pk, held, getattr(user, "person_key", ""))

    def has_perm(self, perm: str) -> bool:
        """Is the permission held anywhere?"""
        return perm in self.get_all_permissions()

    def get_all_permissions(self) -> set[str]:
        """Every permission held somewhere."""
        return {perm for perm, _scope in self.held}

    def scope_for(self, perm: str) -> Scope:
        """Where the permission is held."""
        return next((scope for held, scope in self.held if held == perm), NOWHERE)


def scope_of(actor, perm: str) -> Scope:
    """The actor's scope for a permission; system actors act everywhere, anonymous users nowhere."""
    if getattr(actor, "is_system", False):
        return Scope(everything=True)
    finder = getattr(actor, "scope_for", None)
    return finder(perm) if finder else NOWHERE


def require(actor, perm: str, path: str) -> None:
    """The actor must hold `perm` for the unit with this path: the check of a service, whoever called it.

    Raises PermissionDenied; an act on a county is refused to who holds the permission at a unit of it only.
    """
    if not scope_of(actor, perm).covers(path):
        raise PermissionDenied(perm)


class ScopedQuerySet(models.QuerySet):
    """Base of querysets whose rows belong to a unit."""

    org_path = "organization__path"

    def visible_to(self, user, perm: str):
        """Rows inside the user's scope for `perm`."""
        scope = scope_of(user, perm)
        if scope.everything:
            return self
        return self.filter(scope.as_q(self.org_path)) if scope else self.none()

    def get_visible(self, *, user, perm: str, **lookup):
        """Load one row and authorise it in one call.

        Raises PermissionDenied when the user holds the permission nowhere, Http404 when the row does not exist or
        lies outside the scope (the two must look alike).
        """
        if not scope_of(user, perm):
            raise PermissionDenied(perm)
        found = self.visible_to(user, perm).filter(**lookup).first()
        if found is None:
            raise Http404
        return found

    def system(self):
        """Every row, said out loud: for services and commands that act for nobody's screen."""
        return self
