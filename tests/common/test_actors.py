"""Names of actors that are not people, as pages show them."""

import re

import pytest
from django.utils import translation

from foundation.common.actors import AUTOMATIC, told
from tests.support.heshan import ROOT

pytestmark = pytest.mark.unit
ROOMS = ("cadremgmt", "foundation", "officials", "assessments", "tolerance", "supervision")


def test_every_actor_of_the_systems_own_has_words_in_chinese():
    sources = [path.read_text("utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    named = {name for source in sources for name in re.findall(r'SystemActor\("(\w+)"\)', source)}
    assert named == set(AUTOMATIC)
    with translation.override("zh-hans"):
        assert all(not str(told(name)).isascii() for name in named)


def test_a_persons_name_stays_as_it_is():
    assert told("区国允") == "区国允"
    assert told(None) is None
