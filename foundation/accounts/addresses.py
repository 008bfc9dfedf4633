"""From which address a request comes."""

from django.conf import settings


def client_address(request) -> str:
    """The caller's address: the connection's, or what the outermost of `TRUSTED_PROXIES` own proxies saw.

    Entries of X-Forwarded-For left of the own proxies are the caller's claims and are ignored.
    """
    count = settings.TRUSTED_PROXIES
    if count:
        seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
        if len(seen) >= count:
            return seen[-count]
    return request.META.get("REMOTE_ADDR", "")
