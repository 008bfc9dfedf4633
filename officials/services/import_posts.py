"""Posts and who held them, from a file: what the yearly assessment asks is who led a unit for how many days."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from foundation.common.crypto import keyed_hash
from foundation.exchange.kinds import ImportKind, register
from foundation.exchange.sandbox.tables import read_csv
from foundation.organizations.models import Organization, Post

from ..imports.principal_posts import parse_principal_posts
from ..models import Official, PostHolding
from .people import by_identity, identity_values


def parse(data, file_name, organization, year):
    """Read a table of posts held; units are named by their code."""
    units = dict(Organization.objects.system().below(organization).values_list("code", "name"))
    return parse_principal_posts(read_csv(data, filename=file_name), units)


def _day(text):
    return date.fromisoformat(text) if text else None


def apply(batch, rows, changes):
    """Create posts, people and holdings; a person is found by identity number, a holding by person, post and first day."""
    values = [row.values for row in rows]
    units = {u.code: u for u in Organization.objects.system().below(batch.organization)}
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
    existing = {(h.official_id, h.post_id, h.starts_on): h for h in held}
    # Spells that end earlier are written first, so that no two main posts overlap on the way.
    changes.merge(PostHolding, existing, dict(sorted(wanted.items(), key=lambda item: item[0][2])))


def _posts(values, units, changes) -> dict:
    wanted, places = {}, {}
    for v in values:
        key = units[v["unit"]].pk, v["post"]
        places.setdefault(key[0], []).append(key[1]) if key not in wanted else None
        wanted[key] = {
            "organization_id": key[0],
            "title": key[1],
            "is_principal": v["is_principal"],
            "is_team_member": True,
            "sort": places[key[0]].index(key[1]) + 1,
        }
    existing = {(p.organization_id, p.title): p for p in Post.objects.system().filter(organization__in=places)}
    return changes.merge(Post, existing, wanted)


def _people(values, units, changes) -> dict:
    """People by keyed hash. Their unit is that of the post they hold now, else of the last one they held."""
    stored = by_identity(v["id_number"] for v in values)
    wanted = {}
    for v in sorted(values, key=lambda v: (v["to"] is None, v["to"] or "", v["from"])):
        key = keyed_hash(v["id_number"])
        if key in stored:
            person = stored[key]
            fixed = {f: getattr(person, f) for f in ("sort_key", "id_cipher", "id_hash", "id_masked", "birth_on")}
            fixed["id_cipher"], fixed["name"] = bytes(fixed["id_cipher"]), v["name"]
        else:
            fixed = wanted.get(key) or identity_values(v["id_number"], v["name"])
        wanted[key] = {**fixed, "home": units[v["unit"]], "left_note": v["note"] if v["to"] else ""}
    return changes.merge(Official, stored, wanted)


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
