"""Property: whatever is changed, deleted or inserted behind the seals is named, row by row, and nothing else is."""

import pytest
from django.db import connection, transaction

from foundation.audit.findings import Kind
from foundation.audit.models import Seal
from foundation.audit.services.verification import verify
from foundation.casework.models import CaseEvent
from foundation.organizations.models import Organization, OrganizationName

from .conftest import seal_all
from .tampering import SEAL_DEEDS, TABLES, Tamperer

DEEDS_PER_ROUND = 8


@pytest.fixture
def sealed(committed, small_seals):
    """Rows of four tables from many transactions, under a chain of small seals."""
    for number in range(15):
        with transaction.atomic():
            OrganizationName.objects.create(
                organization=committed.finance, name=f"旧名{number}", starts_on="2020-02-29"
            )
            Organization.objects.filter(code="A-HEA").update(name=f"卫健 {number}", staffing=number)
            CaseEvent.objects.create(
                kind="measure",
                case_no="M-1",
                seq=number,
                action="x",
                to_status="y",
                at="2024-05-01T08:00Z",
                actor_name="n",
            )
    seal_all()
    assert Seal.objects.count() >= 8
    assert verify() == []
    return Tamperer(seed=20241122)


def test_200_random_deeds_are_named_and_nothing_else(sealed):
    deeds, kinds = 0, set()
    while deeds < 200:
        done = sealed.tamper(DEEDS_PER_ROUND)
        found = {(finding.kind, finding.table, finding.row_id) for finding in verify()}
        assert found == {(deed.kind, deed.table, deed.row) for deed in done}, done
        sealed.put_back(done)
        deeds += len(done)
        kinds |= {(deed.kind, deed.table) for deed in done}
    assert verify() == []
    assert kinds == {(kind, table) for kind in (Kind.CHANGED, Kind.DELETED, Kind.INSERTED) for table in TABLES}


@pytest.mark.parametrize("number", [1, 5])
def test_every_touch_of_a_seal_is_named(sealed, number):
    for deed in SEAL_DEEDS:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE kept AS SELECT * FROM audit_seal")
            cursor.execute("ALTER TABLE audit_seal DISABLE TRIGGER USER")
            cursor.execute(deed.format(number))
            assert cursor.rowcount == 1
            cursor.execute("ALTER TABLE audit_seal ENABLE TRIGGER USER")
        assert Kind.SEAL_ALTERED in {finding.kind for finding in verify() if finding.seal == number}, deed
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_seal DISABLE TRIGGER USER")
            cursor.execute("DELETE FROM audit_seal")
            cursor.execute("INSERT INTO audit_seal SELECT * FROM kept")
            cursor.execute("ALTER TABLE audit_seal ENABLE TRIGGER USER")
            cursor.execute("DROP TABLE kept")
    assert verify() == []


def test_a_seal_taken_out_of_the_chain_is_named(sealed):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_seal DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM audit_seal WHERE number = 3")
        cursor.execute("ALTER TABLE audit_seal ENABLE TRIGGER USER")
    assert (Kind.SEAL_MISSING, 3) in {(finding.kind, finding.seal) for finding in verify()}


def test_a_row_moved_to_another_sealed_transaction_is_named(sealed):
    table = "organizations_organizationnamerowevent"
    row = OrganizationName.pgh_event_model.objects.earliest("xact").pk
    last = OrganizationName.pgh_event_model.objects.latest("xact").xact
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("UPDATE organizations_organizationnamerowevent SET xact = %s WHERE pgh_id = %s", [last, row])
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    found = {(finding.kind, finding.table, finding.row_id) for finding in verify()}
    assert found == {(Kind.CHANGED, table, row), (Kind.INSERTED, table, row)}


def test_a_row_moved_to_a_transaction_to_come_is_named_twice(sealed):
    row = Organization.pgh_event_model.objects.earliest("pgh_id").pk
    table = "organizations_organizationrowevent"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE organizations_organizationrowevent SET xact = xact + 1000000000 WHERE pgh_id = %s", [row]
        )
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    found = {(finding.kind, finding.table, finding.row_id) for finding in verify()}
    assert found == {(Kind.CHANGED, table, row), (Kind.FUTURE, table, row)}


def test_a_sealed_table_that_is_gone_is_named(sealed):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE casework_caseevent RENAME TO hidden_away")
        try:
            found = {(finding.kind, finding.table) for finding in verify()}
        finally:
            cursor.execute("ALTER TABLE hidden_away RENAME TO casework_caseevent")
    assert (Kind.TABLE_MISSING, "casework_caseevent") in found
    assert (Kind.TRIGGER_OFF, "casework_caseevent") in found
