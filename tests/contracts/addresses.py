"""Every address of the site from the resolver, nested ones too, and where in the world of the matrix it leads."""

import inspect
import re
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver
from django.views.generic import RedirectView

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
WRITES = ("post", "put", "patch", "delete")


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver. `key` is its name, or its route when it has none."""

    key: str
    route: str
    callback: object

    def takes(self) -> set[str]:
        """Methods beside GET that the view itself looks at."""
        view = getattr(self.callback, "cls", None) or getattr(self.callback, "view_class", None)
        if view is RedirectView:
            return set()
        if view:
            return {method.upper() for method in WRITES if hasattr(view, method)}
        if hasattr(self.callback, "model_admin"):
            return set()
        source = inspect.getsource(inspect.unwrap(self.callback))
        return {"POST"} if "request.POST" in source or "require_POST" in source or '"POST"' in source else set()


def addresses(resolver=None) -> list[Address]:
    """All patterns below a resolver, in the order in which they are tried; the first of a name counts."""
    found = {}
    for address in _walk(resolver or get_resolver(), "", ""):
        found.setdefault(address.key, address)
    return list(found.values())


def _walk(resolver, prefix, namespace):
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(f"{namespace}{pattern.name}" if pattern.name else route, route, pattern.callback)
        else:
            yield from _walk(pattern, route, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)


def fill(route: str, values: dict) -> str:
    """The address of a route. Raises KeyError for a parameter that nobody gave."""
    if route.startswith("admin/^"):  # the admin's own two regular expressions
        return f"/admin/{values['url']}"
    return "/" + PARAMETER.sub(lambda hit: str(values[hit.group(1)]), route)
