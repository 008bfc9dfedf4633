"""Steps of migrations that write the same tables with far less work.

After every step Django builds anew the historical classes of all models that hang together, and here all do: five
hundred triggers and four hundred tables, columns and indexes cost more than a minute of every first start. These steps note
the same state, and what they add is added to the classes that stand. Django's own steps may follow: they find all classes in
the newest registry, with every relation to and from them.
"""

from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import AddField as DjangoAddField
from django.db.migrations.state import ModelState
from django.db.models import NOT_PROVIDED
from pgtrigger import migrations as pgtrigger


def standing_classes(state):
    """The historical classes of a state, each knowing this registry; None where nobody has asked for them yet."""
    apps = state.__dict__.get("apps")
    if apps:
        for models in apps.all_models.values():
            for model in models.values():
                model._meta.apps = apps
    return apps


class CreateModel(migrations.CreateModel):
    """A table. What it points to learns of it as when a program's models are read, and is not built anew."""

    def state_forwards(self, app_label, state):
        """Note the model and build its class."""
        options, managers = dict(self.options), list(self.managers)
        made = ModelState(app_label, self.name, list(self.fields), options, tuple(self.bases), managers)
        key = app_label, self.name_lower
        state.models[key] = made
        if state._relations is not None:
            state.resolve_model_relations(key)
        if apps := standing_classes(state):
            apps.render_multiple([made])


class AddField(DjangoAddField):
    """A column. The class of its table gets it as it stands."""

    def state_forwards(self, app_label, state):
        """Note the column, and give it to the class."""
        field, key = self.field, (app_label, self.model_name_lower)
        if not self.preserve_default:
            field = field.clone()
            field.default = NOT_PROVIDED
        state.models[key].fields[self.name] = field
        if state._relations is not None:
            state.resolve_model_field_relations(key, self.name, field)
        if apps := standing_classes(state):
            field.clone().contribute_to_class(apps.get_model(*key), self.name)
            apps.clear_cache()


class AddIndex(migrations.AddIndex):
    """An index, which no historical class needs to know."""

    def state_forwards(self, app_label, state):
        """Note the index among the options of the model."""
        options = state.models[app_label, self.model_name_lower].options
        options["indexes"] = [*options["indexes"], self.index.clone()]


class AddConstraint(migrations.AddConstraint):
    """A constraint, which no historical class needs to know."""

    def state_forwards(self, app_label, state):
        """Note the constraint among the options of the model."""
        options = state.models[app_label, self.model_name_lower].options
        options["constraints"] = [*options["constraints"], self.constraint]


class RemoveTrigger(pgtrigger.RemoveTrigger):
    """A trigger taken away, without building the historical classes anew."""

    def state_forwards(self, app_label, state):
        """Take the trigger out of the options of the model."""
        options = state.models[app_label, self.model_name].options
        options["triggers"] = [trigger for trigger in options.get("triggers", []) if trigger.name != self.name]


class AddTrigger(pgtrigger.AddTrigger):
    """A trigger, written down for later migrations without building the historical classes anew."""

    def state_forwards(self, app_label, state):
        """Note the trigger among the options of the model."""
        options = state.models[app_label, self.model_name].options
        options["triggers"] = [*options.get("triggers", []), self.trigger]


class AddFields(Operation):
    """Several columns of one table; `fields` are pairs of name and field."""

    def __init__(self, model_name, fields):
        self.model_name, self.fields = model_name, fields
        self.steps = [AddField(model_name=model_name, name=name, field=field) for name, field in fields]

    def deconstruct(self):
        """As it is written in a migration."""
        return self.__class__.__name__, [], {"model_name": self.model_name, "fields": self.fields}

    def state_forwards(self, app_label, state):
        """Note all columns, one after the other."""
        for step in self.steps:
            step.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Add one after the other."""
        for step in self.steps:
            step.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """Take them away, the last one first."""
        for step in reversed(self.steps):
            step.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        """What the command prints."""
        return f"Add {len(self.fields)} fields to {self.model_name}"
