"""Outlines of talks by occasion: what comes with the system, the office's own from a day on, both on the pages."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import override

from foundation.audit.models import Entry
from foundation.common.results import DomainError
from foundation.regulations.services.codes import codes
from supervision.models import TalkTemplate
from supervision.selectors.talk_templates import history_of, outline_of, outlines
from supervision.services.talk_templates import set_outline
from supervision.services.talks import plan_talk
from tests.factories.people import make_person
from tests.support.people import client_of, make_persona
from tests.support.queries import assert_query_baseline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
TODAY = timezone.localdate()
PAGE = "/supervision/talks-and-letters/outlines/"


@pytest.fixture
def keeper(tree):
    return make_persona("supervision_section", tree.county_a, username="keeper")


def own(keeper, tree, **given):
    values = {"topic": "DIFFICULTY", "starts_on": TODAY, "questions": "住房\n\n就医"} | given
    return set_outline(actor=keeper, county=tree.county_a, **values)


def test_every_occasion_comes_with_an_outline_in_both_languages():
    for language in ("zh-hans", "en"):
        with override(language):
            found = outlines(None, TODAY)
            assert list(found) == list(codes("talk_topic"))
            assert all(outline.outline and outline.questions and outline.points for outline in found.values())
    assert {row.parent for row in codes("talk_template").values()} == set(codes("talk_topic"))
    assert {row.gist for row in codes("talk_template").values()} == {"OUTLINE", "QUESTION", "POINT"}


def test_the_office_s_own_takes_its_place_from_its_day_on(keeper, tree):
    own(keeper, tree, starts_on=TODAY + timedelta(days=5))
    county = tree.county_a.pk
    assert outline_of("DIFFICULTY", county, TODAY + timedelta(days=4)).own is None
    later = outline_of("DIFFICULTY", county, TODAY + timedelta(days=5))
    assert (later.outline, later.questions, later.points) == ((), ("住房", "就医"), ())
    assert later.own.entered_by_name == str(keeper)
    assert outline_of("DIFFICULTY", tree.county_b.pk, TODAY + timedelta(days=5)).own is None
    assert outline_of("CONFLICT", county, TODAY + timedelta(days=5)).own is None


def test_a_row_without_lines_gives_the_system_s_outline_back(keeper, tree):
    own(keeper, tree)
    own(keeper, tree, questions=" ")
    assert outline_of("DIFFICULTY", tree.county_a.pk, TODAY).own is None
    assert len(history_of("DIFFICULTY", tree.county_a.pk)) == 2


def test_an_outline_is_recorded_and_never_edited(keeper, tree):
    row = own(keeper, tree)
    assert Entry.objects.get(action="supervision.outline.set").target_no == "DIFFICULTY"
    with pytest.raises(DatabaseError), transaction.atomic():
        TalkTemplate.objects.filter(pk=row.pk).update(questions="别的")


@pytest.mark.parametrize(
    ("given", "field"), [({"topic": "X"}, "topic"), ({"starts_on": TODAY - timedelta(days=1)}, "starts_on")]
)
def test_a_wrong_outline_is_refused_at_its_field(keeper, tree, given, field):
    with pytest.raises(DomainError) as refused:
        own(keeper, tree, **given)
    assert refused.value.reasons[0].facts["field"] == field
    assert not TalkTemplate.objects.exists()


def test_nobody_sets_the_outlines_of_another_county(tree):
    with pytest.raises(PermissionDenied):
        own(make_persona("supervision_section", tree.county_b, username="far"), tree)


def test_the_pages_show_and_change_an_outline(keeper, tree):
    browser = client_of(keeper)
    assert f"{PAGE}DIFFICULTY/" in browser.get(PAGE).content.decode()
    typed = {"outline": "", "questions": "住房", "points": "", "starts_on": f"{TODAY - timedelta(days=1)}"}
    refused = browser.post(f"{PAGE}DIFFICULTY/", typed)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["starts_on"]
    assert browser.post(f"{PAGE}DIFFICULTY/", typed | {"starts_on": f"{TODAY}"}).status_code == 302
    page = browser.get(PAGE).content.decode()
    assert "住房" in page
    assert str(keeper) in page
    assert browser.get(f"{PAGE}NOTHING/").status_code == 404
    with assert_query_baseline("supervision:outlines"):
        browser.get(PAGE)


def test_the_outline_follows_the_chosen_occasion_and_stands_beside_the_step(keeper, tree):
    browser, person = client_of(keeper), make_person("文若愚", tree.finance)
    address = f"/supervision/talks-and-letters/talks/new/{person.pk}/"
    assert browser.get(address).context["outline"].topic == "POST_CHANGE"
    assert browser.get(f"{address}?topic=CONFLICT").context["outline"].topic == "CONFLICT"
    kept = browser.post(address, {"topic": "CONFLICT", "source": "OTHER", "planned_on": "", "summary": ""})
    assert (kept.status_code, kept.context["outline"].topic) == (422, "CONFLICT")
    case = plan_talk(actor=keeper, official=person, topic="CONFLICT", planned_on=TODAY, summary="班子不和")
    page = f"/supervision/talks-and-letters/case/{case.case_no}/"
    assert browser.get(page).context["outline"].topic == "CONFLICT"
    with assert_query_baseline("supervision:talk"):
        browser.get(page)
