"""What an act on units changed, or would change, as a person reads it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from foundation.accounts.models import RoleGrant
from foundation.casework.registry import kinds
from foundation.organizations.models import Organization, OrganizationName, Post, Succession, UnitCategory

from ..models import Official, PostHolding


@dataclass(frozen=True)
class Spell:
    """A person's way: the post left and the one taken up instead, None for none."""

    person: Official
    old: Post | None
    new: Post | None
    is_main: bool


@dataclass
class Consequences:
    """Sections of the page, in its order; empty ones are left out there."""

    founded: list[Organization] = field(default_factory=list)
    closed: list[Organization] = field(default_factory=list)
    names: list[tuple[Organization, str, str]] = field(default_factory=list)
    moved: list[tuple[Organization, str, str, int, int]] = field(default_factory=list)
    categories: list[UnitCategory] = field(default_factory=list)
    posts_ended: list[Post] = field(default_factory=list)
    posts_new: list[Post] = field(default_factory=list)
    people: list[Spell] = field(default_factory=list)
    without_post: list[Official] = field(default_factory=list)
    homes: list[tuple[Official, Organization | None, Organization | None]] = field(default_factory=list)
    successions: list[Succession] = field(default_factory=list)
    grants: list[RoleGrant] = field(default_factory=list)
    accounts: int = 0
    cases: dict[str, int] = field(default_factory=dict)


def _grouped(changes) -> dict[str, list[dict]]:
    found = defaultdict(list)
    for entry in changes["rows"]:
        found[entry["model"]].append(entry)
    return found


def _rows(query, entries, *relations) -> dict:
    """The rows of some entries as they are now, by key; rows that are gone (the act was undone) are left out.

    Not narrowed to a reader: the act itself was loaded inside the reader's scope.
    """
    return query.select_related(*relations).in_bulk([entry["pk"] for entry in entries]) if entries else {}


def consequences_of(changes: dict) -> Consequences:
    """The changes of an act in sections (one query a model)."""
    log = _grouped(changes)
    found = Consequences()
    _units(log[Organization._meta.label], changes, found)
    _names(log[OrganizationName._meta.label], found)
    rows = _rows(UnitCategory.objects.system(), log[UnitCategory._meta.label], "organization")
    found.categories = list(rows.values())
    entries = log[Post._meta.label]
    posts = _rows(Post.objects.system(), entries, "organization")
    for entry in entries:
        if entry["pk"] in posts:
            (found.posts_new if entry["before"] is None else found.posts_ended).append(posts[entry["pk"]])
    _people(log[PostHolding._meta.label], found)
    _homes(log[Official._meta.label], found)
    rows = _rows(Succession.objects.system(), log[Succession._meta.label], "predecessor", "successor")
    found.successions = list(rows.values())
    return found


def _units(entries, changes, found):
    rows = _rows(Organization.objects.system(), entries, "parent")
    olds = [entry["before"]["parent_id"] for entry in entries if entry["before"] and "parent_id" in entry["before"]]
    parents = Organization.objects.system().in_bulk(olds)
    for entry in entries:
        unit, before = rows.get(entry["pk"]), entry["before"]
        if unit is None:
            continue
        if before is None:
            found.founded.append(unit)
        elif "ends_on" in before:
            found.closed.append(unit)
        if before and "parent_id" in before:
            below = Organization.objects.system().filter(path__startswith=unit.path, ends_on__isnull=True).count() - 1
            people = Official.objects.system().kept().below(unit.path).filter(left_note="").count()
            old = str(parents.get(before["parent_id"], ""))
            found.moved.append((unit, old, str(unit.parent or ""), max(below, 0), people))


def _names(entries, found):
    rows = _rows(OrganizationName.objects.all(), entries, "organization")
    ended = {}
    for entry in entries:
        row = rows.get(entry["pk"])
        if row is not None and row.ends_on:
            ended[row.organization_id] = row.name
    founded = {unit.pk for unit in found.founded}
    for entry in entries:
        row = rows.get(entry["pk"])
        if row is not None and entry["before"] is None and not row.ends_on and row.organization_id not in founded:
            found.names.append((row.organization, ended.get(row.organization_id, ""), row.name))


def _people(entries, found):
    """Spells that ended beside those that began: of one person, main beside main."""
    rows = _rows(PostHolding.objects.system(), entries, "official", "post__organization")
    ended, begun = [], defaultdict(list)
    old_posts = Post.objects.system().select_related("organization").in_bulk(
        [entry["before"]["post_id"] for entry in entries if entry["before"] and "post_id" in entry["before"]]
    )  # fmt: skip
    for entry in entries:
        spell = rows.get(entry["pk"])
        if spell is None:
            continue
        if entry["before"] is None:
            begun[spell.official_id, spell.is_main].append(spell.post)
        elif "post_id" in entry["before"]:
            found.people.append(
                Spell(spell.official, old_posts.get(entry["before"]["post_id"]), spell.post, spell.is_main)
            )
        else:
            ended.append(spell)
    for spell in ended:
        follows = begun[spell.official_id, spell.is_main]
        found.people.append(Spell(spell.official, spell.post, follows.pop(0) if follows else None, spell.is_main))
    placed = {spell.person.pk for spell in found.people if spell.new and spell.is_main}
    left = {spell.person.pk: spell.person for spell in found.people if not spell.new and spell.is_main}
    found.without_post = [person for key, person in left.items() if key not in placed]


def _homes(entries, found):
    rows = _rows(Official.objects.system(), entries, "home")
    olds = Organization.objects.system().in_bulk(
        [entry["before"]["home_id"] for entry in entries if entry["before"] and entry["before"]["home_id"]]
    )
    for entry in entries:
        person = rows.get(entry["pk"])
        if person is not None and entry["before"]:
            found.homes.append((person, olds.get(entry["before"]["home_id"]), person.home))


def surroundings_of(found: Consequences, day: date) -> Consequences:
    """Adds what an act does not change but leaves behind at units that close: grants, accounts, open cases."""
    units = [unit.pk for unit in found.closed]
    if units:
        grants = RoleGrant.objects.system().in_force(day).filter(organization__in=units)
        found.grants = list(grants.select_related("user", "group", "organization").order_by("pk"))
        found.accounts = len({grant.user_id for grant in found.grants})
        for kind in kinds():
            rows = kind.model.objects.system().filter(organization__in=units, status__in=kind.flow.open_states())
            if number := rows.count():
                found.cases[str(kind.flow.label)] = number
    return found
