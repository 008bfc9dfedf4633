"""May a department still change its figures, and how late is it? Pure: the day is passed in."""

from datetime import date


def check_entry(status: str, last_day: date, today: date) -> str:
    """Code of what stands against entering a figure; empty when it may be entered.

    A submitted figure waits for the office, a verified one is settled, and after the last day the office must release.
    """
    if status == "submitted":
        return "COLLECTION_SUBMITTED"
    if status == "verified":
        return "COLLECTION_VERIFIED"
    return "COLLECTION_OVERDUE" if today > last_day else ""


def compute_urgency(is_open: bool, days_left: int, remind_days: int) -> str:
    """`overdue`, `soon` or empty: how a submission stands by the working days left (negative: days late)."""
    if not is_open:
        return ""
    if days_left < 0:
        return "overdue"
    return "soon" if days_left <= remind_days else ""
