"""Exact decimals as text."""

from decimal import Decimal


def plain(value: Decimal) -> str:
    """Every digit that counts, no exponent and no zeros behind: 85.010000 is 85.01."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
