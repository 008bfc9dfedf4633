"""The part of an act on units that concerns people: posts go over or end, holders follow, homes follow."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Max, Q

from foundation.organizations.models import Organization, Post
from foundation.organizations.rules.plans import Plan

from ..models import Official, PostHolding

COPIED = ("level", "is_principal", "is_team_member", "is_sensitive", "counts_quota", "seats")


def move_posts(plan: Plan, units: dict[str, Organization], changes) -> dict[int, Post | None]:
    """End the posts of a plan and set up those in their place; returns what follows each of them.

    Posts of a closing unit that the plan does not name end with it: nobody holds them (the check of the plan says so).
    """
    old = _posts_of(plan, units)
    goals = {goal.post: goal for goal in plan.posts}
    wanted = [goal for goal in plan.posts if goal.unit]
    found = _open_posts({units[goal.unit].pk for goal in wanted} - {None})
    last = defaultdict(int)
    for (unit, _title), post in found.items():
        last[unit] = max(last[unit], post.sort)
    ended = [post for post in old.values() if post.ends_on is None or post.ends_on >= plan.effective_on]
    changes.change_all(ended, [{"ends_on": plan.effective_on - timedelta(days=1)}] * len(ended))
    fresh = {}
    for goal in wanted:
        unit = units[goal.unit]
        key = unit.pk, goal.title
        if (key not in found or found[key].pk in old) and key not in fresh:
            last[unit.pk] += 1
            copied = {name: getattr(old[goal.post], name) for name in COPIED}
            fresh[key] = Post(
                organization=unit, title=goal.title, sort=last[unit.pk], starts_on=plan.effective_on, **copied
            )
    changes.create_all(list(fresh.values()))
    found |= fresh
    return {
        key: found[units[goals[key].unit].pk, goals[key].title] if key in goals and goals[key].unit else None
        for key in old
    }


def _posts_of(plan, units) -> dict[int, Post]:
    """The posts that the plan names, and the open ones of units that close (locked)."""
    closing = [units[code].pk for code in plan.closes]
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=plan.effective_on)
    named = Q(pk__in=[goal.post for goal in plan.posts]) | (Q(organization__in=closing) & still)
    return {post.pk: post for post in Post.objects.system().filter(named).order_by("pk").select_for_update()}


def _open_posts(units) -> dict:
    rows = Post.objects.system().filter(organization__in=units, ends_on__isnull=True)
    return {(post.organization_id, post.title): post for post in rows}


def move_holders(plan: Plan, followed: dict[int, Post | None], changes) -> dict[int, Post]:
    """Spells in ended posts end the day before the act; where a post follows, a spell in it begins on the day of the act.

    A spell that began on that day or later goes over as a whole. Returns the new main posts by person.
    """
    first = plan.effective_on
    held = list(
        PostHolding.objects.system()
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first), post__in=followed)
        .order_by("pk")
        .select_for_update()
    )
    later = [spell for spell in held if spell.starts_on >= first and followed[spell.post_id]]
    going = [spell for spell in held if spell.starts_on < first]
    fresh, mains, known = [], {}, set()
    for spell in held:
        goal = followed[spell.post_id]
        if goal is not None and spell.is_main:
            mains[spell.official_id] = goal
        if goal is not None and spell in going and (spell.official_id, goal.pk) not in known:
            known.add((spell.official_id, goal.pk))
            fresh.append(
                PostHolding(
                    official_id=spell.official_id,
                    post=goal,
                    is_main=spell.is_main,
                    starts_on=first,
                    ends_on=spell.ends_on,
                    document_no=plan.document_no[:80],
                )
            )
    changes.change_all(later, [{"post": followed[spell.post_id]} for spell in later])
    changes.change_all(going, [{"ends_on": first - timedelta(days=1)}] * len(going))
    changes.create_all(fresh)
    return mains


def move_homes(plan: Plan, units: dict[str, Organization], mains: dict[int, Post], changes) -> None:
    """People go to the unit of their new main post; those named go where the plan says; the rest of a closing unit follows.

    Who left the county stays with the unit that they left from.
    """
    wanted = {person: post.organization for person, post in mains.items()}
    wanted |= {person: units[code] for person, code in plan.homes}
    closing = [units[code].pk for code in plan.closes]
    rows = Official.objects.system().filter(Q(pk__in=wanted) | Q(home__in=closing, left_note="")).order_by("pk")
    people = list(rows.select_for_update(of=("self",)))
    goals = [wanted.get(person.pk) or units.get(plan.rest) for person in people]
    going = [(person, goal) for person, goal in zip(people, goals, strict=True) if goal is not None]
    changes.change_all([person for person, _goal in going], [{"home": goal} for _person, goal in going])


def last_rank(unit: Organization) -> int:
    """The last place in the manual order of a unit's posts."""
    return Post.objects.system().filter(organization=unit).aggregate(last=Max("sort"))["last"] or 0
