"""Conflicts of avoidance follow the facts: what is found opens a case, what is found no more ends it with its reason.

The same pair and the same test are one case as long as they conflict, whoever recorded the relation and however often it is
computed; a decision or an exception stays until the facts change.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.casework.followers import add_follower
from foundation.casework.services.engine import note, open_case, perform
from foundation.common.actors import SystemActor
from foundation.common.scoping import scope_of
from foundation.organizations.models import Organization
from officials.models import Official

from ..models import RelationConflict
from ..selectors.conflict_facts import Found, find_facts
from ..selectors.held_posts import posts_now
from ..workflows import CONFLICT
from ..workflows.avoidance import DECIDED, FOUND, RESOLVE, STANDING
from .tool_cases import next_case_no


@transaction.atomic
def follow_conflicts(*, actor, day: date, county: Organization | None = None, person: int | None = None) -> dict:
    """Bring the cases of a county (of all) to the facts of a day; with `person`, only those about that person.

    Idempotent. Returns how many were opened, refreshed and ended; one audit entry when any was.
    """
    done = {"opened": 0, "refreshed": 0, "ended": 0}
    counties = Organization.objects.system().filter(parent__isnull=True)
    for root in counties.filter(pk=county.pk) if county else counties.order_by("pk"):
        # two at once would both open what is new: the second waits here, then finds the first one's cases
        Organization.objects.system().select_for_update(of=("self",), no_key=True).get(pk=root.pk)
        _follow(root, day, person, actor, done)
    if any(done.values()):
        record(
            actor=actor,
            action="supervision.conflicts.followed",
            target_kind=CONFLICT.kind,
            target_no=day.isoformat(),
            data={"person": person, **done},
        )
    return done


def _follow(root, day, person, actor, done):
    found = {fact.key: fact for fact in find_facts(day, root) if person is None or person in fact.people}
    cases = RelationConflict.objects.system().filter(status__in=STANDING, organization__path__startswith=root.path)
    known = {}
    for case in cases.select_related("organization", "official", "other").order_by("pk"):
        if person is None or person in (case.official_id, case.other_id):
            known[case.rule_id, frozenset({case.official_id, case.other_id} - {None})] = case
    for key, fact in found.items():
        if key not in known:
            done["opened"] += _open(fact, day, actor)
        elif known[key].facts != fact.facts or known[key].relation != fact.relation:
            _refresh(known[key], fact, actor)
            done["refreshed"] += 1
    for key, case in known.items():
        if key not in found:
            step = "end" if case.status == DECIDED else "vanish"
            perform(case, step, actor=actor, reason=why_ended(case, day))
            done["ended"] += 1


def _open(fact: Found, day: date, actor) -> int:
    person = Official.objects.system().select_related("home__jurisdiction").get(pk=fact.official)
    if person.home is None:
        return 0
    case = RelationConflict(
        case_no=next_case_no(RelationConflict, person.home, day),
        status=FOUND,
        organization=person.home,
        opened_on=day,
        rule_id=fact.test,
        official=person,
        other_id=fact.other,
        relation=fact.relation,
        facts=fact.facts,
    )
    open_case(case, actor=actor, data={"official": person.pk, "other": fact.other})
    return 1


def _refresh(case, fact: Found, actor):
    before = case.facts
    case.facts, case.relation = fact.facts, fact.relation
    case.save(update_fields=["facts", "relation"])
    note(case, actor=actor, action="refreshed", data={"before": before})


def why_ended(case, day: date) -> str:
    """The reason that the record keeps of a conflict whose facts are gone, by what is different now."""
    people = [one for one in (case.official, case.other) if one is not None]
    for one in people:
        if one.trashed_at:
            return _("The record of %(name)s is in the trash.") % {"name": one.name}
        if one.status != "1" or one.left_note:
            return _("%(name)s is no longer in post.") % {"name": one.name}
    before = {post["person"]: post["words"] for post in case.facts.get("posts", ())}
    now = {pk: "；".join(words) for pk, words in posts_now([one.pk for one in people], day).items()}
    for one in people:
        if one.pk in before and before[one.pk] != now.get(one.pk, ""):
            told = {"name": one.name, "before": before[one.pk], "after": now.get(one.pk) or "—"}
            return _("%(name)s has another post: before %(before)s, now %(after)s.") % told
    return _("The family records no longer state the relation, or the posts no longer lead one another.")


@add_follower
def follow_changed_record(person: int, day: date):
    """After a change of a person's record: the conflicts that this person has part in."""
    follow_conflicts(actor=SystemActor("sweep"), day=day, person=person)


def compute_anew(*, actor) -> dict:
    """The same on request, for the counties where the actor resolves conflicts. Raises PermissionDenied where there is none."""
    scope = scope_of(actor, RESOLVE)
    counties = [one for one in Organization.objects.system().filter(parent__isnull=True) if scope.covers(one.path)]
    if not counties:
        raise PermissionDenied(RESOLVE)
    done = {"opened": 0, "refreshed": 0, "ended": 0}
    for county in counties:
        for name, number in follow_conflicts(actor=actor, day=timezone.localdate(), county=county).items():
            done[name] += number
    return done
