"""A year begins with last year's schemes; what differs between two years can be told (engine §2)."""

import csv
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from assessments.models import Cycle, Indicator, Scheme, Score
from assessments.services.schemes import compare_schemes, copy_schemes
from foundation.accounts.models import User
from foundation.audit.models import Entry
from foundation.common.actors import SystemActor
from foundation.common.results import DomainError
from foundation.organizations.models import Organization, UnitCategory
from tests.support.heshan import DEMO

pytestmark = [pytest.mark.usefixtures("heshan_database"), pytest.mark.django_db]
ACTOR = SystemActor("test")


def year(number):
    return Cycle.objects.system().get(jurisdiction__code="440784", year=number)


def codes(number):
    with open(DEMO / f"indicators-{number}.csv", encoding="utf-8-sig") as file:
        return {(row["category"], row["code"]): row for row in csv.DictReader(file)}


def test_a_copied_year_has_the_same_schemes_and_no_figures():
    target = copy_schemes(actor=User.objects.get(username="kaohe"), source=year(2025), year=2026)
    assert all(difference.is_empty for difference in compare_schemes(year(2025), target))
    assert Scheme.objects.system().filter(cycle=target).count() == 7
    assert Indicator.objects.system().filter(scheme__cycle=target).count() == len(codes(2025))
    assert not Score.objects.system().filter(cycle=target).exists()
    entry = Entry.objects.get(action="assessments.schemes.copied")
    assert entry.data == {"from": 2025, "schemes": 7, "indicators": len(codes(2025)), "units": 70}


def held(number):
    """Category of each unit in a year."""
    rows = UnitCategory.objects.system().filter(year=number, organization__jurisdiction__code="440784")
    return dict(rows.values_list("organization__code", "category"))


def test_a_copied_year_has_the_units_that_still_exist_in_their_categories():
    gone = Organization.objects.system().get(code="HS-D24")
    gone.ends_on = date(2025, 12, 31)
    gone.save()
    copy_schemes(actor=ACTOR, source=year(2025), year=2026)
    assert held(2026) == {code: category for code, category in held(2025).items() if code != "HS-D24"}


def test_imported_categories_of_the_new_year_stand():
    town = Organization.objects.system().get(code="HS-T05")
    UnitCategory.objects.create(organization=town, year=2026, category="ECOLOGICAL")
    copy_schemes(actor=ACTOR, source=year(2025), year=2026)
    assert held(2026) == {"HS-T05": "ECOLOGICAL"}


def test_a_copy_never_mixes_with_schemes_that_stand_there():
    with pytest.raises(DomainError) as refused:
        copy_schemes(actor=ACTOR, source=year(2024), year=2025)
    assert refused.value.code == "SCHEMES_EXIST"


def test_a_year_without_schemes_is_no_source():
    empty = Cycle.objects.create(jurisdiction=year(2025).jurisdiction, year=2030)
    with pytest.raises(DomainError) as refused:
        copy_schemes(actor=ACTOR, source=empty, year=2031)
    assert refused.value.code == "NOTHING_TO_COPY"
    assert not Cycle.objects.system().filter(year=2031).exists()


def test_only_the_office_copies():
    with pytest.raises(PermissionDenied):
        copy_schemes(actor=User.objects.get(username="caizheng"), source=year(2025), year=2026)


def test_added_and_dropped_indicators_are_those_of_the_files():
    old, new = codes(2023), codes(2024)
    found = {difference.category: difference for difference in compare_schemes(year(2023), year(2024))}
    assert {(c, leaf.code) for c, d in found.items() for leaf in d.added} == set(new) - set(old)
    assert {(c, leaf.code) for c, d in found.items() for leaf in d.dropped} == set(old) - set(new)
    told = {(c, after.code) for c, d in found.items() for _before, after, fields in d.changed if "weight" in fields}
    assert told == {key for key in set(old) & set(new) if float(old[key]["weight"]) != float(new[key]["weight"])}
    assert told or set(new) - set(old)


def test_a_changed_parameter_is_told_with_both_values():
    target = copy_schemes(actor=ACTOR, source=year(2025), year=2026)
    Scheme.objects.system().filter(cycle=target, category="KEY").update(good_line=82)
    (changed,) = [d for d in compare_schemes(year(2025), target) if not d.is_empty]
    assert (changed.category, changed.parameters) == ("KEY", (("good_line", 80, 82),))
