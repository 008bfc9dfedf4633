"""Values of a record as JSON and back: days as text, everything else as it is."""

from datetime import date


def typed(value):
    """A value as a case keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def spoken(model, name: str, value):
    """The value that a case kept, as the column takes it."""
    return model._meta.get_field(name).to_python(value)
