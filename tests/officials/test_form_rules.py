"""What the rulebook says about the appointment form."""

from datetime import date

import pytest

from foundation.regulations.services.rulebook import rulebook
from officials.models import AnnualRating
from officials.selectors.cards import cards_of
from officials.services.exports import layout_of
from tests.factories.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.mark.rule("FORM-RATING-YEARS")
def test_the_form_lists_the_last_three_years_of_ratings(tree):
    person = make_person("甄仕恒", tree.finance)
    for year in (2022, 2023, 2024, 2025):
        AnnualRating.objects.create(official=person, year=year, grade="称职")
    (stored,) = cards_of([person], rulebook(on=date(2025, 12, 31)))
    assert stored.card.annual_assessments == "2023年年度考核称职；2024年年度考核称职；2025年年度考核称职。"


@pytest.mark.rule("FORM-LAYOUT-2025")
def test_the_layout_is_that_of_the_rulebook_unless_another_is_wanted(tree):
    person = make_person("甄仕恒", tree.finance)
    assert layout_of([person], None) is True
    assert layout_of([person], False) is False
    assert rulebook(on=date(2024, 12, 31)).value("FORM-LAYOUT-2025") is False
