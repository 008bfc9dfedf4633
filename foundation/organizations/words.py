"""What units keep as codes, in the reader's words."""

from foundation.regulations.services.codes import UnknownCodeTable, code_label


def category_word(code: str) -> str:
    """Name of an assessment category; the code itself before the code tables are loaded."""
    try:
        return code_label("unit_category", code)
    except UnknownCodeTable:
        return code
