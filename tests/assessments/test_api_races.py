"""Several people act on one thing at once through the API: one wins, the others are told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from assessments.models import Measure, Score
from assessments.services.publishing import publish
from foundation.audit.models import Entry
from foundation.casework.models import CaseEvent
from foundation.common.actors import SystemActor

from ..support.people import key_client_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_ruled")]
PEOPLE = 6


@pytest.fixture
def rulebook(committed_ruled):
    """Rules and calendar as they are delivered, in a database of the test's own."""


def at_once(user, call) -> list[int]:
    """The statuses that `call(client, number)` gets in several threads that begin together."""
    clients = [key_client_of(user) for _ in range(PEOPLE)]
    barrier = Barrier(PEOPLE)

    def act(number):
        barrier.wait()
        try:
            return call(clients[number], number).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return sorted(pool.map(act, range(PEOPLE)))


def test_exactly_one_step_is_taken(run, supervision_section):
    publish(run, actor=SystemActor("test"))
    case = Measure.objects.system().get()
    address = reverse("v1:measure-steps", args=[case.case_no])
    order = {"step": "review", "reason": "seen", "version": 1}
    assert at_once(supervision_section, lambda client, _n: client.post(address, order)) == [200, *[412] * (PEOPLE - 1)]
    assert CaseEvent.objects.filter(action="review").count() == 1
    assert Entry.objects.filter(action="assessments.measure.review").count() == 1


def test_exactly_one_correction_stands(assessed, assessment_office):
    address = reverse("v1:score", args=["A-2024", "A-SHA", "E1"])
    version = key_client_of(assessment_office).get(address).json()["version"]
    statuses = at_once(
        assessment_office,
        lambda client, number: client.patch(address, {"figure": 61 + number, "reason": "x", "version": version}),
    )
    assert statuses == [200, *[412] * (PEOPLE - 1)]
    assert Entry.objects.filter(action="assessments.figure.changed").count() == 1


def test_exactly_one_fills_an_empty_place(assessed, assessment_office):
    Score.objects.system().filter(unit__code="A-SHA", indicator__code="E1").delete()
    address = reverse("v1:score", args=["A-2024", "A-SHA", "E1"])
    version = key_client_of(assessment_office).get(address).json()["version"]
    statuses = at_once(
        assessment_office,
        lambda client, number: client.patch(address, {"figure": 61 + number, "reason": "x", "version": version}),
    )
    assert statuses == [200, *[412] * (PEOPLE - 1)]
    assert Score.objects.system().filter(unit__code="A-SHA", indicator__code="E1").count() == 1
