"""What people do with alerts: state, events, entry; who may; who was faster."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import connection

from foundation.audit.models import Entry
from foundation.casework.models import Alert, Attachment
from foundation.casework.services import alerts
from foundation.casework.services.alert_sweep import sweep
from foundation.common.results import DomainError
from tests.support.people import make_persona, make_tree
from tests.support.together import all_at_once

from .alert_kinds import fact, make_kind, only_kinds

pytestmark = pytest.mark.usefixtures("ruled_database")
DAY = date(2026, 1, 5)
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def two(tree, db):
    """Two open alerts of the finance department, about two people."""
    rows = [fact(tree.finance, str(n), due_on=DAY, person=n, subject=f"lamp {n}") for n in (1, 2)]
    with only_kinds(make_kind(rows)):
        sweep(DAY)
        yield list(Alert.objects.order_by("key"))


@pytest.fixture
def owner(tree):
    """Supervision section of the county."""
    return make_persona("supervision_section", tree.county_a, username="owner")


@pytest.fixture
def colleague(tree):
    """Another of the same section."""
    return make_persona("supervision_section", tree.county_a, username="colleague")


def last_entry():
    return Entry.objects.order_by("-pk").first()


def states():
    return list(Alert.objects.order_by("key").values_list("status", flat=True))


def test_claiming_says_who_has_it_in_state_events_and_entry(two, owner):
    assert alerts.claim(two, actor=owner) == 2
    assert states() == ["claimed", "claimed"]
    first = Alert.objects.get(pk=two[0].pk)
    assert (first.claimed_by_id, first.claimed_by_name) == (owner.pk, str(owner))
    assert first.row_events.order_by("pgh_id").last().status == "claimed"
    entry = last_entry()
    assert (entry.action, entry.data) == ("casework.alert.claimed", {"alerts": ["test.lamp:1", "test.lamp:2"]})


def test_the_second_of_two_who_claim_is_told_who_was_faster(two, owner, colleague):
    alerts.claim(two[:1], actor=owner)
    with pytest.raises(DomainError, match="ALERT_CLAIMED") as refused:
        alerts.claim(two, actor=colleague)
    assert str(owner) in str(refused.value.message)
    assert states() == ["claimed", "open"]  # all or none


def test_given_back_it_is_free_again(two, owner, colleague):
    alerts.claim(two, actor=owner)
    with pytest.raises(DomainError, match="ALERT_CLAIMED"):
        alerts.release(two, actor=colleague)
    alerts.release(two, actor=owner)
    assert states() == ["open", "open"]
    assert Alert.objects.filter(claimed_by_id=None, claimed_by_name="").count() == 2
    assert last_entry().action == "casework.alert.released"


@pytest.mark.rule("ALR-SNOOZE-DAYS")
def test_putting_off_needs_a_reason_and_a_day_within_the_rule(two, owner):
    with pytest.raises(DomainError, match="REASON_MISSING"):
        alerts.snooze(two, actor=owner, until=DAY + timedelta(days=5), reason=" ", today=DAY)
    for until in (None, DAY, DAY + timedelta(days=91)):
        with pytest.raises(DomainError, match="SNOOZE_DAY"):
            alerts.snooze(two, actor=owner, until=until, reason="等批复", today=DAY)
    assert states() == ["open", "open"]
    alerts.snooze(two, actor=owner, until=DAY + timedelta(days=90), reason="等批复", today=DAY)
    assert states() == ["snoozed", "snoozed"]
    entry = last_entry()
    assert (entry.action, entry.reason, entry.data["until"]) == ("casework.alert.snoozed", "等批复", "2026-04-05")


def test_closing_needs_a_document_and_keeps_it_with_its_file(two, owner):
    with pytest.raises(DomainError, match="DOCUMENT_MISSING"):
        alerts.close(two, actor=owner, document="")
    alerts.close(two, actor=owner, document="鹤组干〔2026〕3号", file=ContentFile(PDF, "免职通知.pdf"))
    assert states() == ["closed", "closed"]
    closed = Alert.objects.get(pk=two[1].pk)
    assert (closed.closing_text, closed.closed_by_name) == ("鹤组干〔2026〕3号", str(owner))
    assert closed.closed_at
    papers = Attachment.objects.filter(kind=alerts.PAPERS)
    assert {(paper.case_no, paper.name) for paper in papers} == {(str(each.pk), "免职通知.pdf") for each in two}
    assert last_entry().data["document"] == "鹤组干〔2026〕3号"


def test_a_file_that_may_not_be_taken_closes_nothing(two, owner):
    with pytest.raises(DomainError, match="PAPER_TYPE"):
        alerts.close(two, actor=owner, document="鹤组干〔2026〕3号", file=ContentFile(b"x", "run.exe"))
    # the caller's transaction is rolled back as a whole; nothing of it is left
    assert not Attachment.objects.exists()
    assert states() == ["open", "open"]


def test_what_another_has_claimed_is_not_closed_over_their_head(two, owner, colleague):
    alerts.claim(two, actor=owner)
    with pytest.raises(DomainError, match="ALERT_CLAIMED"):
        alerts.close(two, actor=colleague, document="x")
    alerts.close(two, actor=owner, document="鹤组〔2026〕1号")
    with pytest.raises(DomainError, match="ALERT_MOVED_ON"):
        alerts.close(two, actor=owner, document="again")


def test_texts_that_do_not_fit_are_refused_with_their_length(two, owner):
    with pytest.raises(DomainError, match="501"):
        alerts.close(two, actor=owner, document="字" * 501)


def test_nothing_chosen_is_said(owner, db):
    with pytest.raises(DomainError, match="NO_ALERTS"):
        alerts.claim([], actor=owner)


@pytest.mark.parametrize("role", ["assessment_office", "department_leader", "unit_liaison"])
def test_only_the_owner_role_acts(two, tree, role):
    with pytest.raises(PermissionDenied):
        alerts.claim(two, actor=make_persona(role, tree.county_a))
    assert states() == ["open", "open"]


def test_outside_of_the_own_units_nobody_acts(two, tree):
    with pytest.raises(PermissionDenied):
        alerts.claim(two, actor=make_persona("supervision_section", tree.county_b))


def test_nobody_acts_on_alerts_about_themselves_or_kin(two, owner, monkeypatch):
    monkeypatch.setattr("foundation.casework.alert_kinds._shut_people", [lambda user: {2}])
    with pytest.raises(PermissionDenied):
        alerts.claim(two, actor=owner)
    assert alerts.claim(two[:1], actor=owner) == 1


def test_six_claim_at_once_and_one_succeeds(committed_ruled, django_db_blocker):
    with django_db_blocker.unblock():
        tree = make_tree()
        people = [make_persona("supervision_section", tree.county_a, username=f"claimer{n}") for n in range(6)]
        with only_kinds(make_kind([fact(tree.finance, due_on=DAY)])):
            sweep(DAY)
        alert = Alert.objects.get()
        connection.close()
        found = all_at_once([lambda who=who: alerts.claim([alert], actor=who) for who in people])
        refused = [each for each in found if isinstance(each, DomainError)]
        assert (found.count(1), len(refused)) == (1, 5)
        assert {each.code for each in refused} == {"ALERT_CLAIMED"}
        assert Entry.objects.filter(action="casework.alert.claimed").count() == 1


def test_two_sweeps_at_once_make_one_alert(committed_ruled, django_db_blocker):
    with django_db_blocker.unblock():
        tree = make_tree()
        with only_kinds(make_kind([fact(tree.finance, due_on=DAY)])):
            connection.close()
            found = all_at_once([lambda: sweep(DAY) for _ in range(4)])
        assert sorted(map(str, found)) == ["{'opened': 1}", "{}", "{}", "{}"]
        assert Alert.objects.count() == 1
