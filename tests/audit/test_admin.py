"""The auditors' reading room: who may look, what stands there, and that taking entries out is recorded."""

import csv
import io

import pytest
from django.db import transaction

from foundation.audit.models import Entry, Seal
from foundation.audit.services.entries import record
from foundation.common.spreadsheets import BYTE_ORDER_MARK, harmless
from foundation.organizations.models import Organization
from foundation.regulations.models import CalendarDay

from ..support.people import client_of, make_persona

pytestmark = pytest.mark.django_db
LIST = "/admin/audit/entry/"


@pytest.fixture
def entries(tree):
    """An act that changed a unit, and others."""
    with transaction.atomic():
        Organization.objects.filter(pk=tree.health.pk).update(name="新名", staffing=12)
        act = record(
            actor="clerk",
            action="organizations.unit.renamed",
            target_kind="unit",
            target_no="A-HEA",
            target_label="甲县卫生健康局",
            org_path=tree.health.path,
            reason="=HYPERLINK(1)",
        )
    record(actor="schedule", action="audit.trail.verified", target_kind="audit", org_path=tree.county_b.path)
    return act


@pytest.fixture
def reader(auditor):
    """The auditor's browser."""
    return client_of(auditor)


ADDRESSES = [
    LIST,
    "/admin/audit/entry/rows/",
    "/admin/audit/entry/rows/organizations.Organization/",
    "/admin/audit/seal/",
]


class TestDoors:
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_auditors_enter(self, reader, entries, address):
        assert reader.get(address).status_code == 200

    @pytest.mark.parametrize("address", ADDRESSES)
    @pytest.mark.parametrize("role", ["assessment_office", "department_leader", "system_admin", "security_admin"])
    def test_nobody_else_does(self, tree, entries, address, role):
        user = make_persona(role, None if role.endswith("admin") else tree.county_a)
        assert client_of(user).get(address).status_code in {302, 403}

    @pytest.mark.parametrize("address", ["/admin/audit/entry/export/", "/admin/audit/seal/verify/"])
    def test_what_writes_an_entry_is_not_reached_by_a_link(self, reader, address):
        assert reader.get(address).status_code == 405

    @pytest.mark.parametrize("address", ["/admin/audit/entry/export/", "/admin/audit/seal/verify/"])
    def test_nobody_else_exports_or_verifies(self, assessment_office, entries, address):
        assert client_of(assessment_office).post(address).status_code in {302, 403}
        assert Entry.objects.count() == 2

    def test_nothing_can_be_added_changed_or_deleted(self, reader, entries):
        assert reader.get("/admin/audit/entry/add/").status_code == 403
        assert reader.post(f"/admin/audit/entry/{entries.pk}/delete/", {"post": "yes"}).status_code == 403
        assert reader.post(f"/admin/audit/entry/{entries.pk}/change/", {"reason": "x"}).status_code == 403
        entries.refresh_from_db()
        assert entries.reason == "=HYPERLINK(1)"

    def test_an_auditor_of_one_county_sees_its_entries_and_no_rows(self, tree, entries):
        reader = client_of(make_persona("auditor", tree.county_a, username="local"))
        page = reader.get(LIST).content.decode()
        assert "organizations.unit.renamed" in page
        assert f"/admin/audit/entry/{Entry.objects.latest('id').pk}/change/" not in page
        assert reader.get("/admin/audit/entry/rows/").status_code == 403
        detail = reader.get(f"/admin/audit/entry/{entries.pk}/change/")
        assert detail.context["changes"] == []


class TestEntries:
    def shown(self, reader, **query):
        return [entry.action for entry in reader.get(LIST, query).context["cl"].queryset]

    def test_latest_first(self, reader, entries):
        assert self.shown(reader) == ["audit.trail.verified", "organizations.unit.renamed"]

    @pytest.mark.parametrize(
        "query",
        [
            {"action": "organizations.unit.renamed"},
            {"target_kind": "unit"},
            {"q": "A-HEA"},
            {"q": "卫生"},
            {"q": "clerk"},
        ],
    )
    def test_filters_and_search(self, reader, entries, query):
        assert self.shown(reader, **query) == ["organizations.unit.renamed"]

    def test_actions_are_shown_in_words_and_found_by_their_code(self, reader, entries):
        page = reader.get(LIST, headers={"accept-language": "zh-hans"})
        text = page.content.decode()
        assert '<span title="audit.trail.verified">审计轨迹已核验</span>' in text
        assert "organizations.unit.renamed" in text  # of an older version: nobody names it
        (choices,) = [spec.lookup_choices for spec in page.context["cl"].filter_specs if spec.title == "操作"]
        assert ("audit.trail.verified", "审计轨迹已核验") in choices
        assert self.shown(reader, q="audit.trail") == ["audit.trail.verified"]
        detail = reader.get(
            f"/admin/audit/entry/{Entry.objects.latest('id').pk}/change/", headers={"accept-language": "zh-hans"}
        )
        assert "审计轨迹已核验" in detail.content.decode()

    def test_by_person(self, reader, auditor, entries):
        record(actor=auditor, action="a.b")
        assert self.shown(reader, actor_id=auditor.pk) == ["a.b"]

    def test_an_entry_shows_the_rows_it_changed_before_and_after(self, reader, entries):
        page = reader.get(f"/admin/audit/entry/{entries.pk}/change/")
        changes = [change for change in page.context["changes"] if change.event.pgh_label == "update"]
        assert {(f.old, f.new) for f in changes[0].fields} == {("甲县卫生健康局", "新名"), ("", "12")}
        assert "新名" in page.content.decode()


class TestRowHistory:
    def test_each_state_of_a_row_with_what_changed(self, reader, tree, entries):
        key = tree.health.pk
        tree.health.delete()
        page = reader.get(f"/admin/audit/entry/rows/organizations.organization/{key}/")
        deleted, updated, inserted = page.context["changes"]
        assert [c.event.pgh_label for c in (deleted, updated, inserted)] == ["delete", "update", "insert"]
        assert {f.new for f in deleted.fields} == {""}
        assert ("新名", "") in {(f.old, f.new) for f in deleted.fields}
        assert {f.old for f in inserted.fields} == {""}

    def test_choices_are_shown_in_words(self, reader, tree):
        page = reader.get(f"/admin/audit/entry/rows/organizations.organization/{tree.county_a.pk}/")
        kinds = [
            field for field in page.context["changes"][0].fields if field.new == str(tree.county_a.get_kind_display())
        ]
        assert kinds

    def test_a_long_history_comes_in_pages(self, reader, tree):
        for number in range(60):
            Organization.objects.filter(pk=tree.health.pk).update(sort=1000 + number)
        address = f"/admin/audit/entry/rows/organizations.organization/{tree.health.pk}/"
        first = reader.get(address)
        second = reader.get(address, {"before": first.context["more"]})
        assert [len(page.context["changes"]) for page in (first, second)] == [50, 11]
        assert second.context["more"] is None

    def test_the_number_of_statements_does_not_grow_with_the_page(self, reader, tree, django_assert_max_num_queries):
        for number in range(40):
            Organization.objects.filter(pk=tree.health.pk).update(sort=1000 + number)
        reader.get("/admin/audit/entry/rows/organizations.organization/")
        with django_assert_max_num_queries(8):
            reader.get("/admin/audit/entry/rows/organizations.organization/")

    def test_a_row_named_by_a_day_is_found(self, reader):
        CalendarDay.objects.create(
            date="2026-12-31", is_working=False, name="调休", source="estimated", confidence="recalled"
        )
        page = reader.get("/admin/audit/entry/rows/regulations.CalendarDay/2026-12-31/")
        assert [change.event.pgh_label for change in page.context["changes"]] == ["insert"]
        assert reader.get("/admin/audit/entry/rows/regulations.CalendarDay/2026-12-32/").status_code == 404

    @pytest.mark.parametrize(
        "rest", ["no.Such/", "auth.Group/", "organizations.organization/x/", "organizations.organization/?before=x"]
    )
    def test_an_unknown_table_or_row_is_not_found(self, reader, rest):
        assert reader.get(f"/admin/audit/entry/rows/{rest}").status_code == 404

    def test_the_history_button_of_a_record_leads_here(self, reader, auditor):
        response = reader.get(f"/admin/accounts/user/{auditor.pk}/history/")
        assert response.url == f"/admin/audit/entry/rows/accounts.User/{auditor.pk}/"

    def test_what_never_changes_has_no_history(self, reader, entries):
        response = reader.get(f"/admin/audit/entry/{entries.pk}/history/", follow=True)
        assert response.redirect_chain == [(f"/admin/audit/entry/{entries.pk}/change/", 302)]
        assert len(response.context["messages"]) == 1


class TestExport:
    def rows(self, reader, **query):
        response = reader.post("/admin/audit/entry/export/", query_params=query)
        text = b"".join(response.streaming_content).decode()
        assert text.startswith(BYTE_ORDER_MARK)
        assert response["Content-Disposition"].startswith("attachment")
        return list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))))

    def test_the_filtered_entries_come_out_and_no_cell_is_a_formula(self, reader, entries):
        header, row = self.rows(reader, target_kind="unit")
        assert len(header) == len(row) == 16
        assert "'=HYPERLINK(1)" in row
        assert "organizations.unit.renamed" in row

    def test_the_export_is_recorded_with_filters_and_count(self, reader, auditor, entries):
        self.rows(reader, target_kind="unit")
        entry = Entry.objects.latest("id")
        assert (entry.action, entry.actor_id) == ("audit.entries.exported", auditor.pk)
        assert entry.data == {"filters": {"target_kind": "unit"}, "rows": 1}

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
    def test_what_a_spreadsheet_would_run_gets_an_apostrophe(self, text):
        assert harmless(text) == "'" + text

    @pytest.mark.parametrize(("value", "text"), [(None, ""), (-5, "-5"), ("plain", "plain"), ("", ""), (1.5, "1.5")])
    def test_other_values_stay(self, value, text):
        assert harmless(value) == text


class TestSeals:
    def test_leaves_are_neither_shown_nor_loaded(self, reader, tree):
        seal = Seal.objects.create(
            number=1, prev=bytes(32), from_xact=0, to_xact=9, tables=[], rows=0, leaves=b"x", digest=b"\xab" * 32,
            sealed_at="2024-01-01T00:00Z",
        )  # fmt: skip
        page = reader.get("/admin/audit/seal/")
        assert "ab" * 32 in page.content.decode()
        assert "leaves" in page.context["cl"].queryset[0].get_deferred_fields()
        assert reader.get(f"/admin/audit/seal/{seal.pk}/change/").status_code == 200

    def test_the_button_starts_a_verification_in_the_readers_name(self, reader, auditor, queued):
        response = reader.post("/admin/audit/seal/verify/")
        assert response.url == "/admin/audit/seal/"
        assert queued == [("audit.verify", auditor.pk)]

    @pytest.fixture
    def queued(self, monkeypatch):
        calls = []
        monkeypatch.setattr("foundation.audit.admin.enqueue", lambda *args: calls.append(args))
        return calls
