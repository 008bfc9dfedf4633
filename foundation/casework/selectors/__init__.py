"""What pages read: the inbox, the timeline of a case, alerts."""

from .inbox import (
    InboxRow,
    events_of,
    notice_rows,
    notices_for,
    papers_of,
    timeline,
    waiting_cases,
    waiting_count,
    waiting_queries,
)

__all__ = [
    "InboxRow",
    "events_of",
    "notice_rows",
    "notices_for",
    "papers_of",
    "timeline",
    "waiting_cases",
    "waiting_count",
    "waiting_queries",
]
