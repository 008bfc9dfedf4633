"""The roster (干部名册): who answers a question, in which order, page by page without counting offsets."""

from dataclasses import replace
from datetime import date

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from foundation.common.crypto import keyed_hash
from foundation.organizations.models import Organization

from ..models import Official, Photo, RankHolding
from ..models.people import LAST_IN_TEAM
from ..rules.questions import EVERYBODY, IN_POST, Question
from ..rules.typed_searches import TypedWord, read_typed
from ..search_functions import KNOWN_BIRTH, SCHOOLS, Pairs, holds
from .conditions import Asking, filter_of

VIEW = "officials.view_official"
TRASH = "officials.trash_official"
MOST_UNITS = 200
SUGGESTED = 12
ROW = (
    "id", "name", "sex", "birth_on", "ethnicity", "politics", "party_on", "work_on", "native_place", "full_education",
    "full_degree", "full_school", "service_education", "service_degree", "service_school", "title_text", "speciality",
    "post_text", "post_short", "post_on", "level", "level_on", "rank", "rank_on", "category", "status", "id_masked",
    "home_id", "org_path", "team_order", "sort_key", "trashed_at", "trashed_by_name", "trash_reason",
)  # fmt: skip
"""Columns of a line; long texts and secrets stay where they are."""
THEN = {
    "unit_then": F("held_then__post__organization__name"),
    "title_then": Coalesce(F("held_then__post__title"), F("held_then__title_text")),
    "outside_then": F("held_then__unit_text"),
}


def people_for(user, question: Question, *, today: date, as_of: date | None = None, trash: bool = False) -> QuerySet:
    """People inside the user's scope who answer the question (at most 2 look-ups of units). With `as_of`, by post,
    unit and rank of that day. `trash`: those in the trash, for who may restore them, instead of everybody else.
    """
    people = Official.objects.visible_to(user, TRASH if trash else VIEW)
    people = people.filter(trashed_at__isnull=not trash)
    people = people.alias(post_pairs=Pairs("post_text"), school_pairs=Pairs(SCHOOLS), birth_key=KNOWN_BIRTH)
    asking = Asking(as_of or today, user)
    if as_of and as_of != today:
        people, asking = _as_of(people, asking)
    elif not trash and EVERYBODY not in question.status:
        people = people.filter(status__in=question.status)
        people = people.filter(left_note="") if question.status == (IN_POST,) else people
    if question.unit:
        people = people.filter(_in_unit(user, question.unit, asking))
    words = read_typed(question.q)
    named = _units_named(words, user)
    for word in words:
        people = people.filter(_typed(word, named))
    wanted = filter_of(question, asking)
    return people.filter(wanted) if wanted else people


def _as_of(people, asking) -> tuple[QuerySet, Asking]:
    """People who held a main post on a day, with its unit, and the rank of that day."""
    day = asking.day
    held = Q(holdings__is_main=True, holdings__starts_on__lte=day)
    held &= Q(holdings__ends_on__isnull=True) | Q(holdings__ends_on__gte=day)
    ranks = RankHolding.objects.system().filter(official=OuterRef("pk"), is_rank=True, starts_on__lte=day)
    ranks = ranks.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day)).order_by("-starts_on")
    people = people.annotate(
        held_then=FilteredRelation("holdings", condition=held),
        rank_then=Subquery(ranks.values("label")[:1]),
        rank_then_on=Subquery(ranks.values("starts_on")[:1]),
    ).filter(held_then__isnull=False)
    columns = {
        "org_path": "held_then__post__organization__path",
        "home_id": "held_then__post__organization_id",
        "rank": "rank_then",
        "rank_on": "rank_then_on",
        "level": "held_then__level",
        "post_on": "held_then__starts_on",
        "post_text": "held_then__post__title",
    }
    return people, replace(asking, then=True, columns=columns)


def _in_unit(user, code, asking) -> Q:
    """The unit and all below it; a unit that the user may not see holds nobody."""
    units = Organization.objects.visible_to(user, VIEW).filter(code=code)
    path = units.values_list("path", flat=True).first()
    return Q(**{f"{asking.column['org_path']}__startswith": path}) if path else Q(pk__in=[])


def _units_named(words, user) -> list[tuple]:
    """Units of the user's scope whose name holds one of the words (1 query; none when no word could name a unit)."""
    wanted = Q(pk__in=[])
    for word in (word for word in words if word.pairs):
        wanted |= Q(name__contains=word.text) | Q(short_name__contains=word.text)
    if not wanted.children[1:]:
        return []
    units = Organization.objects.visible_to(user, VIEW).filter(wanted)
    return list(units.values_list("pk", "name", "short_name")[:MOST_UNITS])


def _typed(word: TypedWord, named) -> Q:
    """One word of the search: a number, its last four, else part of name, post or unit."""
    if word.asks_nothing:
        return Q(pk__in=[])
    if word.number:
        return Q(id_hash=keyed_hash(word.number))
    if word.ending:
        return Q(grams__contains=[f"#{word.ending}"])
    found = Q(pk__in=[])
    if word.grams:
        found = Q(grams__contains=list(word.grams))
        found &= Q(name__contains=word.inside) if word.inside else Q()
    if word.pairs:
        found |= holds("post_pairs", word.text, "post_text")
        found |= Q(home_id__in=[pk for pk, name, short in named if word.text in name or word.text in short])
    return found


def rows_of(people: QuerySet, then: bool = False) -> QuerySet:
    """Lines of the roster: columns, the unit's name, whether there is a photo; `then`: post, unit, rank of that day."""
    held = THEN if then else {name: Value("") for name in THEN}
    people = people.annotate(
        has_photo=Exists(Photo.objects.system().filter(official=OuterRef("pk"))), unit_name=F("home__name"), **held
    )
    columns = [*ROW, "has_photo", "unit_name", *held]
    if not then:
        return people.values(*columns)
    people = people.annotate(
        path_then=Coalesce(F("held_then__post__organization__path"), Value("")),
        order_then=Coalesce(F("held_then__post__sort"), Value(LAST_IN_TEAM)),
        since_then=F("held_then__starts_on"),
        level_then=F("held_then__level"),
    )
    more = ("path_then", "order_then", "since_then", "level_then", "rank_then", "rank_then_on")
    return people.values(*columns, *more)


def as_then(row: dict) -> dict:
    """A line of another day, with what held on it in the places of today's values."""
    held = {"level": row["level_then"], "post_on": row["since_then"], "rank": row["rank_then"] or ""}
    return row | held | {"rank_on": row["rank_then_on"]}


def suggestions_for(user, text: str, today: date) -> list[dict]:
    """The first people whom typed text finds, with what tells two of one name apart (at most 3 queries)."""
    if not read_typed(text):
        return []
    people = people_for(user, Question(q=text, status=(EVERYBODY,)), today=today).in_team_order()
    columns = ("id", "name", "birth_on", "post_short", "post_text", "status")
    has_photo = Exists(Photo.objects.system().filter(official=OuterRef("pk")))
    found = people.annotate(has_photo=has_photo, unit_name=F("home__name"))
    return list(found.values(*columns, "has_photo", "unit_name")[:SUGGESTED])
