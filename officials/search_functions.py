"""Expressions that searches and orders of people are indexed by: written once, for the index and for the question."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, DateField, F, Func, TextField, Value
from django.db.models.functions import Coalesce

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


SCHOOLS = Joined(F("full_school"), F("service_school"))
"""Schools with their subjects, of both kinds of education."""
LATEST = date(9999, 12, 31)


def known_date(column: str) -> Coalesce:
    """A date as people are ordered by it: who has none comes last, so that every line has its place."""
    return Coalesce(F(column), Value(LATEST, DateField()))


KNOWN_BIRTH, KNOWN_POST, KNOWN_RANK = (known_date(column) for column in ("birth_on", "post_on", "rank_on"))
