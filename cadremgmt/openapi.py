"""How the API describes itself: the key scheme, and the page that shows the description."""

from django.contrib.auth.decorators import login_required
from django.utils.decorators import method_decorator
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import IsAuthenticated


class KeyScheme(OpenApiAuthenticationExtension):
    """`Authorization: Key <prefix>.<secret>`."""

    target_class = "foundation.accounts.api.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema):
        """As an API key in a header: OpenAPI knows no own scheme names."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Key <prefix>.<secret>`: opens what the key's permissions and its user's roles both allow.",
        }


class SchemaView(SpectacularAPIView):
    """The OpenAPI document, for the signed-in only."""

    permission_classes = (IsAuthenticated,)


@method_decorator(login_required, name="dispatch")
class DocsView(SpectacularSwaggerSplitView):
    """The page of the API. Script and style come from files, so that the content security policy holds as it is."""

    permission_classes = (IsAuthenticated,)
    url_name = "v1:schema"
    template_name = "api/docs.html"


PROBLEM = {
    "type": "object",
    "description": "What was refused and why.",
    "required": ["code", "detail"],
    "properties": {
        "code": {"type": "string"},
        "detail": {"type": "string", "description": "In the caller's language (Accept-Language)"},
        "reasons": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "code": {"type": "string"},
                    "text": {"type": "string"},
                    "facts": {"type": "object", "additionalProperties": True},
                    "cite": {"type": "object", "nullable": True, "additionalProperties": True},
                },
            },
        },
    },
}
FIELD_ERRORS = {
    "type": "object",
    "description": "What is wrong with each field.",
    "additionalProperties": {"type": "array", "items": {"type": "string"}},
}


def complete(result, generator, request, public):
    """Postprocessing hook: a line for the list of addresses, and the refusals that each can answer with."""
    schemas = result["components"]["schemas"]
    schemas["Problem"], schemas["FieldErrors"] = PROBLEM, FIELD_ERRORS
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            operation["summary"] = operation["description"].replace("\n", " ").partition(". ")[0].rstrip(".")
            for status in _refusals(path, method, operation):
                names = ("FieldErrors", "Problem") if status == "400" else ("Problem",)
                operation["responses"].setdefault(status, _answer(STATUSES[status], names))
    return result


STATUSES = {
    "400": "Malformed: the fields are named.",
    "401": "Nobody is signed in and no valid key was sent.",
    "403": "The permission is held nowhere, or the form token is missing.",
    "404": "It does not exist, or lies outside the caller's area.",
    "409": "The rules stand against it; the reasons are named.",
    "412": "Somebody was faster: the version has changed.",
    "415": "The body is of another content type than described.",
    "428": "The version that was seen must be named.",
}


def _refusals(path, method, operation) -> list[str]:
    found = ["401", "403"]
    if "{" in path:
        found.append("404")
    if operation.get("requestBody") or any(parameter["in"] == "query" for parameter in operation.get("parameters", ())):
        found.append("400")
    if method != "get":
        found += ["404", "409", "415"]
    if any(parameter["name"] == "If-Match" for parameter in operation.get("parameters", ())):
        found += ["412", "428"]
    return sorted(found)


def _answer(description, names) -> dict:
    references = [{"$ref": f"#/components/schemas/{name}"} for name in names]
    schema = references[0] if len(references) == 1 else {"anyOf": references}
    return {"description": description, "content": {"application/json": {"schema": schema}}}
