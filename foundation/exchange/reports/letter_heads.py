"""What an office gives for its letters: who signs, the number, the day, copies, the red head. Pure."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Heading:
    """Who signs, the number's word and year, the day, copies, whether the red head is printed."""

    issuer: str
    word: str
    year: int
    issued_on: date
    has_red_head: bool = True
    copies: str = ""

    @property
    def mark(self) -> str:
        """The red head (发文机关标志), empty where the paper has it already."""
        return _("Document of %(issuer)s") % {"issuer": self.issuer} if self.has_red_head else ""

    def symbol(self, number: int | None) -> str:
        """The number (发文字号): word〔year〕number号, blank where it is still to be given."""
        return _("%(word)s〔%(year)d〕No. %(number)s") % {
            "word": self.word,
            "year": self.year,
            "number": number if number else "   ",
        }
