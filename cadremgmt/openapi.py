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
