"""Expressions that searches and orders of people are indexed by: written once, for the index and for the question."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Case, CharField, DateField, F, Func, Q, TextField, Value, When
from django.db.models.functions import Coalesce, Lower, StrIndex
from django.db.models.lookups import Exact

from .rules.typed_searches import pairs_of

PAIRS_SQL = """
CREATE FUNCTION officials_pairs(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT coalesce(array_agg(DISTINCT substr(lower(words), place, 2)), '{}')
    FROM generate_series(1, length(words) - 1) AS place
$$
"""
"""Pairs of neighbouring signs of a text in small letters, as `rules.typed_searches.pairs_of`: two signs are enough to
be found by, which no trigram index offers."""


class Pairs(Func):
    """`officials_pairs(text)`."""

    function = "officials_pairs"
    output_field = ArrayField(TextField())


class Joined(Func):
    """Texts one after another; unlike `Concat` it does not depend on settings of the connection, so it can be indexed."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = CharField()


SCHOOLS = Joined(F("full_school"), Value(" ", CharField()), F("service_school"))
"""Schools with their subjects, of both kinds of education; the blank keeps a pair from reaching over both."""
LATEST = date(9999, 12, 31)


def known_date(column: str) -> Coalesce:
    """A date as people are ordered by it: who has none comes last, so that every line has its place."""
    return Coalesce(F(column), Value(LATEST, DateField()))


KNOWN_BIRTH, KNOWN_POST, KNOWN_RANK = (known_date(column) for column in ("birth_on", "post_on", "rank_on"))
HAN = "汉族"
IN_PARTY = ("中共党员", "中国共产党党员", "中共预备党员", "中国共产党预备党员", "预备党员")
MINORITY = ~Q(ethnicity__in=(HAN, ""))
# Where a form leaves the Party's line empty, the person is in none (任免审批表 入党时间).
OUTSIDE_PARTY = ~Q(politics__in=(*IN_PARTY, "")) | Q(politics="", party_text="", party_on__isnull=True)
POSITION_BITS = {"principal": 1, "deputy": 2, "member": 4}
"""正职, 副职, 班子成员 in `positions` of a person; the migration's triggers write the same bits."""
ON_THE_ROSTER = Q(trashed_at__isnull=True, status="1", left_note="")
"""Whom the roster shows unless asked otherwise: in post, not gone, not in the trash."""
ASKED_COLUMNS = (
    "sex", "has_grassroots_years", "birth_on", "post_on", "rank_on", "home_id", "ethnicity", "politics", "party_on",
    "level", "rank", "full_education", "service_education", "positions",
)  # fmt: skip
"""Kept beside the order of the roster, so that conditions on them are decided by the index alone."""


def holds(pairs: str, text: str, *columns: str) -> Q:
    """Does one of the columns hold the text, whatever the case? `pairs`: the annotation with their pairs, which an index finds.

    The text is looked for in each row, which costs little, and only where it stands are its pairs. That it stands there is
    written as "not nowhere", which the server takes for nearly everybody: beside the pairs, whose frequency it knows,
    another guess would make it sort all who answer instead of reading the first in their order.
    """
    small = text.lower()
    stands = Q()
    for column in columns:
        stands |= ~Q(Exact(StrIndex(Lower(column), Value(small)), 0))
    return stands & Q(**{f"{pairs}__contains": list(pairs_of(text))}) if len(text) > 1 else stands


def ever_held(position: str) -> Q:
    """People who hold, held or will hold a post of this kind: those among whom the dates decide."""
    bit = POSITION_BITS[position]
    return Q(positions__in=[bits for bits in range(1, 8) if bits & bit])


def decided(condition: Q) -> Q:
    """The same condition, asked of one person after the other: the server neither joins for it nor takes it for rare."""
    return Q(Case(When(condition, then=True), default=False, output_field=BooleanField()))
