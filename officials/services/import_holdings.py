"""Present posts and ranks from files that know months only, beside the spells that are recorded."""

from collections import defaultdict
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from foundation.common.results import DomainError
from foundation.exchange.services.changes import snapshot
from foundation.organizations.choices import Kind
from foundation.organizations.models import Post
from foundation.regulations.services.codes import codes

from ..models import PostHolding, RankHolding
from ..rules.partial_dates import PartialDate
from ..rules.spells import Spell, plan_spell
from ..rules.unit_titles import read_title
from ..search_functions import POSITION_BITS

RANKS = "rank_zb148"
LEVELS = "leadership_level"


def rank_labels() -> frozenset[str]:
    """Labels of all ranks (职级)."""
    return frozenset(row.label_zh for row in codes(RANKS).values())


def level_codes() -> dict[str, str]:
    """Codes of the levels of leading posts (领导职务层次) by their labels; 科员 and the like are none."""
    return {row.label_zh: code for code, row in codes(LEVELS).items()}


def stated_posts(rows, units, changes) -> dict:
    """The open posts by unit and title that rows with unit, post and month name; missing ones are set up."""
    return _posts([row for row in rows if _is_dated(row)], units, changes)


def stated_post(row, posts, units) -> Post | None:
    """The present main post that a row states with its month."""
    return posts[units[row.values["unit"]].pk, row.values["post"]] if _is_dated(row) else None


def _is_dated(row) -> bool:
    return all(row.values.get(name) for name in ("unit", "post", "post_since"))


def position_bits(post: Post) -> int:
    """The bits of a post's kind in `Official.positions`, as the triggers write them."""
    deputy = post.is_team_member and not post.is_principal
    kinds = {"principal": post.is_principal, "deputy": deputy, "member": post.is_team_member}
    return sum(POSITION_BITS[kind] for kind, is_so in kinds.items() if is_so)


def write_posts(rows, people, posts, units, changes) -> None:
    """The present main post of each row that states one; `posts` as `stated_posts` gives them."""
    dated = [(row, post) for row in rows if (post := stated_post(row, posts, units))]
    if not dated:
        return
    spells = main_spells(recorded(people, changes))
    made, changed, before = [], [], {}
    for row, post in dated:
        person = people[row.position]
        mine = spells.get(person.pk, {})
        plan = plan_post(mine, post.organization_id, post.title, PartialDate.stored(row.values["post_since"]))
        if plan.against is not None:
            raise _clash(person)
        if plan.close is not None:
            closed = mine[plan.close]
            before[closed.pk] = snapshot(closed)
            closed.ends_on = plan.close_on
            changed.append(closed)
        if plan.keep is None:
            made.append({"official_id": person.pk, "post_id": post.pk, "is_main": True, "starts_on": plan.starts_on})
        elif mine[plan.keep].starts_on != plan.starts_on:
            before[plan.keep] = snapshot(mine[plan.keep])
            mine[plan.keep].starts_on = plan.starts_on
            changed.append(mine[plan.keep])
        else:
            changes.counts["unchanged"] += 1
    changes.update(changed, before, ["starts_on", "ends_on"])
    changes.insert(PostHolding, made)


def _clash(person) -> DomainError:
    return DomainError(
        "POSTS_OVERLAP",
        _("%(name)s would hold two main posts on one day. Upload the file again: it is then read anew.")
        % {"name": person.name},
    )


def recorded(people, changes) -> list[int]:
    """Keys of those of the people who were recorded before this part of the file: only they have posts, ranks and sets."""
    return [person.pk for person in people.values() if person.pk not in changes.kept["fresh"]]


def main_spells(keys) -> dict[int, dict[int, PostHolding]]:
    """Main posts of people: person → holding by its key (1 query)."""
    found: dict[int, dict[int, PostHolding]] = defaultdict(dict)
    held = PostHolding.objects.system().filter(official__in=list(keys), is_main=True)
    for holding in held.select_related("post"):
        found[holding.official_id][holding.pk] = holding
    return found


def plan_post(mine, unit_id: int, title: str, stated: PartialDate):
    """What a stated post means beside the recorded ones."""
    return plan_spell(
        [
            Spell(
                held.pk,
                held.starts_on,
                held.ends_on,
                bool(held.post_id) and (held.post.organization_id, held.post.title) == (unit_id, title),
            )
            for held in mine.values()
        ],
        stated,
    )


def _posts(rows, units, changes) -> dict:
    """Open posts by unit and title; missing ones are set up behind those of the unit, in the file's order.

    The level of a post is that of its holders in the file, where these are of one level and the register says none.
    """
    posts, last = changes.kept.setdefault("posts", ({}, {}))
    if fresh := {units[row.values["unit"]].pk for row in rows} - last.keys():
        last |= dict.fromkeys(fresh, 0)
        for post in Post.objects.system().filter(organization__in=fresh, ends_on__isnull=True):
            posts[post.organization_id, post.title] = post
            last[post.organization_id] = max(last[post.organization_id], post.sort)
    levels = _levels(rows, units, changes)
    _fill_levels(posts, levels, changes)
    missing = [row for row in rows if (units[row.values["unit"]].pk, row.values["post"]) not in posts]
    ranks, made = rank_labels() if missing else frozenset(), []
    for row in missing:
        unit = units[row.values["unit"]]
        key = unit.pk, row.values["post"]
        if key in posts:
            continue
        words = read_title(row.values["post"], ranks=ranks, in_section=unit.kind == Kind.SECTION)
        last[unit.pk] += 1
        posts[key] = Post(
            organization=unit,
            title=key[1],
            level=levels.get(key, ""),
            is_principal=words.is_principal,
            is_team_member=words.is_team_member,
            counts_quota=words.is_team_member,
            sort=last[unit.pk],
        )
        made.append(posts[key])
    changes.create(made)
    return posts


def _levels(rows, units, changes) -> dict[tuple[int, str], str]:
    """Level of each post (by unit and title) in these rows whose holders, so far in the file, are all of one level."""
    if "levels" not in changes.kept:
        changes.kept["levels"] = level_codes(), defaultdict(set)
    known, found = changes.kept["levels"]
    stated = {}
    for row in rows:
        if row.values.get("level"):
            key = units[row.values["unit"]].pk, row.values["post"]
            found[key].add(known.get(row.values["level"], ""))
            stated[key] = None
    return {key: next(iter(found[key])) for key in stated if len(found[key]) == 1}


def _fill_levels(posts, levels, changes) -> None:
    """Give recorded posts without a level the one that the file states."""
    wanting = [post for key, level in levels.items() if level and (post := posts.get(key)) and not post.level]
    before = {post.pk: snapshot(post) for post in wanting}
    for post in wanting:
        post.level = levels[post.organization_id, post.title]
    changes.update(wanting, before, ["level"])


def write_ranks(rows, people, changes) -> None:
    """The rank (职级) and the level of post (职务层次) that each row states, each as a dated holding."""
    held: dict[tuple[int, bool], list[RankHolding]] = defaultdict(list)
    for holding in RankHolding.objects.system().filter(official__in=recorded(people, changes)):
        held[holding.official_id, holding.is_rank].append(holding)
    made, changed, before = [], [], {}
    for row in rows:
        for is_rank, label, since in ((True, "rank", "rank_since"), (False, "level", "level_since")):
            if not row.values.get(label):
                continue
            person = people[row.position]
            stated = PartialDate.stored(row.values[since]) if row.values.get(since) else None
            new, touched = _rank(held[person.pk, is_rank], person.pk, is_rank, row.values[label], stated, before)
            made += new
            changed += touched
            changes.counts["unchanged"] += not (new or touched)
    changes.update(changed, before, ["starts_on", "ends_on"])
    changes.insert(RankHolding, made)


def _rank(mine, person_pk, is_rank, label, stated, before):
    """New holdings and changed ones. A rank without a month beside another open one changes no history."""
    current = next((held for held in mine if held.ends_on is None), None)
    starts = stated.first_day if stated else None
    if current is None:
        return [_new_rank(person_pk, is_rank, label, starts)], []
    if current.label == label:
        if starts is None or (current.starts_on and stated.may_be(current.starts_on)):
            return [], []
        before[current.pk] = snapshot(current)
        current.starts_on = starts
        return [], [current]
    if starts is None or (current.starts_on and current.starts_on >= starts):
        return [], []
    before[current.pk] = snapshot(current)
    current.ends_on = starts - timedelta(days=1)
    return [_new_rank(person_pk, is_rank, label, starts)], [current]


def _new_rank(person_pk, is_rank, label, starts) -> dict:
    return {"official_id": person_pk, "is_rank": is_rank, "label": label, "starts_on": starts}
