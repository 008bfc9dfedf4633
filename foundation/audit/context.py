"""Which request or task is running: its id stands in entries, in row events and in the response."""

import re
import uuid
from contextlib import contextmanager
from contextvars import ContextVar

import pghistory

WELL_FORMED = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{7,63}")
_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """Id of the running request or task, empty outside both."""
    return _request_id.get()


def accept_request_id(given: str | None) -> str:
    """The id that a proxy or caller sent, when it is 8 to 64 plain characters; a new one otherwise."""
    return given if given and WELL_FORMED.fullmatch(given) else uuid.uuid4().hex


@contextmanager
def running(request_id: str, **facts):
    """Give everything written inside this id and these facts; an inner call keeps the outer one's."""
    if current_request_id():
        yield current_request_id()
        return
    token = _request_id.set(request_id)
    try:
        with pghistory.context(request=request_id, **facts):
            yield request_id
    finally:
        _request_id.reset(token)
