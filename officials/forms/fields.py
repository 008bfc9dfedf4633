"""Fields as staff type them: dates as papers write them, labels offered from a code table."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.regulations.services.codes import codes

from ..rules.identity_number import check_identity, clean_identity
from ..rules.partial_dates import DateUnreadable, parse_partial_date


class PartialDateText(forms.CharField):
    """A date whose text is kept as it is typed, once it can be read: 1985.07, 198507, 1985年7月, 1942, 1941底."""

    def clean(self, value):
        """The text without blanks at its ends. Raises ValidationError for what is no date."""
        text = super().clean(value).strip()
        if text:
            _read(text)
        return text


class MonthField(forms.CharField):
    """A day, or the first day of a month: 2019.10, 201910, 2019年10月, 2019-10-15."""

    def __init__(self, **kwargs):
        super().__init__(max_length=20, **kwargs)

    def prepare_value(self, value):
        """A stored day as it is typed: month alone when it is the first, as rosters write it."""
        if hasattr(value, "strftime"):
            return f"{value:%Y.%m}" if value.day == 1 else f"{value:%Y.%m.%d}"
        return value

    def clean(self, value):
        """The day, None when empty. Raises ValidationError for what is no date."""
        text = super().clean(value).strip()
        return _read(text).first_day if text else None


def _read(text):
    try:
        return parse_partial_date(text)
    except DateUnreadable as error:
        raise forms.ValidationError(
            _("“%(text)s” is no date. Write it as 1985.07 or 198507."),
            code=error.code,
            params={"text": text},
        ) from error


class LabelField(forms.CharField):
    """A label of a code table, typed with the table's labels offered; other texts are kept, since files have them too."""

    def __init__(self, *, table, **kwargs):
        self.table = table
        super().__init__(**kwargs)

    @property
    def labels(self) -> list[str]:
        """What is offered, in the order of the table."""
        return [row.label_zh for row in codes(self.table).values() if row.enabled]


class IdentityField(forms.CharField):
    """An identity number that passes its own checks; the region is never a reason to refuse it (GB 11643-1999)."""

    def __init__(self, **kwargs):
        super().__init__(max_length=30, **kwargs)

    def clean(self, value):
        """The number in eighteen characters. Raises ValidationError with the fault."""
        number = clean_identity(super().clean(value))
        fault = check_identity(number) if number else None
        if fault:
            raise forms.ValidationError(FAULTS.get(fault.code, FAULTS["id_characters"]) % fault.params, code=fault.code)
        return number


FAULTS = {
    "id_length": _("An identity number has 18 characters."),
    "id_fifteen": _("This is an old number of 15 digits; today it is %(number)s."),
    "id_characters": _("An identity number has 17 digits and a last digit or X."),
    "id_birth_day": _("The birth date inside the number does not exist."),
    "id_checksum": _("The check character does not fit: by the first 17 digits it is %(expected)s."),
}
