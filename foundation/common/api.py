"""What all API views share: keyset pages and one shape of error."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_exception_handler

from .results import DomainError


class KeysetPagination(CursorPagination):
    """Keyset pages: the last page costs what the second costs. `limit` may ask for up to 500 rows.

    The view's `ordering` names one column whose values are unique; then rows that are inserted while somebody leafs
    through are neither doubled nor do they push others out. A cursor or limit that is none is answered 400.
    """

    page_size = 50
    page_size_query_param = "limit"
    page_size_query_description = "Number of rows on a page, 1 to 500."
    max_page_size = 500
    ordering = "pk"
    cursor_query_param = "cursor"
    cursor_query_description = "Where the page begins: taken from `next` or `previous` of another page."

    def get_ordering(self, request, queryset, view):
        """The view's order."""
        return (getattr(view, "ordering", self.ordering),)

    def get_page_size(self, request):
        """Rows on a page. Raises ValidationError for anything but a number from 1 to 500."""
        text = request.query_params.get(self.page_size_query_param)
        if text is None:
            return self.page_size
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= self.max_page_size):
            message = _("Enter a number from 1 to %(most)d.") % {"most": self.max_page_size}
            raise exceptions.ValidationError({self.page_size_query_param: [message]})
        return int(text)

    def decode_cursor(self, request):
        """Where the page begins. Raises ValidationError for a text that no page gave out."""
        try:
            cursor = super().decode_cursor(request)
        except exceptions.NotFound as error:
            raise self._wrong_cursor() from error
        if cursor and cursor.position is not None:
            is_number = cursor.position.isascii() and cursor.position.isdigit() and len(cursor.position) < 19
            if "\0" in cursor.position or (self.ordering[0].endswith(("pk", "_id")) and not is_number):
                raise self._wrong_cursor()
        return cursor

    def _wrong_cursor(self):
        message = _("This is no position in this list. Begin again with the first page.")
        return exceptions.ValidationError({self.cursor_query_param: [message]})


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
