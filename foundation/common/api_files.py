"""Addresses of the API that answer with a file."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.renderers import JSONRenderer

from .api_rows import Guarded

FILE = OpenApiResponse(OpenApiTypes.BINARY, description="The file")


class FileView(Guarded, GenericAPIView):
    """An address that answers with a file; errors are JSON as everywhere."""

    serializer_class = serializers.Serializer
    renderer_classes = (JSONRenderer,)
    http_method_names = ("get", "head")

    def answer(self, content: bytes, name: str, content_type: str) -> HttpResponse:
        """The file to save; it stays in no cache and is not taken for anything else."""
        response = HttpResponse(content, content_type=content_type)
        response["Content-Disposition"] = content_disposition_header(True, name)
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response
