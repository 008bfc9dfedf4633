"""Generated tests of a model in the auditors' admin: subclass and say how one row of county A and of county B is made.

    class TestPosts(ReadingRoom):
        model = Post

        def make(self, unit, number):
            return Post.objects.create(organization=unit, title=f"局长 {number}")

Opens for auditors alone, changes nothing, shows rows of the reader's counties only, and asks as many queries for twenty
rows as for two. `secrets` are texts that must stand on no page.
"""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from .people import client_of, make_persona

MOST_QUERIES = 14  # session, user, grants, count, rows; filters and the frame of the admin ask a few more


class ReadingRoom:
    """Tests of one model."""

    model = None
    secrets: tuple[str, ...] = ()
    search = ""

    def make(self, unit, number):
        """A row that belongs to a unit; `number` makes it different from others."""
        raise NotImplementedError

    def place(self, tree, county):
        """The unit of county A or B to which rows belong."""
        return tree.finance if county == "A" else tree.other_department

    @pytest.fixture(autouse=True)
    def _tree(self, tree):
        self.tree = tree

    def list_address(self):
        """Address of the list."""
        return reverse(f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_changelist")

    def row_address(self, row):
        """Address of one row."""
        return reverse(f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_change", args=[row.pk])

    def shown(self, client) -> set:
        """Keys of the rows that a list shows to a reader."""
        answer = client.get(self.list_address())
        assert answer.status_code == 200
        self.keeps_secrets(answer)
        return {row.pk for row in answer.context["cl"].result_list}

    def keeps_secrets(self, answer):
        """No secret stands on the page."""
        page = answer.content.decode()
        assert not [secret for secret in self.secrets if secret in page]

    def test_auditors_read_lists_and_rows(self, auditor):
        row = self.make(self.place(self.tree, "A"), 1)
        client = client_of(auditor)
        assert row.pk in self.shown(client)
        answer = client.get(self.row_address(row))
        assert answer.status_code == 200
        self.keeps_secrets(answer)

    @pytest.mark.parametrize("role", ["assessment_office", "department_leader", "unit_liaison"])
    def test_nobody_else_enters(self, role):
        row = self.make(self.place(self.tree, "A"), 1)
        client = client_of(make_persona(role, self.tree.county_a))
        for address in (self.list_address(), self.row_address(row)):
            answer = client.get(address, follow=True)
            assert answer.status_code == 403

    def test_nothing_can_be_written(self, auditor):
        row = self.make(self.place(self.tree, "A"), 1)
        client = client_of(auditor)
        base = self.list_address()
        assert client.get(f"{base}add/").status_code == 403
        assert client.post(self.row_address(row), {}).status_code == 403
        assert client.post(f"{base}{row.pk}/delete/", {"post": "yes"}).status_code == 403
        assert self.model._base_manager.filter(pk=row.pk).exists()

    def test_an_auditor_of_one_county_reads_its_rows_alone(self):
        mine = self.make(self.place(self.tree, "A"), 1)
        foreign = self.make(self.place(self.tree, "B"), 2)
        client = client_of(make_persona("auditor", self.tree.county_a))
        shown = self.shown(client)
        assert mine.pk in shown
        assert foreign.pk not in shown
        assert client.get(self.row_address(foreign)).status_code == 302
        assert client.get(self.row_address(mine)).status_code == 200

    def test_queries_do_not_grow_with_the_list(self, auditor):
        client = client_of(auditor)
        self.shown(client)  # what a process remembers, code tables above all, is read once
        counts = []
        for first, last in ((1, 3), (3, 21)):
            for number in range(first, last):
                self.make(self.place(self.tree, "A"), number)
            with CaptureQueriesContext(connection) as queries:
                assert len(self.shown(client)) >= last - 1
            counts.append(len(queries))
        assert counts[0] == counts[1] <= MOST_QUERIES, [query["sql"] for query in queries]

    def test_searching_finds(self, auditor):
        self.make(self.place(self.tree, "A"), 1)
        answer = client_of(auditor).get(self.list_address(), {"q": self.search or "x"})
        assert answer.status_code == 200
        if self.search:
            assert len(answer.context["cl"].result_list) == 1

    def test_every_filter_answers(self, auditor):
        self.make(self.place(self.tree, "A"), 1)
        client = client_of(auditor)
        listed = client.get(self.list_address()).context["cl"]
        for spec in listed.filter_specs:
            for choice in spec.choices(listed):
                assert client.get(self.list_address() + choice["query_string"]).status_code == 200

    def test_values_that_are_not_shown_cannot_be_guessed(self, auditor):
        client = client_of(auditor)
        shown = admin.site._registry[self.model]
        for field in self.model._meta.concrete_fields:
            if field.name not in str(shown.list_filter) and field.name != shown.date_hierarchy:
                answer = client.get(self.list_address(), {f"{field.name}__startswith": "a"})
                assert answer.status_code == 400, field.name
