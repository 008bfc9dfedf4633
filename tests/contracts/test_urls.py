"""Every address × every persona, as the reviewed table says; an address that nobody thought of fails the build."""

import pytest
from django.apps import apps
from django.db import transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLResolver, include, path
from django.urls.resolvers import RegexPattern

from tests.support.databases import copy_database, drop_database, using
from tests.support.people import client_of
from tests.support.queries import PAGE_LIMIT, count_queries

from . import url_matrix
from .addresses import addresses, fill
from .leaks import body_of, leaks_in, words
from .world import make_world

TABLE = url_matrix.rows()
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
MULTIPART = ("v1:case-papers",)
DOORS = ("accounts:sign-in", "admin:login")
PAYLOADS = {
    "accounts:sign-in": {"username": "nobody", "password": "x"},
    "exchange:batch-undo": {"reason": "x"},
    "assessments:cycle-reopen": {"reason": "x"},
    "assessments:run-publish": {"reason": "x", "override_reason": "x"},
    "assessments:run-open": {"reason": "x"},
    "assessments:appeal-step": {"step": "withdraw", "version": 1, "reason": "x"},
    "assessments:publish-request-step": {"step": "confirm", "version": 1, "reason": "x"},
    "assessments:measure-step": {"step": "review", "version": 1, "reason": "x"},
    "assessments:collection-step": {"step": "verify", "version": 2, "reason": "x"},
    "assessments:item-step": {"step": "approve", "version": 1, "reason": "x"},
    "accounts:account-lock": {"reason": "x"},
    "accounts:account-name-holder": {"id_number": "", "reason": "x"},
    "officials:person-unmask": {"reason": "x"},
    "officials:person-trash": {"reason": "x"},
    "officials:person-restore": {"reason": "x"},
    "accounts:account-unlock": {"reason": "x"},
    "accounts:account-reset-password": {"reason": "x"},
    "accounts:grant-end": {"reason": "x"},
    "v1:cycle-reopen": {"reason": "x"},
    "v1:run-open": {"reason": "x"},
    "v1:run-publish": {"reason": "x", "override_reason": "x"},
    "v1:cycle-appeals": {"unit": "A-FIN", "target": "figure:G2", "wanted": "95", "grounds": "x"},
    "v1:appeal-steps": {"step": "withdraw", "reason": "x", "version": 1},
    "v1:publish-request-steps": {"step": "confirm", "version": 1},
    "v1:score": {"figure": "1", "reason": "x", "version": "x"},
    "v1:calculation-list": {"year": 2025, "jurisdiction": "A"},
    "v1:collection-steps": {"step": "verify", "version": 2},
    "v1:collection-figures": {"figures": []},
    "v1:item-list": {
        "cycle": "A-2025",
        "department": "A-FIN",
        "unit": "A-FIN",
        "item": "bonus",
        "points": "1",
        "ground": "x",
        "document_no": "x",
        "occurred_on": "2025-03-01",
    },
    "v1:case-paper-withdraw": {"reason": "x"},
    "v1:item-steps": {"step": "approve", "reason": "x", "version": 1},
    "v1:measure-steps": {"step": "review", "reason": "x", "version": 1},
}


@pytest.fixture(scope="module")
def world(ruled_copy, django_db_blocker):
    """The world of the matrix in a database of its own, with everybody's session."""
    with django_db_blocker.unblock():
        name = copy_database(ruled_copy, "matrix")
        with using(name):
            made = make_world()
            made.sessions = {who: client_of(user).cookies["sessionid"].value for who, user in made.people.items()}
            yield made
        drop_database(name)


def client(world, who, **options) -> Client:
    """A browser of a persona; every call begins with the session as it was."""
    made = Client(raise_request_exception=False, **options)
    if who in world.sessions:
        made.cookies["sessionid"] = world.sessions[who]
    return made


def address_of(row, found, world) -> str:
    """Where a line leads, for one of the addresses that it is about."""
    values = world.values_for(row.key)
    if found.route.startswith("admin/") and "object_id" in found.route and not found.route.startswith("admin/r/"):
        _admin, room, model = found.route.split("/")[:3]
        values |= {"object_id": apps.get_model(room, model)._base_manager.order_by("pk").first().pk}
    query = f"?to={values['number']}" if row.name == "v1:run-difference" else ""
    return fill(found.route, values) + query


def send(browser, row, address):
    """The request of a line."""
    if row.method == "GET":
        return browser.get(address)
    is_json = row.key.startswith("v1:") and row.name not in MULTIPART
    options = {"content_type": "application/json"} if is_json else {}
    return getattr(browser, row.method.lower())(address, PAYLOADS.get(row.name, {"x": "1"}), **options)


def cell_of(answer) -> str:
    """An answer as the table writes it."""
    if answer.status_code == 302 and answer.url.partition("?")[0] in map(resolve_url, DOORS):
        return "in"
    return str(answer.status_code)


CASES = [
    pytest.param(row, address, id=f"{row}" if row.name == address.key else f"{row} {address.key}")
    for address in addresses()
    for method in METHODS
    for row in url_matrix.rows_of(address, method, TABLE)
]
FEW = ("anonymous", "assessment_office", "auditor", "audit_admin")


def columns_for(row, place) -> tuple[str, ...]:
    """Everybody; at the second table and those after it that one line is about, one of each kind of reader."""
    first = next(each.values[1] for each in CASES if each.values[0] is row)
    return url_matrix.COLUMNS if place == first else FEW


def is_page(row, place) -> bool:
    """Is it about a page of the site: no answer to a program, no table of the auditors, no workbook of a whole year?"""
    is_other = row.name.startswith("v1:") or row.name.endswith("-file") or place.route.startswith("admin/")
    return row.method == "GET" and not is_other


def may_be_told(row) -> dict[str, set[str]]:
    """Who gets to know whom at a line: who asked, when looking by the approved request; nobody anywhere else."""
    return {"discipline_commission": set(words())} if str(row) == "POST complaints:look" else {}


@pytest.mark.django_db
@pytest.mark.parametrize(("row", "place"), CASES)
def test_everybody_gets_what_the_table_says(world, row, place, caplog):
    """And no page asks the database more often than the limit; asked twice where it seems so, as what a process remembers

    may have been cold. No answer and no line of a log gives an informer away, but to who looks by an approved request.
    """
    address, found, asked, told = address_of(row, place, world), {}, {}, {}

    def ask(who):
        answer = send(client(world, who), row, address)
        found[who] = cell_of(answer)
        told[who] = leaks_in(body_of(answer))

    for who in columns_for(row, place):
        with transaction.atomic():
            asked[who] = count_queries(lambda who=who: ask(who))
            if asked[who] > PAGE_LIMIT and is_page(row, place):
                asked[who] = count_queries(lambda who=who: ask(who))
            transaction.set_rollback(True)
    assert found == {who: row.cells[who] for who in found}, " ".join(found.values())
    assert {who: leaked for who, leaked in told.items() if leaked} == may_be_told(row)
    assert leaks_in(caplog.text.encode()) == set()
    if is_page(row, place):
        assert {who: number for who, number in asked.items() if number > PAGE_LIMIT and found[who] == "200"} == {}


@pytest.mark.django_db
@pytest.mark.parametrize(("row", "place"), [case for case in CASES if case.values[0].method != "GET"])
def test_a_request_from_elsewhere_is_refused(world, row, place):
    """Without the token of the form, nobody who may send it gets anything else than 403."""
    address = address_of(row, place, world)
    refused = {"401", "403", "404", "405"} if row.name == "accounts:sign-out" else {"in", "401", "403", "404", "405"}
    may = [who for who in columns_for(row, place) if row.cells[who] not in refused]
    for who in may:
        assert send(client(world, who, enforce_csrf_checks=True), row, address).status_code == 403, who


def test_every_address_has_a_line():
    assert url_matrix.missing(addresses(), TABLE) == []


def test_every_line_has_an_address():
    assert url_matrix.stale(addresses(), TABLE) == []


def planted(request):
    """A view that nobody thought of."""


def planted_write(request):
    """A view that takes a form: request.POST."""


def test_an_address_without_a_line_is_found():
    nested = include(([path("deep/", planted, name="deep"), path("bare/", planted)], "rewards"))
    resolver = URLResolver(RegexPattern(r"^/"), [path("write/", planted_write, name="write"), path("rewards/", nested)])
    assert url_matrix.missing(addresses(resolver), TABLE) == [
        "GET write (write/)",
        "POST write (write/)",
        "GET rewards:deep (rewards/deep/)",
        "GET rewards/bare/ (rewards/bare/)",
    ]


def test_a_line_without_an_address_is_found():
    table = [*TABLE, *url_matrix.rows("GET gone:page " + " ".join(["200"] * len(url_matrix.COLUMNS)))]
    assert url_matrix.stale(addresses(), table) == ["GET gone:page"]


def test_the_admin_of_a_new_room_needs_its_own_lines():
    resolver = URLResolver(
        RegexPattern(r"^/"), [path("admin/", include(([path("x/", planted, name="x_y_changelist")], "admin")))]
    )
    assert len(url_matrix.missing(addresses(resolver), TABLE)) == 1


def test_a_line_with_a_cell_too_few_is_refused():
    with pytest.raises(ValueError, match="zip"):
        url_matrix.rows("GET home 200 200")
