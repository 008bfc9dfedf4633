"""People with what the roster asks about, written straight into the tables."""

from datetime import date

from officials.models import Official
from officials.services.people import identity_values

CHECK = "10X98765432"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number_of(born: date, serial: int) -> str:
    """A number whose check digit is right."""
    body = f"440784{born:%Y%m%d}{serial:03d}"
    return body + CHECK[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def make_person(name, home, *, born=date(1980, 5, 6), serial=None, **fields) -> Official:
    """A person in post at a unit; `fields` are columns of the record."""
    serial = Official.objects.count() + 1 if serial is None else serial
    values = {"sex": "1", "ethnicity": "汉族", "politics": "中共党员", "birth_on": born} | fields
    return Official.objects.create(home=home, **(identity_values(number_of(born, serial), name) | values))
