"""Who may open a page at all, and how a refused act is told."""

from django.contrib.auth.decorators import login_required, permission_required

from foundation.common.results import DomainError


def allowed(perm: str):
    """Anonymous visitors go to sign-in, users who hold the permission nowhere get 403."""

    def decorate(view):
        return login_required(permission_required(perm, raise_exception=True)(view))

    return decorate


def tell(form, error: DomainError) -> None:
    """Put a refusal and its reasons into the form."""
    form.add_error(None, error.message)
    for reason in error.reasons:
        if reason.text:
            form.add_error(None, reason.text)
