"""Principal posts and their holders as the workbook of a cycle brings them: people without their identity numbers.

A person is written as name, masked number and a mark. The mark is HMAC-SM3 over the look-up key of the identity number,
with this installation's FIELD_KEY: whoever has the workbook can neither compute nor test numbers with it; the installation that
made it recognises the person. Elsewhere a person is recognised by name and masked number, where only one fits; a person
whom nobody fits is recorded without a number, until a file with numbers names the same one (`people.without_number`).
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from foundation.exchange.registered import Registered
from foundation.organizations.models import Organization, Post

from ..models import Official, PostHolding
from .people import mark_of, name_values


@dataclass(frozen=True)
class Recognition:
    """Who the marks of a workbook stand for: people by mark, marks found by name only, and marks that several fit."""

    people: dict[str, Official]
    by_name: frozenset[str]
    ambiguous: frozenset[str]


def recognise(county: Organization, holders: list[dict]) -> Recognition:
    """Look up the holders of a workbook (1 query). By name only people of the county are looked at."""
    wanted = {v["person"]: (v["name"], v["id_masked"]) for v in holders}
    known = list(
        Official.objects.system()
        .filter(id_masked__in={masked for _name, masked in wanted.values()})
        .select_related("home")
    )
    by_mark = {mark_of(person): person for person in known}
    people, by_name, ambiguous = {}, set(), set()
    for mark, (name, masked) in wanted.items():
        if mark in by_mark:
            people[mark] = by_mark[mark]
            continue
        fitting = [
            person
            for person in known
            if (person.name, person.id_masked) == (name, masked)
            and (person.home is None or person.home.path.startswith(county.path))
        ]
        if len(fitting) == 1:
            people[mark] = fitting[0]
            by_name.add(mark)
        elif fitting:
            ambiguous.add(mark)
    return Recognition(people, frozenset(by_name), frozenset(ambiguous))


def _day(text):
    return date.fromisoformat(text) if text else None


def apply_posts(county: Organization, post_rows: list[dict], holder_rows: list[dict], changes) -> None:
    """Create or update principal posts, record people who are not known, and write who held which post."""
    units = Registered((unit.code, unit) for unit in Organization.objects.system().below(county))
    wanted = {
        (units[v["unit"]].pk, v["post"]): {
            "organization": units[v["unit"]],
            "title": v["post"],
            "level": v["level"],
            "is_principal": True,
            "is_team_member": v["is_team_member"],
            "sort": v["sort"],
            "starts_on": _day(v["starts_on"]),
            "ends_on": _day(v["ends_on"]),
        }
        for v in post_rows
    }
    stored = Post.objects.system().filter(organization__in={key[0] for key in wanted})
    stored = stored.order_by(F("ends_on").asc(nulls_last=True))  # of two posts of one title the open one counts
    posts = changes.merge(Post, {(p.organization_id, p.title): p for p in stored}, wanted)
    people = _people(county, holder_rows, units, changes)
    held = {}
    for v in holder_rows:
        person, post, start = people[v["person"]], posts[units[v["unit"]].pk, v["post"]], _day(v["from"])
        held[person.pk, post.pk, start] = {
            "official": person,
            "post": post,
            "is_main": v["is_main"],
            "starts_on": start,
            "ends_on": _day(v["to"]),
            "document_no": v["document_no"],
            "note": v["note"],
        }
    known = PostHolding.objects.system().filter(official__in={key[0] for key in held})
    changes.merge(PostHolding, {(h.official_id, h.post_id, h.starts_on): h for h in known}, held)


def _people(county, holders, units, changes) -> dict[str, Official]:
    """People by mark; unknown ones are recorded without a number, with the mark in place of its look-up key."""
    found = dict(recognise(county, holders).people)
    fresh = {}
    for v in sorted(holders, key=lambda v: v["to"] or "9999"):  # the unit is that of the post held last
        if v["person"] not in found:
            fresh[v["person"]] = Official(
                **name_values(v["name"], v["id_masked"]),
                id_cipher=b"",
                id_hash=v["person"],
                id_masked=v["id_masked"],
                home=units[v["unit"]],
            )
    return found | {person.id_hash: person for person in changes.create(list(fresh.values()))}
