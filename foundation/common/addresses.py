"""Addresses of the rows of a table: the pattern is resolved once, every row fills in its own part."""

from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from django.utils.http import RFC3986_SUBDELIMS

_PLACE = "8472936150"  # digits fit every converter of an address
_PLAIN = f"{RFC3986_SUBDELIMS}/~:@"  # as `reverse` leaves them: RFC 3986 §3.3


@dataclass(frozen=True)
class RowAddress:
    """An address with one part left open."""

    head: str
    tail: str

    @classmethod
    def of(cls, name: str, *args) -> "RowAddress":
        """The address of a page whose last argument is the row's."""
        head, _place, tail = reverse(name, args=[*args, _PLACE]).rpartition(_PLACE)
        return cls(head, tail)

    def at(self, value) -> str:
        """The address of a row, its part quoted as `reverse` does."""
        return f"{self.head}{quote(str(value), safe=_PLAIN)}{self.tail}"
