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

RANKS = "rank_zb148"
LEVELS = "leadership_level"


def rank_labels() -> frozenset[str]:
    """Labels of all ranks (职级)."""
    return frozenset(row.label_zh for row in codes(RANKS).values())


def level_codes() -> dict[str, str]:
    """Codes of the levels of leading posts (领导职务层次) by their labels; 科员 and the like are none."""
    return {row.label_zh: code for code, row in codes(LEVELS).items()}


def write_posts(rows, people, units, changes) -> None:
    """The present main post of each row that names unit, post and month."""
    dated = [row for row in rows if all(row.values.get(name) for name in ("unit", "post", "post_since"))]
    if not dated:
        return
    posts = _posts(dated, units, changes)
    spells = main_spells(person.pk for person in people.values())
    made, changed, before = [], [], {}
    for row in dated:
        person, post = people[row.position], posts[units[row.values["unit"]].pk, row.values["post"]]
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
            made.append(PostHolding(official=person, post=post, is_main=True, starts_on=plan.starts_on))
        elif mine[plan.keep].starts_on != plan.starts_on:
            before[plan.keep] = snapshot(mine[plan.keep])
            mine[plan.keep].starts_on = plan.starts_on
            changed.append(mine[plan.keep])
        else:
            changes.counts["unchanged"] += 1
    changes.update(changed, before, ["starts_on", "ends_on"])
    changes.create(made)


def _clash(person) -> DomainError:
    return DomainError(
        "POSTS_OVERLAP",
        _("%(name)s would hold two main posts on one day. Upload the file again: it is then read anew.")
        % {"name": person.name},
    )


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
    touched = {units[row.values["unit"]].pk for row in rows}
    stored = Post.objects.system().filter(organization__in=touched, ends_on__isnull=True)
    posts = {(post.organization_id, post.title): post for post in stored}
    last: dict[int, int] = defaultdict(int)
    for (unit, _title), post in posts.items():
        last[unit] = max(last[unit], post.sort)
    levels = _levels(rows, units)
    _fill_levels(posts, levels, changes)
    ranks, made = rank_labels(), []
    for row in rows:
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


def _levels(rows, units) -> dict[tuple[int, str], str]:
    """Level of each post (by unit and title) whose holders are all of one level."""
    known, found = level_codes(), defaultdict(set)
    for row in rows:
        if row.values.get("level"):
            found[units[row.values["unit"]].pk, row.values["post"]].add(known.get(row.values["level"], ""))
    return {key: stated.pop() for key, stated in found.items() if len(stated) == 1}


def _fill_levels(posts, levels, changes) -> None:
    """Give recorded posts without a level the one that the file states."""
    wanting = [post for key, post in posts.items() if not post.level and levels.get(key)]
    before = {post.pk: snapshot(post) for post in wanting}
    for post in wanting:
        post.level = levels[post.organization_id, post.title]
    changes.update(wanting, before, ["level"])


def write_ranks(rows, people, changes) -> None:
    """The rank (职级) and the level of post (职务层次) that each row states, each as a dated holding."""
    held: dict[tuple[int, bool], list[RankHolding]] = defaultdict(list)
    keys = [person.pk for person in people.values()]
    for holding in RankHolding.objects.system().filter(official__in=keys):
        held[holding.official_id, holding.is_rank].append(holding)
    made, changed, before = [], [], {}
    for row in rows:
        for is_rank, label, since in ((True, "rank", "rank_since"), (False, "level", "level_since")):
            if not row.values.get(label):
                continue
            person = people[row.position]
            stated = PartialDate.stored(row.values[since]) if row.values.get(since) else None
            new, touched = _rank(held[person.pk, is_rank], person, is_rank, row.values[label], stated, before)
            made += new
            changed += touched
            changes.counts["unchanged"] += not (new or touched)
    changes.update(changed, before, ["starts_on", "ends_on"])
    changes.create(made)


def _rank(mine, person, is_rank, label, stated, before):
    """New holdings and changed ones. A rank without a month beside another open one changes no history."""
    current = next((held for held in mine if held.ends_on is None), None)
    starts = stated.first_day if stated else None
    if current is None:
        return [RankHolding(official=person, is_rank=is_rank, label=label, starts_on=starts)], []
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
    return [RankHolding(official=person, is_rank=is_rank, label=label, starts_on=starts)], [current]
