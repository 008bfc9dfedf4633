"""The API's description and its page."""

import re
from io import StringIO

import pytest
import yaml
from django.core.management import call_command
from django.urls import get_resolver, reverse
from rest_framework.test import APIClient

from ..support.people import api_client_of, client_of, key_client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def description():
    """The OpenAPI document; a warning of the generator or an invalid document is an error."""
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    return yaml.safe_load(out.getvalue())


def test_every_address_is_described(description):
    described = {re.sub(r"{[^}]*}", "{}", path) for path in description["paths"]}
    api = next(part for part in get_resolver().url_patterns if str(part.pattern) == "api/v1/")
    built = {"/api/v1/" + re.sub(r"<[^>]*>", "{}", str(each.pattern)) for each in api.url_patterns}
    assert built - described == {"/api/v1/schema/", "/api/v1/docs/"}


def test_every_operation_tells_its_refusals(description):
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            statuses = set(operation["responses"])
            assert {"401", "403"} <= statuses, path
            assert operation["summary"], path
            if "{" in path:
                assert "404" in statuses, path
            if method != "get":
                assert {"400", "409"} <= statuses, path
            assert operation["security"] == [{"key": []}, {"cookieAuth": []}], path


def test_decimals_are_described_as_text(description):
    result = description["components"]["schemas"]["ResultRow"]["properties"]
    shape = {"type": "string", "format": "decimal"}
    assert {name: result["total"][name] for name in shape} == shape


def test_the_document_needs_a_signed_in_caller(unit_liaison):
    assert APIClient().get(reverse("v1:schema")).status_code == 401
    assert key_client_of(unit_liaison).get(reverse("v1:schema")).status_code == 200
    assert api_client_of(unit_liaison).get(reverse("v1:schema")).status_code == 200


def test_the_page_keeps_the_content_security_policy(client, unit_liaison):
    assert client.get(reverse("v1:docs")).status_code == 302
    answer = client_of(unit_liaison).get(reverse("v1:docs"))
    page = answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert answer.status_code == 200
    assert "unsafe" not in policy
    assert "<style" not in page
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert re.findall(r"\son[a-z]+=|\sstyle=", page) == []
    assert "https://" not in page
    script = client_of(unit_liaison).get(reverse("v1:docs"), {"script": ""})
    assert script["Content-Type"].startswith("application/javascript")
    assert reverse("v1:schema") in script.content.decode().replace("\\u002D", "-").replace("\\u002F", "/")


def test_an_unknown_address_is_not_found(unit_liaison):
    assert key_client_of(unit_liaison).get("/api/v1/nothing/").status_code == 404
