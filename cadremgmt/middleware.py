"""What every page answers alike."""

from django.core.exceptions import BadRequest

from foundation.common.results import DomainError

from .views.errors import refused


class DomainErrorMiddleware:
    """Turns a domain error that no view caught into a page that says what was refused and why."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Answer domain errors; everything else goes its usual way."""
        return refused(request, exception) if isinstance(exception, DomainError) else None


class WholeTextMiddleware:
    """Refuses addresses of pages with a NUL character, which no name has and no text of the database can hold (400).

    The API judges its own: it names the parameter, or finds nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        is_page = not request.path.startswith("/api/")
        if is_page and ("\0" in request.path or "%00" in request.META.get("QUERY_STRING", "")):
            raise BadRequest("NUL in the address")
        return self.get_response(request)
