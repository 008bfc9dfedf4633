"""The two moments that every session carries."""

import time

SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"


def stamp_session(sender, request, user, **kwargs):
    """Receiver of `user_logged_in`: a session knows since when it lasts, whoever opened it. Seconds since 1970."""
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(time.time())
