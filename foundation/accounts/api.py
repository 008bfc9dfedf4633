"""Programs sign in with a key: `Authorization: Key <prefix>.<secret>`."""

from django.utils.translation import gettext_lazy as _
from rest_framework import authentication, exceptions

from .services.keys import find_usable, note_use


class KeyAuthentication(authentication.BaseAuthentication):
    """Speaks for the key's user, within the key's permissions and what the user may do today.

    First in the list of authenticators, so that an unknown caller is answered 401 with WWW-Authenticate.
    """

    keyword = "Key"

    def authenticate(self, request):
        """The key's user and the key; None when the header carries no key."""
        keyword, _space, text = authentication.get_authorization_header(request).decode("latin-1").partition(" ")
        if keyword.lower() != self.keyword.lower():
            return None
        key = find_usable(text.strip())
        if key is None:
            raise exceptions.AuthenticationFailed(_("The key is unknown, expired or revoked."))
        note_use(key)
        key.user.allowed_by_key = frozenset(key.scopes)
        return key.user, key

    def authenticate_header(self, request):
        """What a 401 asks for."""
        return f'{self.keyword} realm="api"'
