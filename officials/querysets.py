"""How people and the posts they held are looked up."""

from django.db.models import Q

from foundation.common.scoping import ScopedQuerySet


def shut_files(official_model, user) -> frozenset[int]:
    """Files that stay shut for a user whose person is known: the own one and those of kin.

    Kin are told by identity number, or by name and month of birth, in the user's own family list and in everybody
    else's. Kept on the user for the request (at most 3 queries; none for accounts whose holder is not known).
    """
    key = getattr(user, "person_key", "")
    if not key or user.has_perm("officials.view_own_file"):
        return frozenset()
    if "_shut_files" not in vars(user):
        vars(user)["_shut_files"] = _shut(official_model, key)
    return vars(user)["_shut_files"]


def _shut(official_model, key) -> frozenset[int]:
    own = official_model.objects.filter(id_hash=key).first()
    member = official_model._meta.get_field("familymember_rows").related_model
    named_here = Q(id_hash=key) | (Q(name=own.name) if own else Q(pk__in=[]))
    found = {own.pk} if own else set()
    for other in member.objects.filter(named_here):
        if other.id_hash == key or (own.birth_on and other.birth_month == f"{own.birth_on:%Y%m}"):
            found.add(other.official_id)
    kin = list(member.objects.filter(official=own)) if own else []
    months = {(one.name, one.birth_month) for one in kin if one.birth_month}
    numbers = {one.id_hash for one in kin if one.id_hash}
    if kin:
        for other in official_model.objects.filter(Q(name__in=[n for n, _m in months]) | Q(id_hash__in=numbers)):
            born = f"{other.birth_on:%Y%m}" if other.birth_on else ""
            if other.id_hash in numbers or (other.name, born) in months:
                found.add(other.pk)
    return frozenset(found)


class OfficialQuerySet(ScopedQuerySet):
    """People; their scope is the unit of their current main post, of which each carries the path."""

    org_path = "org_path"

    def visible_to(self, user, perm):
        """People inside the user's scope, without the user's own file and those of kin (任用条例 回避)."""
        shut = shut_files(self.model, user)
        found = super().visible_to(user, perm)
        return found.exclude(pk__in=shut) if shut else found

    def kept(self):
        """People whose record is not in the trash."""
        return self.filter(trashed_at__isnull=True)

    def serving(self):
        """People in post (现职)."""
        return self.kept().filter(status="1", left_note="")

    def below(self, path: str):
        """People of a unit and of everything under it, by the unit's path."""
        return self.filter(org_path__startswith=path)

    def in_team_order(self):
        """By unit, then by rank of post inside it; the name only settles what that leaves open (集体内排序)."""
        return self.order_by("org_path", "team_order", "sort_key", "pk")


class OfficialSetQuerySet(ScopedQuerySet):
    """Rows of an information set; they are seen with their person."""

    org_path = "official__org_path"

    def visible_to(self, user, perm):
        """Rows of people whose files are open to the user."""
        shut = shut_files(self.model._meta.get_field("official").related_model, user)
        found = super().visible_to(user, perm)
        return found.exclude(official__in=shut) if shut else found


class RestrictionQuerySet(OfficialSetQuerySet):
    """What stands against people; seen with their person."""

    def standing(self):
        """Not lifted."""
        return self.filter(lifted_on__isnull=True)

    def on_date(self, day):
        """Standing on a day: not lifted by then, begun, not over."""
        kept = Q(lifted_on__isnull=True) | Q(lifted_on__gt=day)
        return self.filter(kept, starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def of_decision(self, kind: str, number: str):
        """Rows that one decision of a room above has made."""
        return self.filter(source_kind=kind, source_no=number)


class HoldingQuerySet(ScopedQuerySet):
    """Posts held with dates."""

    org_path = "post__organization__path"

    def during(self, first, last):
        """Holdings that touch a period; both days belong to it."""
        return self.filter(starts_on__lte=last).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first))

    def on_date(self, day):
        """Holdings on a day."""
        return self.during(day, day)

    def of_principal_posts(self):
        """Held posts of principal leaders (主要领导)."""
        return self.filter(post__is_principal=True)


class SavedListQuerySet(ScopedQuerySet):
    """Lists of people: their owner's, and shared with roles at the list's unit. Auditors see those of their scope."""

    org_path = "organization__path"

    def visible_to(self, user, perm):
        """Lists that the user may read, given that the user sees people at all; with the audit's permission, by unit."""
        if perm == "officials.view_savedlist" or getattr(user, "is_system", False):
            return super().visible_to(user, perm)
        return self._reached(user) if user.has_perm(perm) else self.none()

    def changeable_by(self, user):
        """Lists that the user may change: own ones, and those shared for changing."""
        return self._reached(user, may_change=True)

    def kept(self):
        """Lists that are not in the trash."""
        return self.filter(trashed_at__isnull=True)

    def _reached(self, user, **wanted):
        shares = self.model._meta.get_field("shares").related_model.objects.filter(**wanted)
        found = Q(owner_id=user.pk)
        for grant in user.active_grants():
            shared = Q(pk__in=shares.filter(role=grant.role.code).values("saved_list"))
            if grant.organization is None:
                found |= shared
            elif grant.include_subtree:
                found |= shared & Q(organization__path__startswith=grant.organization.path)
            else:
                found |= shared & Q(organization__path=grant.organization.path)
        return self.filter(found)


def held_on(day, relation: str) -> Q:
    """Condition on joined holdings: those of a day."""
    ends = Q(**{f"{relation}__ends_on__isnull": True}) | Q(**{f"{relation}__ends_on__gte": day})
    return Q(**{f"{relation}__starts_on__lte": day}) & ends


class CorrectionQuerySet(ScopedQuerySet):
    """Corrections; the unit is that of the person when it was asked."""
