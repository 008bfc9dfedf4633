"""Nothing reaches a screen or a program past its scope."""

import pytest

from .scoping import EXEMPT, faults, unscoped_models
from .tree import plant

pytestmark = pytest.mark.unit
UNSCOPED = {"Seal"}

BAD = {
    "a list": "rows = Unit.objects.filter(name=1)",
    "a row": "row = Unit.objects.get(pk=1)",
    "an argument": "render(Unit.objects.all())",
    "a name used bare": "query = Unit.objects.select_related('x')\nrows = list(query)",
    "a name used with a door once": "query = Unit.objects.all()\na = query.visible_to(u, p)\nb = query.first()",
    "an owner that is no name": "rows = kind.model.objects.all()",
    "the default manager": "rows = Unit._default_manager.visible_to(u, p)",
    "a shortcut": "row = get_object_or_404(Unit, pk=1)",
    "a generic view": "class Units(ListView):\n    model = Unit",
    "a queryset of a generic view": "class Units(ListView):\n    queryset = Unit.objects.all()",
}
GOOD = {
    "a list": "rows = Unit.objects.filter(name=1).visible_to(u, p).order_by('pk')[:5]",
    "a row": "row = Unit.objects.select_related('x').get_visible(user=u, perm=p, pk=1)",
    "a name": "query = Unit.objects.select_related('x')\nrow = query.get_visible(user=u, perm=p, pk=1)",
    "a name twice": "query = Unit.objects.all()\nquery = query.filter(a=1)\nrows = query.visible_to(u, p)",
    "through a function": "rows = _numbered(Unit.objects.all()).values('pk')\nrow = rows.get_visible(user=u, perm=p)",
    "said out loud": "rows = Unit.objects.system().all()",
    "nothing": "queryset = Unit.objects.none()",
    "a model without a place": "rows = Seal.objects.all()",
    "a form's model": "class Meta:\n    model = Unit",
}


def test_no_screen_looks_past_a_door():
    assert [str(each) for each in faults()] == []


def test_every_exemption_is_still_needed():
    found = {(each.path, each.text.partition(":")[0]) for each in faults(exempt={})}
    assert set(EXEMPT) == found


def test_models_without_a_place_are_known():
    assert {"Seal", "CaseEvent", "RunMeasure"} <= unscoped_models()
    assert not {"Run", "Score", "Measure", "Official", "User"} & unscoped_models()


@pytest.mark.parametrize("layer", ["views", "api", "admin", "selectors", "forms", "reports__sheet", "views__rows"])
def test_a_look_up_without_a_door_is_found_in_every_layer(tmp_path, layer):
    root = plant(tmp_path, **{f"assessments__{layer}": BAD["a list"], f"foundation__audit__{layer}": BAD["a list"]})
    assert len(faults(root, UNSCOPED)) == 2


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_every_way_past_the_door_is_found(tmp_path, text):
    assert len(faults(plant(tmp_path, cadremgmt__views=text), UNSCOPED)) == 1


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_every_way_through_the_door_is_let_through(tmp_path, text):
    assert faults(plant(tmp_path, cadremgmt__views=text), UNSCOPED) == []


def test_services_look_where_they_must(tmp_path):
    assert faults(plant(tmp_path, assessments__services__x=BAD["a list"]), UNSCOPED) == []
