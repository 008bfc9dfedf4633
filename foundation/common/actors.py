"""Actors that are not people: the yearly schedule, the command line, the demo loader."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SystemActor:
    """Who acts when no user does; stands in audit entries by its name."""

    name: str
    pk: None = None
    role_codes: tuple[str, ...] = ("system",)
    is_system: bool = True

    def __str__(self):
        return self.name
