"""What was registered when a file was read may be gone when it is applied: said in words, never a crash."""

from django.utils.translation import gettext_lazy as _

from foundation.common.results import DomainError


class Registered(dict):
    """A look-up of registered things by the code that a staged row names.

    Raises DomainError for a code that is registered no more: between preview and apply another import was undone.
    """

    def __missing__(self, key):
        code = " / ".join(str(part) for part in key) if isinstance(key, tuple) else key
        raise DomainError(
            "IMPORT_STALE",
            _("“%(code)s” is not registered any more. Upload the file again: it is then read anew.") % {"code": code},
        )
