"""Start-up check: every registered workflow is sound and names permissions that exist."""

from django.apps import apps
from django.core import checks

from .flow import problems
from .registry import kinds


def _known_permissions() -> set[str]:
    known = set()
    for model in apps.get_models():
        label, meta = model._meta.app_label, model._meta
        known |= {f"{label}.{verb}_{meta.model_name}" for verb in meta.default_permissions}
        known |= {f"{label}.{code}" for code, _name in meta.permissions}
    return known


@checks.register("casework")
def workflows_are_sound(app_configs, **kwargs):
    """One error per unsound place of a workflow table."""
    known = _known_permissions()
    errors = []
    for kind in kinds():
        found = problems(kind.flow)
        found += [f"unknown permission {s.permission}" for s in kind.flow.steps if s.permission not in known]
        errors += [checks.Error(f"workflow {kind.flow.kind}: {text}", id="casework.E001") for text in found]
    return errors
