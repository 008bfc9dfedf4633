"""Steps of migrations that write the same tables with far less work.

After every step Django builds anew the historical classes of all models that hang together, and here all do: three
hundred triggers and two hundred columns cost minutes. A trigger is nothing that a historical class knows of, and columns of
one table are added together.
"""

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import AddField
from pgtrigger import migrations as pgtrigger


class AddTrigger(pgtrigger.AddTrigger):
    """A trigger, written down for later migrations without building the historical classes anew."""

    def state_forwards(self, app_label, state):
        """Note the trigger among the options of the model."""
        options = state.models[app_label, self.model_name].options
        options["triggers"] = [*options.get("triggers", []), self.trigger]


class AddFields(Operation):
    """Several columns of one table; `fields` are pairs of name and field, none of them a relation."""

    def __init__(self, model_name, fields):
        self.model_name, self.fields = model_name, fields
        self.steps = [AddField(model_name=model_name, name=name, field=field) for name, field in fields]

    def deconstruct(self):
        """As it is written in a migration."""
        return self.__class__.__name__, [], {"model_name": self.model_name, "fields": self.fields}

    def state_forwards(self, app_label, state):
        """Note all columns, then build the historical classes once."""
        known = state.models[app_label, self.model_name.lower()].fields
        for name, field in self.fields:
            known[name] = field
        state.reload_model(app_label, self.model_name.lower(), delay=True)

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
