"""Tables of the case engine: what all kinds of cases share, and the alerts."""

from .alerts import Alert, AlertStatus
from .cases import Attachment, CaseBase, CaseEvent, Deadline, Notice, NoticeQuerySet, case_triggers
from .readings import CaseReading

__all__ = [
    "Alert",
    "AlertStatus",
    "Attachment",
    "CaseBase",
    "CaseEvent",
    "CaseReading",
    "Deadline",
    "Notice",
    "NoticeQuerySet",
    "case_triggers",
]
