"""Whether an act on units can be done: everything that stands against it, at once, in words."""

from collections import defaultdict

from django.db.models import Q
from django.utils.translation import gettext as _

from foundation.casework.registry import kinds
from foundation.common.results import Reason
from foundation.organizations.choices import Kind
from foundation.organizations.models import PATH_STEP, Organization, Post
from foundation.organizations.rules.plans import Plan

from ..models import Official, PostHolding

LONGEST_PATH = Organization._meta.get_field("path").max_length
SHOWN = 8  # people or units named in one reason


def refusals(plan: Plan, units: dict[str, Organization], today) -> list[Reason]:
    """Every reason against a plan. `units` holds those it names, by code."""
    found = [*_of_days(plan, units, today), *_of_founding(plan, units), *_of_names(plan, units)]
    found += [*_of_moves(plan, units), *_of_posts(plan, units)]
    if plan.closes and not found:
        found += [*_of_children(plan, units), *_of_people(plan, units), *_of_cases(plan, units)]
    return found


def _reason(code: str, text: str) -> Reason:
    return Reason(code, text=text)


def _listed(names) -> str:
    names = [str(name) for name in names]
    shown = "、".join(names[:SHOWN])
    return shown if len(names) <= SHOWN else _("%(names)s and %(n)d more") % {"names": shown, "n": len(names) - SHOWN}


def _of_days(plan, units, today):
    if plan.effective_on > today:
        yield _reason(
            "ACT_IN_FUTURE",
            _("The act takes effect on %(day)s. Enter it on that day or later: the tree shows what holds today.")
            % {"day": plan.effective_on.isoformat()},
        )
    if not plan.document_no.strip():
        yield _reason("ACT_WITHOUT_DOCUMENT", _("Name the document by which it was decided."))
    for code in sorted(plan.codes() & units.keys()):
        unit = units[code]
        if unit.kind == Kind.JURISDICTION and code in plan.closes:
            yield _reason("ROOT_STAYS", _("A jurisdiction is not closed or merged by an act on units."))
        elif unit.ends_on:
            yield _reason("UNIT_CLOSED", _("%(unit)s is closed already.") % {"unit": unit.name})
        elif unit.starts_on and unit.starts_on >= plan.effective_on and code in plan.closes:
            yield _reason(
                "BEFORE_FOUNDING",
                _("%(unit)s was founded on %(day)s; it cannot close on or before that day.")
                % {"unit": unit.name, "day": unit.starts_on.isoformat()},
            )


def _of_founding(plan, units):
    wanted = [new.code for new in plan.founds]
    for code in sorted({code for code in wanted if wanted.count(code) > 1}):
        yield _reason("CODE_TWICE", _("Two new units bear the code %(code)s.") % {"code": code})
    taken = Organization.objects.system().filter(code__in=wanted).values_list("code", flat=True)
    for code in taken:
        yield _reason("CODE_TAKEN", _("The code %(code)s belongs to another unit.") % {"code": code})
    for new in plan.founds:
        if new.kind == Kind.JURISDICTION:
            yield _reason("NO_NEW_ROOT", _("A jurisdiction is not founded by an act on units."))
        if new.parent in units and len(units[new.parent].path) + PATH_STEP > LONGEST_PATH:
            yield _reason("TREE_TOO_DEEP", _("The tree has no room for units this deep."))
        if new.parent in plan.closes:
            yield _reason("PARENT_CLOSES", _("%(unit)s would stand below a unit that closes.") % {"unit": new.name})


def _of_names(plan, units):
    for code, name, short_name in plan.names:
        if (units[code].name, units[code].short_name) == (name, short_name):
            yield _reason("SAME_NAME", _("%(unit)s bears this name already.") % {"unit": name})
    bears = [(units[code].parent_id, name, units[code].pk) for code, name, _short in plan.names]
    bears += [(units[new.parent].pk, new.name, None) for new in plan.founds if new.parent in units]
    for parent, name, own in bears:
        rows = Organization.objects.system().filter(parent=parent, name=name, ends_on__isnull=True)
        if rows.exclude(pk=own).exclude(code__in=plan.closes).exists():
            yield _reason("NAME_TAKEN", _("Another unit beside it is called %(name)s.") % {"name": name})


def _of_moves(plan, units):
    fresh = {new.code for new in plan.founds}
    for code, parent_code in plan.moves:
        unit = units[code]
        if unit.kind == Kind.JURISDICTION:
            yield _reason("ROOT_STAYS", _("A jurisdiction cannot be moved."))
        if parent_code in plan.closes:
            yield _reason("PARENT_CLOSES", _("%(unit)s would stand below a unit that closes.") % {"unit": unit.name})
        if parent_code in fresh:
            continue
        parent = units[parent_code]
        if parent.path.startswith(unit.path):
            yield _reason(
                "INTO_ITSELF", _("%(unit)s cannot stand below itself or a unit below it.") % {"unit": unit.name}
            )
        if parent.root_id != unit.root_id:
            yield _reason("OTHER_COUNTY", _("%(unit)s cannot be moved into another county.") % {"unit": unit.name})
        if parent.pk == unit.parent_id and plan.kind == "move":
            yield _reason(
                "THERE_ALREADY", _("%(unit)s stands below %(parent)s already.") % {"unit": unit.name, "parent": parent}
            )


def _of_posts(plan, units):
    """Posts exist, spells are not cut before they begin, and nobody stands twice in one post."""
    posts = {post.pk: post for post in Post.objects.system().filter(pk__in=[goal.post for goal in plan.posts])}
    lost = [goal for goal in plan.posts if goal.post not in posts]
    if lost:
        yield _reason("POST_GONE", _("A post of this act does not exist any more. Load the page anew."))
    titles = [goal for goal in plan.posts if goal.unit and not goal.title.strip()]
    if titles:
        yield _reason("POST_WITHOUT_TITLE", _("A post that goes over needs a title."))
    ends = {goal.post for goal in plan.posts if not goal.unit}
    closing = [units[code].pk for code in plan.closes if code in units]
    unnamed = Q(post__organization__in=closing) & ~Q(post__in=posts)
    spells = PostHolding.objects.system().filter(Q(ends_on__isnull=True) | Q(ends_on__gte=plan.effective_on))
    held = list(spells.filter(unnamed).select_related("official", "post__organization").order_by("pk"))
    if held:
        yield _reason(
            "POSTS_HELD",
            _("These people still hold posts of a unit that closes; say where each post goes: %(people)s.")
            % {"people": _listed(f"{spell.official.name}（{spell.post.title}）" for spell in held)},
        )
    late = list(spells.filter(post__in=ends, starts_on__gte=plan.effective_on).select_related("official", "post"))
    if late:
        yield _reason(
            "TOOK_UP_LATER",
            _(
                "These people took up their posts on or after the day of the act, so the posts cannot have ended: %(people)s."
            )
            % {"people": _listed(f"{spell.official.name}（{spell.post.title}）" for spell in late)},
        )
    by_person = defaultdict(set)
    goals = {goal.post: (goal.unit, goal.title) for goal in plan.posts if goal.unit}
    for person, post in spells.filter(post__in=goals, is_main=True).values_list("official", "post"):
        by_person[person].add(goals[post])
    double = [person for person, found in by_person.items() if len(found) > 1]
    if double:
        names = Official.objects.system().filter(pk__in=double).values_list("name", flat=True)
        yield _reason(
            "TWO_MAIN_POSTS", _("These people would hold two main posts: %(people)s.") % {"people": _listed(names)}
        )


def _of_children(plan, units):
    closing = [units[code].pk for code in plan.closes]
    moved = {code for code, _parent in plan.moves} | set(plan.closes)
    left = Organization.objects.system().filter(parent__in=closing, ends_on__isnull=True).exclude(code__in=moved)
    names = list(left.order_by("path").values_list("name", flat=True))
    if names:
        yield _reason(
            "CHILDREN_REMAIN",
            _("These units stand below a unit that closes; say where they go: %(units)s.") % {"units": _listed(names)},
        )


def _of_people(plan, units):
    """Everybody at home in a closing unit goes somewhere."""
    if plan.rest:
        return
    closing = [units[code].pk for code in plan.closes]
    with_post = Q(holdings__post__in=[goal.post for goal in plan.posts if goal.unit], holdings__is_main=True) & (
        Q(holdings__ends_on__isnull=True) | Q(holdings__ends_on__gte=plan.effective_on)
    )
    left = (
        Official.objects.system()
        .filter(home__in=closing, left_note="")
        .exclude(pk__in=[person for person, _code in plan.homes])
    )
    followers = Official.objects.system().filter(with_post).values("pk")
    names = list(left.exclude(pk__in=followers).order_by("sort_key", "pk").values_list("name", flat=True))
    if names:
        yield _reason(
            "PEOPLE_REMAIN",
            _("These people belong to a unit that closes; say which unit they go to: %(people)s.")
            % {"people": _listed(names)},
        )


def open_cases(units: list[Organization]) -> dict[str, int]:
    """Cases that are not ended, of these units, by kind in words (one query a kind)."""
    found = {}
    for kind in kinds():
        rows = kind.model.objects.system().filter(organization__in=units, status__in=kind.flow.open_states())
        if number := rows.count():
            found[str(kind.flow.label)] = number
    return found


def _of_cases(plan, units):
    if plan.cases_stay:
        return
    found = open_cases([units[code] for code in plan.closes])
    if found:
        yield _reason(
            "CASES_OPEN",
            _(
                "Open cases remain: %(cases)s. End them first, or let them stay with the closed unit for the office to end."
            )
            % {"cases": "、".join(f"{label} {number}" for label, number in found.items())},
        )
