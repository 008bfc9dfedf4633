"""Actors that are not people: the yearly schedule, the command line, the demo loader."""

from dataclasses import dataclass


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
