"""Actors that are not people: the yearly schedule, the command line, the demo loader."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy, pgettext_lazy

AUTOMATIC = {
    "alerts": gettext_lazy("Daily check of alerts"),
    "command": gettext_lazy("Command line"),
    "demo": pgettext_lazy("actor", "Demonstration data"),
    "installation": gettext_lazy("Installation"),
    "load_regulations": gettext_lazy("Loading of the regulations"),
    "readings": gettext_lazy("Tidying of reading notices"),
    "schedule": pgettext_lazy("actor", "Schedule"),
    "sweep": gettext_lazy("Daily check"),
}
"""How pages name who acts when no user does: records keep the plain name."""


@dataclass(frozen=True)
class SystemActor:
    """Who acts when no user does; stands in audit entries by its name.

    `pk` is set where a worker finishes what a user ordered: the record names the user, the role says who did it.
    """

    name: str
    pk: int | None = None
    role_codes: tuple[str, ...] = ("system",)
    is_system: bool = True

    def __str__(self):
        return self.name


def told(name):
    """A recorded name as pages show it; people's names as they are."""
    return AUTOMATIC.get(str(name), name)
