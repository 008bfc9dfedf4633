"""The appointment form of people in the record: a card each, with what their rows say where a text is empty."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from foundation.common.crypto import decrypt
from foundation.regulations.services.rulebook import Rulebook

from ..models import AnnualRating, Award, Education, FamilyMember, FormDetails, Official, Photo, PostHolding
from ..rules import form_defaults as defaults
from ..rules.card_columns import FORM_COLUMNS, MEMBER_COLUMNS, PERSON_COLUMNS, SEX_WORDS
from ..rules.partial_dates import DateUnreadable, parse_partial_date
from ..rules.person_card import FamilyMember as CardMember
from ..rules.person_card import PersonCard, UnknownElement
from ..rules.retirement import RULE_OF_AGE, RaisedAge, compute_reaching, read_age_limit

RATING_YEARS, LAYOUT_2025 = "FORM-RATING-YEARS", "FORM-LAYOUT-2025"
FULL_TIME, IN_SERVICE = "全日制", "在职"


@dataclass(frozen=True, slots=True)
class StoredCard:
    """A person's card, and the photo as pages and forms show it."""

    person: Official
    card: PersonCard
    portrait: bytes = b""


def cards_of(people: Iterable[Official], book: Rulebook, *, with_numbers: bool = False) -> list[StoredCard]:
    """Cards in the order given (8 queries, however many). `with_numbers`: identity numbers in full, else none at all.

    `people` were loaded inside the actor's scope; the rulebook's day is the day of posts, ratings and ages.
    """
    found = list(people)
    rows = _Rows(found, book)
    return [rows.card_of(person, with_numbers) for person in found]


class _Rows:
    """What stands in the tables about some people."""

    def __init__(self, people: list[Official], book: Rulebook):
        keys = [person.pk for person in people]
        self.book, self.day = book, book.on
        self.forms = _one(FormDetails, people, "form_details")
        self.photos = _one(Photo, people, "photo")
        self.family = _many(FamilyMember, keys, "sort", "pk")
        self.education = _many(Education, keys, "sort", "pk")
        self.awards = _many(Award, keys, "sort", "pk")
        self.ratings = _many(AnnualRating, keys, "year")
        held = PostHolding.objects.system().filter(official__in=keys, is_shown=True).on_date(self.day)
        self.holdings = defaultdict(list)
        for row in held.select_related("post__organization").order_by("-is_main", "order_in_person", "starts_on", "pk"):
            self.holdings[row.official_id].append(row)

    def card_of(self, person: Official, with_numbers: bool) -> StoredCard:
        photo, form = self.photos.get(person.pk), self.forms.get(person.pk)
        values = {field: getattr(person, column) for field, column in PERSON_COLUMNS.items()}
        if form:
            values |= {field: getattr(form, column) for field, column in FORM_COLUMNS.items()}
        card = PersonCard(
            **values,
            sex=SEX_WORDS.get(person.sex, ""),
            identity_number=decrypt(person.id_cipher) if with_numbers and bytes(person.id_cipher) else "",
            family=tuple(
                CardMember(**{field: getattr(row, column) for field, column in MEMBER_COLUMNS.items()})
                for row in self.family[person.pk]
            ),
            photo=bytes(photo.original or photo.image) if photo else b"",
            unknown=tuple(UnknownElement.from_dict(each) for each in form.unknown_tags) if form else (),
        )
        return StoredCard(person, self._completed(person, card), bytes(photo.image) if photo else b"")

    def _completed(self, person: Official, card: PersonCard) -> PersonCard:
        """The card with what the rows say in place of empty texts."""
        said = {
            "birth": defaults.month_text(person.birth_on),
            "work_started": defaults.month_text(person.work_on),
            "party_joined": defaults.month_text(person.party_on),
            "current_post": defaults.posts_text(_named(row) for row in self.holdings[person.pk]),
            "annual_assessments": defaults.ratings_text(
                {row.year: row.grade for row in self.ratings[person.pk]},
                int(self.book.value(RATING_YEARS)),
                self.day.year,
            ),
            "rewards_and_sanctions": defaults.awards_text(
                [
                    defaults.AwardRow(row.label, row.approved_text, row.approved_by, row.revoked_text)
                    for row in self.awards[person.pk]
                ],
                declared_none="awards" in person.none_declared,
            ),
            "reaching_month": self._reaching(card),
        }
        empty = {name: text for name, text in said.items() if text and not getattr(card, name)}
        return replace(card, **empty, **self._education(person, card))

    def _education(self, person: Official, card: PersonCard) -> dict[str, str]:
        """Education of the rows, for a mode about which the record says nothing in its texts."""
        shown = [
            defaults.EducationRow(row.mode, row.education, row.degree, row.school, row.subject)
            for row in self.education[person.pk]
            if row.is_shown
        ]
        found = {}
        for mode, kind in ((FULL_TIME, "full_time"), (IN_SERVICE, "in_service")):
            names = [f"{kind}_{part}" for part in ("education", "degree", "education_school", "degree_school")]
            if not any(getattr(card, name) for name in names):
                found |= dict(zip(names, defaults.education_texts(shown, mode), strict=True))
        return found

    def _reaching(self, card: PersonCard) -> str:
        """The month in which the limit named on the form is reached; empty without a limit or a month of birth."""
        limit = read_age_limit(card.former_age_limit)
        rule = RULE_OF_AGE.get((card.sex, limit))
        try:
            born = parse_partial_date(card.birth)
        except DateUnreadable:
            return ""
        if limit is None:
            return ""
        at = self.book.get(rule) if rule else None
        raised = RaisedAge.of_rule(at.value, at.starts_on) if at else RaisedAge.fixed(limit)
        reaching = compute_reaching(born, raised)
        return reaching.exchanged if reaching else ""


def _named(row: PostHolding) -> tuple[str, str]:
    return (row.post.organization.name, row.post.title) if row.post else (row.unit_text, row.title_text)


def _one(model, people, relation: str) -> dict:
    """The row of each person, from what came with the people where it did."""
    if people and all(relation in person._state.fields_cache for person in people):
        loaded = {person.pk: person._state.fields_cache[relation] for person in people}
        return {key: row for key, row in loaded.items() if row is not None}
    keys = [person.pk for person in people]
    return {row.official_id: row for row in model.objects.system().filter(official__in=keys)}


def _many(model, keys, *order) -> dict:
    found = defaultdict(list)
    for row in model.objects.system().filter(official__in=keys).order_by(*order):
        found[row.official_id].append(row)
    return found
