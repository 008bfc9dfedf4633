"""Every list of the API: queries that do not grow with the page, pages that stay stable while rows are inserted."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import Cycle, Indicator, Measure, Run, RunMeasure, RunUnit, Scheme, Score
from assessments.services.jobs import order
from foundation.common.actors import SystemActor
from foundation.exchange.models import ImportBatch
from foundation.organizations.models import Post

from ..support.people import api_client_of, key_client_of, make_unit

pytestmark = pytest.mark.django_db
ACTOR = SystemActor("test")
MOST_QUERIES = 5  # session, user, grants, and two for the list
PARENT_RUN = "A-1999-01"


class Rows:
    """Makes rows of every list, as many as wanted, without the services: only the reading is under test."""

    def __init__(self, tree):
        self.tree, self.made = tree, 0
        self.cycle = Cycle.objects.create(jurisdiction=tree.county_a, year=1999)
        self.scheme = Scheme.objects.create(cycle=self.cycle, category="KEY")
        self.run = self._run(PARENT_RUN, self.cycle)
        self.post = Post.objects.create(organization=tree.finance, title="局长", is_principal=True)

    def add(self, name, number):
        for _ in range(number):
            self.made += 1
            getattr(self, name.replace("-", "_"))(self.made)

    def _unit(self, n):
        return make_unit(f"A-{n:04}", parent=self.tree.county_a, rank=1000 + n)

    def _run(self, number, cycle):
        now = timezone.now()
        return Run.objects.create(
            number=number, cycle=cycle, digest=number, engine_version="1", parameters={}, rulebook_version="",
            started_at=now, finished_at=now, actor_name="test", unit_count=1,
        )  # fmt: skip

    def unit_list(self, n):
        self._unit(n)

    def post_list(self, n):
        Post.objects.create(organization=self.tree.finance, title=f"副局长 {n}")

    def cycle_list(self, n):
        Cycle.objects.create(jurisdiction=self.tree.county_a, year=1999 + n)

    def scheme_list(self, n):
        Scheme.objects.create(cycle=self.cycle, category=f"C{n}")

    def indicator_list(self, n):
        return Indicator.objects.create(
            scheme=self.scheme,
            code=f"K{n}",
            name="x",
            group="x",
            weight=1,
            method="direct",
            responsible=self.tree.finance,
        )

    def score_list(self, n):
        Score.objects.create(cycle=self.cycle, unit=self.tree.health, indicator=self.indicator_list(n), figure=n)

    def calculation_list(self, n):
        order(actor=ACTOR, year=1999, cycles=[self.cycle])

    def run_list(self, n):
        self._run(f"A-1999-{n + 1:02}", self.cycle)

    def run_units(self, n):
        RunUnit.objects.create(
            run=self.run, unit=self._unit(n), category="KEY", base=80, bonus=0, deduction=0, vetoes=0, total=80,
            rank=n // 3 + 1, n=9, grade="良好", flagged=False, shielded=False, mitigated=False, streak=0,
            flags_in_window=0, step="none", notes={},
        )  # fmt: skip

    def run_measures(self, n):
        RunMeasure.objects.create(run=self.run, unit=self.tree.finance, post=self.post, days=n, step="reminder_talk")

    def measure_list(self, n):
        Measure.objects.create(
            case_no=f"MB-{n:03}", status="declined", organization=self.tree.finance, opened_on=date(2025, 1, 1),
            cycle=self.cycle, run=self.run, post=self.post, days=1, step="reminder_talk",
        )  # fmt: skip

    def import_list(self, n):
        ImportBatch.objects.create(
            number=f"IMP-{n:06}", kind="units", organization=self.tree.county_a, file_name="x.csv",
            sha256=f"{n:064}", size=1, content=b"x", created_by_name="test",
        )  # fmt: skip


LISTS = (
    "unit-list", "post-list", "cycle-list", "scheme-list", "indicator-list", "score-list", "calculation-list",
    "run-list", "run-units", "run-measures", "measure-list", "import-list",
)  # fmt: skip


def address(name):
    return reverse(f"v1:{name}", args=[PARENT_RUN] if name in ("run-units", "run-measures") else [])


@pytest.fixture
def rows(tree):
    return Rows(tree)


@pytest.mark.parametrize("name", LISTS)
def test_queries_do_not_grow_with_the_page(rows, assessment_office, name):
    client = api_client_of(assessment_office)
    counts = []
    for more, total in ((2, 2), (18, 20)):
        rows.add(name, more)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(address(name), {"limit": 100})
        assert len(answer.json()["results"]) >= total
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES, queries.captured_queries


@pytest.mark.parametrize("name", LISTS)
def test_no_query_reads_file_contents_or_whole_explanations(rows, assessment_office, name):
    rows.add(name, 1)
    with CaptureQueriesContext(connection) as queries:
        api_client_of(assessment_office).get(address(name))
    text = " ".join(query["sql"] for query in queries)
    assert not any(column in text for column in ('"content"', '"points"', '"id_cipher"', '"id_hash"'))


@pytest.mark.parametrize("name", LISTS)
def test_leafing_finds_every_row_once_though_rows_are_inserted(rows, assessment_office, name):
    client = key_client_of(assessment_office)
    rows.add(name, 7)
    whole = client.get(address(name), {"limit": 500}).json()["results"]
    seen, page = [], client.get(address(name), {"limit": 3}).json()
    while True:
        assert len(page["results"]) <= 3
        seen += page["results"]
        rows.add(name, 1)
        if page["next"] is None or len(seen) > 60:
            break
        page = client.get(page["next"]).json()
    keys = [key(name, row) for row in seen]
    assert len(keys) == len(set(keys))
    assert [found for found in keys if found in {key(name, row) for row in whole}] == [key(name, row) for row in whole]


@pytest.mark.parametrize("name", LISTS)
def test_leafing_back_gives_the_same_pages(rows, assessment_office, name):
    client = key_client_of(assessment_office)
    rows.add(name, 7)
    first = client.get(address(name), {"limit": 2}).json()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    again = client.get(third["previous"]).json()
    assert [key(name, row) for row in again["results"]] == [key(name, row) for row in second["results"]]
    assert first["previous"] is None


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "cursor", ["", "cD0=", "cD0lMDA=", "cj14JnA9MQ==", "b3=", "cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "é"]
)
def test_a_cursor_that_no_page_gave_out_is_never_an_error_of_the_server(rows, assessment_office, name, cursor):
    rows.add(name, 1)
    answer = key_client_of(assessment_office).get(address(name), {"cursor": cursor})
    assert answer.status_code in (200, 400)
    if answer.status_code == 400:
        assert list(answer.json()) == ["cursor"]


def key(name, row):
    """What names a row of a list."""
    names = {
        "unit-list": ("code",),
        "post-list": ("unit", "title"),
        "cycle-list": ("id",),
        "scheme-list": ("id",),
        "indicator-list": ("scheme", "code"),
        "score-list": ("cycle", "unit", "indicator"),
        "run-units": ("unit",),
        "run-measures": ("days",),
        "measure-list": ("case_no",),
    }
    return tuple(row[column] for column in names.get(name, ("number",)))
