"""Words of choices."""

from functools import lru_cache

from django.utils.encoding import force_str


class Worded:
    """Base of models whose choices stand in long tables: `get_…_display` as Django's, the table of choices read once."""

    def _get_FIELD_display(self, field):  # noqa: N802 - the name is Django's
        value = getattr(self, field.attname)
        return force_str(_words(field).get(value, value), strings_only=True)


@lru_cache(maxsize=1000)
def _words(field) -> dict:
    """The words, still lazy: each call says them in the reader's language."""
    return dict(field.flatchoices)
