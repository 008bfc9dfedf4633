"""Taking back what a decision of a room above has opened, and putting it back where it stood: pure data.

`withdrawn` ends nothing for good: the decision that took the case back can itself be reversed. Both moves belong to
services (`services.sources`); by hand a case is revoked, which stays.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.casework.flow import Step

WITHDRAWN = "withdrawn"


def taking_back(states: Mapping[str, Any], permission: str) -> tuple[Step, ...]:
    """The step out of each of `states` (with labels) into `withdrawn`, and one back into each (`reinstate_` and the state)."""
    away = Step(
        "withdraw",
        _("Withdrawn by the decision it came from"),
        frozenset(states),
        WITHDRAWN,
        permission,
        needs_reason=True,
        automatic=True,
    )
    back = [
        Step(
            f"reinstate_{state}",
            format_lazy(_("Put back: {state}"), state=label),
            frozenset({WITHDRAWN}),
            state,
            permission,
            needs_reason=True,
            automatic=True,
        )
        for state, label in states.items()
    ]
    return (away, *back)
