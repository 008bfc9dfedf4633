"""Tokens of the rulebook tables: the one query that tells whether what a process remembers still stands.

During a web request the tokens are read once, so a page with a thousand labels asks once and shows one state of the
rulebook. The query that loads the user brings them along (`in_passing`); where there is none, the first label asks.
Outside of requests (tasks, commands) every call asks, but inside `asked_once`.
"""

from contextlib import contextmanager
from threading import local
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.core.signals import request_finished, request_started
from django.db.models.functions import JSONObject
from django.dispatch import receiver

from ..models import TableVersion

RULES, CODES, CALENDAR = "rules", "codes", "calendar"
COLUMNS = ("topic", "token")
_request = local()


def current(topic: str) -> UUID | None:
    """Token of a topic; None while nothing was ever loaded, and then nothing may be remembered."""
    tokens = getattr(_request, "tokens", None)
    if tokens is None:
        return _read().get(topic)
    if not tokens:
        tokens.update(_read())
    return tokens.get(topic)


def in_passing() -> ArraySubquery:
    """The tokens as a column of another query, for `take`."""
    return ArraySubquery(TableVersion.objects.values(found=JSONObject(**dict(zip(COLUMNS, COLUMNS, strict=True)))))


def take(found: list[dict]) -> None:
    """Use what `in_passing` read for the rest of the request, unless the request has read tokens before."""
    if getattr(_request, "tokens", None) == {}:
        _request.tokens.update({row["topic"]: UUID(row["token"]) for row in found})


@receiver(request_started, dispatch_uid="regulations.tokens")
def request_began(**_kwargs):
    """Remember the tokens from here on."""
    _request.tokens = {}


@receiver(request_finished, dispatch_uid="regulations.tokens")
def request_ended(**_kwargs):
    """Ask each time again."""
    _request.tokens = None


@contextmanager
def asked_once():
    """Read the tokens once for all that is done inside, as a request does: for a command that nobody works beside, for a sweep.

    Inside a request or of another one it changes nothing: those go on with what they have read.
    """
    if getattr(_request, "tokens", None) is not None:
        yield
        return
    request_began()
    try:
        yield
    finally:
        request_ended()


def written():
    """A service of this room has written: the request must see it."""
    if getattr(_request, "tokens", None) is not None:
        _request.tokens = {}


def _read() -> dict[str, UUID]:
    return dict(TableVersion.objects.values_list(*COLUMNS))
