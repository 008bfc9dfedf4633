"""What the pages of this room share."""

from foundation.common.results import DomainError


def show(form, error: DomainError) -> None:
    """Every reason stands at its field where the form has it, else above the form."""
    for reason in error.reasons:
        field = reason.facts.get("field")
        form.add_error(field if field in form.fields else None, reason.text or error.message)
    if not error.reasons:
        form.add_error(None, error.message)
