"""How far a caller reaches inside a county: who does not hold it as a whole sees what concerns the own units."""

from foundation.common.scoping import scope_of
from foundation.organizations.models import Organization


class Reach:
    """Which rows about units a caller may read; the own units are asked for once, and only when they matter."""

    def __init__(self, user, perm: str):
        self.user, self.perm = user, perm
        self._codes: set[str] | None = None

    def holds(self, path: str) -> bool:
        """Is the unit or county with this path inside the caller's scope?"""
        return scope_of(self.user, self.perm).covers(path)

    def concerning(self, county_path: str, rows: list, *codes_of) -> list:
        """Rows of a county that concern the caller: all for who holds it, else those that name an own unit.

        Each of `codes_of` takes a row and gives the code of a unit it names, or an empty text.
        """
        if self.holds(county_path):
            return rows
        if self._codes is None:
            mine = Organization.objects.visible_to(self.user, self.perm)
            self._codes = set(mine.values_list("code", flat=True))
        return [row for row in rows if any(code_of(row) in self._codes for code_of in codes_of)]

    def problems_of(self, county_path: str, problems: list[dict]) -> list[dict]:
        """What stood against calculating a county, as far as it names an own unit, or one that must act."""
        return self.concerning(
            county_path,
            problems,
            lambda problem: problem.get("unit_code"),
            lambda problem: problem.get("responsible_code"),
        )


def effects_of(run, user, perm: str = "assessments.view_result") -> list[dict]:
    """Tolerance decisions that a run counted, of those the ones that concern the user's units."""
    return Reach(user, perm).concerning(run.cycle.jurisdiction.path, run.effects, lambda effect: effect["unit"])
