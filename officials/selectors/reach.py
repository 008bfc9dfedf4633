"""What the forms of acts on units choose from: units in reach, holders of posts, people without a post."""

from collections import defaultdict

from django.db.models import Exists, OuterRef

from foundation.organizations.choices import Kind
from foundation.organizations.models import PATH_STEP, Organization, Post

from ..models import Official, PostHolding

PERMISSION = "organizations.reorganise_units"


def units_in_reach(user, unit: Organization, *, with_county: bool = True) -> list[tuple[str, str]]:
    """Code and name, indented by depth, of the units of the same county where the user reorganises (1 query).

    `with_county`: units may stand below the county; nobody works in it as such, and it is merged with nothing.
    """
    rows = Organization.objects.visible_to(user, PERMISSION).filter(path__startswith=unit.path[:PATH_STEP])
    rows = rows.filter(ends_on__isnull=True).in_tree_order()
    rows = rows if with_county else rows.exclude(kind=Kind.JURISDICTION)
    return [(row.code, "\u3000" * (len(row.path) // PATH_STEP - 1) + row.name) for row in rows]


def holders_by_post(posts: list[Post]) -> dict[int, list[str]]:
    """Names of those who hold posts now or later, by post (1 query)."""
    rows = PostHolding.objects.system().filter(post__in=posts, ends_on__isnull=True).order_by("starts_on", "pk")
    found = defaultdict(list)
    for post, name in rows.values_list("post_id", "official__name"):
        found[post].append(name)
    return found


def people_without_post(unit: Organization) -> list[Official]:
    """People at home in a unit who hold no open post of it (1 query)."""
    held = PostHolding.objects.system().filter(official=OuterRef("pk"), post__organization=unit, ends_on__isnull=True)
    rows = Official.objects.system().filter(home=unit, left_note="").exclude(Exists(held))
    return list(rows.order_by("sort_key", "pk"))
