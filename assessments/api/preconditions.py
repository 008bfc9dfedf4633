"""The state that the caller saw: by `If-Match` or by `version` in the body (RFC 9110 §13, RFC 6585 §3)."""

from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from foundation.common.results import DomainError


def etag(version) -> str:
    """Entity tag of a version."""
    return f'"{version}"'


def seen_version(request, given) -> str:
    """The version on which the caller decided. Raises DomainError 428 when the request names none, 412 for several."""
    header = request.headers.get("If-Match")
    if header:
        tags = [tag.strip('"') for tag in parse_etags(header)]
        if len(tags) == 1 and tags[0] != "*":
            return tags[0]
        raise DomainError("ONE_VERSION", _("Name exactly one version in If-Match: the one you have seen."), status=412)
    if given in (None, ""):
        raise DomainError(
            "VERSION_MISSING",
            _("Say which version you have seen: If-Match with the ETag, or “version” in the body."),
            status=428,
        )
    return str(given)
