"""Posts and who held them, from a file: what the yearly assessment asks is who led a unit for how many days."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.common.crypto import keyed_hash
from foundation.common.results import DomainError
from foundation.exchange.kinds import ImportKind, register
from foundation.exchange.registered import Registered
from foundation.exchange.sandbox.tables import read_csv
from foundation.organizations.models import Organization, Post

from ..imports.principal_posts import parse_principal_posts
from ..models import Official, PostHolding
from .people import by_identity, identity_values, name_values, without_number


def parse(data, file_name, organization, year):
    """Read a table of posts held; units are named by their code."""
    units = dict(Organization.objects.system().below(organization).values_list("code", "name"))
    return parse_principal_posts(read_csv(data, filename=file_name), units)


def _day(text):
    return date.fromisoformat(text) if text else None


def apply(batch, rows, changes):
    """Create posts, people and holdings; a person is found by identity number, a holding by person, post and first day."""
    values = [row.values for row in rows]
    units = Registered((unit.code, unit) for unit in Organization.objects.system().below(batch.organization))
    posts = _posts(values, units, changes)
    people = _people(values, units, changes)
    wanted = {}
    for v in values:
        person, post = people[keyed_hash(v["id_number"])], posts[units[v["unit"]].pk, v["post"]]
        start = _day(v["from"])
        wanted[person.pk, post.pk, start] = {
            "official": person,
            "post": post,
            "is_main": True,
            "starts_on": start,
            "ends_on": _day(v["to"]),
            "note": v["note"],
        }
    held = PostHolding.objects.system().filter(official__in={key[0] for key in wanted})
    existing = {
        (h.official_id, h.post_id, h.starts_on): h for h in held.select_related("official", "post__organization")
    }
    _refuse_overlaps(existing, wanted, batch.organization)
    changes.merge(PostHolding, existing, wanted)


def _refuse_overlaps(existing, wanted, county):
    """Nobody holds two main posts on one day, counting what is registered beside the file, here or in another county."""
    spells = defaultdict(list)
    for key, holding in existing.items():
        if holding.is_main and key not in wanted:
            spells[key[0]].append(holding)
    for key, values in wanted.items():
        spells[key[0]].append(PostHolding(**values))
    clashes = []
    for mine in spells.values():
        mine.sort(key=lambda held: (held.starts_on, held.ends_on or date.max))
        clashes += [(one, other) for one, other in pairwise(mine) if other.starts_on <= (one.ends_on or date.max)]
    if clashes:
        lines = [f"{one.official.name}: {_said(one, county)}, {_said(other, county)}" for one, other in clashes[:5]]
        raise DomainError(
            "POSTS_OVERLAP",
            _("With what is registered already, %(count)d people would hold two main posts on one day. %(people)s")
            % {"count": len(clashes), "people": "; ".join(lines)},
        )


def _said(held, county) -> str:
    """A spell in words; of another county only that it is there."""
    is_ours = held.post.organization.path.startswith(county.path)
    post = held.post.title if is_ours else gettext("a post in another county")
    return f"{post} {held.starts_on.isoformat()} – {held.ends_on.isoformat() if held.ends_on else ''}".rstrip()


def _posts(values, units, changes) -> dict:
    """Posts by unit and title. A registered post keeps its place in the team; new ones come behind, in the file's order."""
    touched = {units[v["unit"]].pk for v in values}
    rows = Post.objects.system().filter(organization__in=touched).order_by(F("ends_on").asc(nulls_last=True))
    existing = {(p.organization_id, p.title): p for p in rows}  # of two posts of one title the open one counts
    last = defaultdict(int)
    for (unit, _title), post in existing.items():
        last[unit] = max(last[unit], post.sort)
    wanted = {}
    for v in values:
        key = units[v["unit"]].pk, v["post"]
        known = existing.get(key)
        if known is None and key not in wanted:
            last[key[0]] += 1
        wanted[key] = {
            "organization_id": key[0],
            "title": key[1],
            "is_principal": v["is_principal"],
            "is_team_member": True,
            "sort": known.sort if known else wanted.get(key, {}).get("sort", last[key[0]]),
        }
    return changes.merge(Post, existing, wanted)


def _people(values, units, changes) -> dict:
    """People by keyed hash. Their unit is that of the post they hold now, else of the last one they held."""
    stored = by_identity(v["id_number"] for v in values)
    unnumbered = without_number((v["id_number"], v["name"]) for v in values if keyed_hash(v["id_number"]) not in stored)
    known = stored | unnumbered
    last = _last_spells(values, units, known)
    wanted = {}
    for v in values:
        key = keyed_hash(v["id_number"])
        if key in stored:
            person = stored[key]
            fixed = {name: getattr(person, name) for name in ("id_cipher", "id_hash", "id_masked", "birth_on")}
            fixed |= {"id_cipher": bytes(person.id_cipher), **name_values(v["name"], person.id_masked)}
        else:
            fixed = wanted.get(key) or identity_values(v["id_number"], v["name"])
        ends, _starts, unit, note = last[key]
        wanted[key] = {**fixed, "home": unit, "left_note": "" if ends == date.max else note}
    return changes.merge(Official, known, wanted)


def _last_spells(values, units, stored) -> dict:
    """Of each person the spell that lasts longest into time, of those in the file and those registered: (last day, first
    day, unit, note); a spell without a last day lasts for ever.
    """
    named, spells = set(), defaultdict(list)
    keys = {person.pk: key for key, person in stored.items()}
    for v in values:
        key = keyed_hash(v["id_number"])
        named.add((key, units[v["unit"]].pk, v["post"], _day(v["from"])))
        spells[key].append((_day(v["to"]) or date.max, _day(v["from"]), units[v["unit"]], v["note"]))
    held = PostHolding.objects.system().filter(official__in=stored.values(), is_main=True)
    for holding in held.select_related("official", "post__organization"):
        key, unit = keys[holding.official_id], holding.post.organization
        if (key, unit.pk, holding.post.title, holding.starts_on) not in named:
            spells[key].append((holding.ends_on or date.max, holding.starts_on, unit, holding.note))
    return {key: max(mine, key=lambda spell: spell[:2]) for key, mine in spells.items()}


register(
    ImportKind(
        code="posts",
        label=_("Principal posts and their holders"),
        hint=_("A csv table: unit, post, principal, id_number, name, from, to; both days belong to a spell."),
        permission="officials.import_posts",
        extensions=(".csv",),
        needs_year=False,
        parse=parse,
        apply=apply,
        order=20,
        secrets=("id_number",),
    )
)
