"""What all API views share: keyset pages and one shape of error."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_exception_handler

from .results import DomainError


class KeysetPagination(CursorPagination):
    """Keyset pages: the last page costs what the second costs. `limit` may ask for up to 500 rows."""

    page_size = 50
    page_size_query_param = "limit"
    max_page_size = 500
    ordering = "pk"
    cursor_query_param = "cursor"


def reasons_as_json(reasons) -> list[dict]:
    """Reasons as API data: code, text, facts and citation."""
    return [
        {
            "code": reason.code,
            "text": str(reason.text),
            "facts": dict(reason.facts),
            "cite": {"law": reason.cite.law, "article": reason.cite.article, "confidence": reason.cite.confidence}
            if reason.cite
            else None,
        }
        for reason in reasons
    ]


def exception_handler(error, context):
    """Domain errors answer with code, message and reasons; everything else as the framework does."""
    if isinstance(error, DomainError):
        body = {"code": error.code, "detail": str(error.message), "reasons": reasons_as_json(error.reasons)}
        return Response(body, status=error.status)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    response = drf_exception_handler(error, context)
    if response is not None and response.status_code != status.HTTP_400_BAD_REQUEST and isinstance(response.data, dict):
        response.data.setdefault("code", getattr(error, "default_code", "error"))
    return response
