"""How many rows a page of a list shows."""

SIZES = (20, 50, 100)


def page_size(request) -> int:
    """20, 50 or 100 rows, as the address says; 50 when it says nothing or anything else."""
    asked = request.GET.get("size", "")
    return int(asked) if asked.isdecimal() and int(asked) in SIZES else 50
