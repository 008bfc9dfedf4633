"""The one shape of every check's answer: a verdict with reasons that carry data and citation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Cite:
    """Where a rule stands: law, article and how sure we are of the reading (`verified`, `recalled`, `practice`, `default`)."""

    law: str
    article: str = ""
    confidence: str = "default"

    @property
    def needs_check(self) -> bool:
        """True when the value was not read in its source: pages then show 待核."""
        return self.confidence != "verified"


@dataclass(frozen=True)
class Reason:
    """One reason of a verdict: a stable code, the facts it rests on, the article, and a text for people."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    cite: Cite | None = None
    text: Any = ""


@dataclass(frozen=True)
class Verdict:
    """Result of a check. `allowed` is decided by the rule; `reasons` explain it, also when it is positive."""

    allowed: bool
    reasons: tuple[Reason, ...] = ()

    @classmethod
    def from_refusals(cls, reasons) -> "Verdict":
        """Allowed exactly when no refusal was found."""
        found = tuple(reasons)
        return cls(not found, found)


class DomainError(Exception):
    """A domain act that cannot be done. `message` is fit for the user: what is wrong, where, what to do.

    `status` is the HTTP status that pages and API answer with (409 unless the input itself is wrong: 400).
    """

    def __init__(self, code, message, reasons=(), status=409):
        super().__init__(code)
        self.code, self.message, self.reasons, self.status = code, message, tuple(reasons), status

    def __str__(self):
        return f"{self.code}: {self.message}"
