"""The quick steps of migrations note and build what Django's own do, and every migration of the project takes them."""

import re

import pytest
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.state import ProjectState

from foundation.audit import operations as quick

pytestmark = pytest.mark.unit
KEY = ("id", models.BigAutoField(primary_key=True))
SLOW = re.compile(r"(?<![\w.])migrations\.(CreateModel|AddField|AddIndex|AddConstraint)\(|pgtrigger\.migrations\.\w+\(")


def unit():
    return models.ForeignKey("room.unit", on_delete=models.CASCADE, related_name="people")


def steps(kind):
    """Two tables that point to each other, a column with a passing default, an index and a constraint."""
    return [
        kind.CreateModel("Unit", [KEY, ("code", models.CharField(max_length=9))], options={"ordering": ["code"]}),
        kind.CreateModel("Person", [KEY, ("home", unit())]),
        kind.AddField("person", "age", models.IntegerField(default=7), preserve_default=False),
        kind.AddField("unit", "head", models.OneToOneField("room.person", null=True, on_delete=models.SET_NULL)),
        kind.CreateModel("Unit_Note", [KEY, ("unit", models.ForeignKey("room.unit", on_delete=models.CASCADE))]),
        kind.AddIndex("unit", models.Index(fields=["code"], name="by_code")),
        kind.AddConstraint("person", models.CheckConstraint(condition=models.Q(age__gt=0), name="of_age")),
    ]


def taken(kind, *, more=()) -> ProjectState:
    """The state after these steps, with its classes built from the first one on, as a migration does."""
    state = ProjectState()
    state.apps  # noqa: B018 - asking builds the classes
    for step in [*steps(kind), *more]:
        state = state.clone()
        step.state_forwards("room", state)
    return state


def told(state) -> dict:
    """What the classes say of themselves: their columns in order, and who points to them."""
    found = {}
    for model in state.apps.get_models():
        meta = model._meta
        columns = [(field.name, type(field).__name__, field.has_default()) for field in meta.local_fields]
        led_to = sorted((one.related_model.__name__, one.get_accessor_name()) for one in meta.related_objects)
        found[meta.model_name] = columns, led_to, all(hasattr(model, name) for _model, name in led_to)
    return found


def test_the_same_state_and_the_same_classes():
    own, django = taken(quick), taken(migrations)
    assert own == django
    assert told(own) == told(django)
    assert told(own)["unit"][1:] == ([("Person", "people"), ("Unit_Note", "unit_note_set")], True)


def test_a_step_of_django_follows_and_finds_all_relations():
    more = [migrations.AlterField("unit", "code", models.CharField(max_length=20, unique=True))]
    own, django = taken(quick, more=more), taken(migrations, more=more)
    assert told(own) == told(django)
    assert own.apps.get_model("room", "person")._meta.get_field("home").related_model is own.apps.get_model("room.unit")


def test_a_state_that_nobody_asked_for_classes_stays_without():
    state = ProjectState()
    for step in steps(quick):
        step.state_forwards("room", state)
    assert "apps" not in state.__dict__
    assert told(state) == told(taken(migrations))


def test_every_migration_of_the_project_takes_the_quick_steps():
    found = [
        f"{path.relative_to(settings.BASE_DIR)}: {', '.join(sorted({match.group(0) for match in SLOW.finditer(text)}))}"
        for path in sorted(settings.BASE_DIR.glob("**/migrations/0*.py"))
        if ".venv" not in path.parts and SLOW.search(text := path.read_text(encoding="utf-8"))
    ]
    assert found == [], "write foundation.audit.operations. in the place of migrations. (see there why)"
