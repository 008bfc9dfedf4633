"""What pages read: the inbox, the timeline of a case, alerts."""

from .alerts import alerts_for, owned_alerts, urgent_alerts
from .inbox import (
    BarCounts,
    InboxRow,
    bar_counts,
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
    "BarCounts",
    "InboxRow",
    "alerts_for",
    "bar_counts",
    "events_of",
    "notice_rows",
    "notices_for",
    "owned_alerts",
    "papers_of",
    "timeline",
    "urgent_alerts",
    "waiting_cases",
    "waiting_count",
    "waiting_queries",
]
