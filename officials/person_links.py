"""Ways from the page of a person to what rooms above can begin about them: each tells here what it offers."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from foundation.common.scoping import scope_of


@dataclass(frozen=True)
class PersonLink:
    """An entry of the menu: words, address (its arguments come before the person's number), permission at the person's unit."""

    label: Any
    url_name: str
    permission: str
    arguments: tuple = ()


_links: list[PersonLink] = []


def add_link(link: PersonLink) -> PersonLink:
    """Register an entry; a second registration changes nothing."""
    if link not in _links:
        _links.append(link)
    return link


def links_of(person, user) -> list[tuple[Any, str]]:
    """Words and addresses of what the user may begin about the person (no query); nothing for one in the trash."""
    if person.trashed_at:
        return []
    return [
        (link.label, reverse(link.url_name, args=[*link.arguments, person.pk]))
        for link in _links
        if scope_of(user, link.permission).covers(person.org_path)
    ]
