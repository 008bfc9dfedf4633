"""The words of a result: why this rank, this grade, this mark. Read from what the run stored, never computed again."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from foundation.common.lists import words

from .choices import BottomTies, MeasureStep, VetoEffect
from .formulas import figure

REFUSALS = {
    "GAP_RAW": gettext_lazy("The figure is missing. Submit it, or mark it as not applicable."),
    "GAP_TARGET": gettext_lazy("The target is missing. Submit it, or mark the figure as not applicable."),
    "TARGET_NOT_POSITIVE": gettext_lazy("The target must be greater than 0."),
    "DIRECT_OUT_OF_RANGE": gettext_lazy("A direct score must lie between 0 and 100."),
    "UNKNOWN_GRADE": gettext_lazy("This grade word is not in the indicator's table."),
    "NOTHING_APPLIES": gettext_lazy("No indicator applies to this unit, so it has no score."),
    "NO_SCHEME": gettext_lazy("The unit's category has no scheme this year."),
    "NO_UNITS": gettext_lazy("No unit has a category in this year. Import the units with their categories first."),
    "CAP_TOO_HIGH": gettext_lazy("The cap of a completion indicator may be at most 120."),
    "BOUNDS_INCOMPLETE": gettext_lazy("Give both best and worst, or neither."),
    "PARAMETER_MISSING": gettext_lazy("A parameter of the method is missing."),
    "WEIGHTS_NOT_100": gettext_lazy("The weights of the category do not sum to exactly 100."),
}


def rank_lines(row) -> list[str]:
    """How the rank came: ties, tie-breakers, vetoes that put a unit last."""
    notes, lines = row.notes, []
    if notes["sharing"] > 1:
        lines.append(
            ngettext(
                "Shares the rank with %(n)d other unit", "Shares the rank with %(n)d other units", notes["sharing"] - 1
            )
            % {"n": notes["sharing"] - 1}
        )
    elif notes["same_total"] > 1 and notes["tie_breakers"]:
        lines.append(_("Equal total, placed by tie-breaker"))
    if row.vetoes and notes["veto_effect"] == VetoEffect.RANK_LAST:
        lines.append(_("Placed behind all units without a veto"))
    return lines


def grade_lines(row, seats_said: bool = False) -> list[str]:
    """Why the grade is not higher than it is, where the lines alone do not say it.

    `seats_said`: the list says once how many seats 优秀 has, so that its rows need not repeat it.
    """
    notes, lines = row.notes, []
    reaches = row.total >= Decimal(notes["excellent_line"])
    if row.vetoes:
        lines.append(
            _("Veto: grade at most 一般") if notes["veto_effect"] == VetoEffect.CAP_GRADE else _("Veto: not 优秀")
        )
    elif reaches and row.grade != "优秀":
        seats = notes["excellent_seats"]
        if notes["sharing"] > 1 and row.rank <= seats:
            lines.append(_("The tie exceeds the %(seats)d seats of 优秀") % {"seats": seats})
        elif not seats_said:
            lines.append(_("Reaches the line of 优秀; only %(seats)d seats") % {"seats": seats})
    return lines


def bottom_lines(row) -> list[str]:
    """Why a unit at the end is flagged, spared or shielded."""
    notes, lines = row.notes, []
    if notes["in_bottom"] and notes["exempt"]:
        lines.append(_("Among the last, but above the exempting line: not flagged"))
    if row.n < notes["min_class_size"] and row.rank + notes["sharing"] - 1 == row.n:
        lines.append(
            _("Category of %(n)d units, fewer than %(least)d: nobody is flagged")
            % {"n": row.n, "least": notes["min_class_size"]}
        )
    spared = row.rank + notes["sharing"] - 1 > row.n - Decimal(str(notes["bottom_n"])) and not notes["in_bottom"]
    if spared and notes["bottom_ties"] == BottomTies.NONE:
        lines.append(
            _("The tie does not fit into the last %(n)s: nobody of it is flagged") % {"n": figure(notes["bottom_n"])}
        )
    if row.flagged and row.shielded:
        lines.append(_("Shielded by a tolerance decision: no measure, the year does not count"))
    return lines


def effect_lines(row) -> list[str]:
    """Tolerance decisions that changed something, with the case."""
    words = {"adjustment": _("deduction"), "veto": _("veto"), "indicator": _("indicator")}
    lines = []
    for effect in row.notes["effects"]:
        if effect["effect"] == "void":
            lines.append(
                _("Tolerance (容错) %(case)s: %(kind)s %(target)s not counted")
                % {"case": effect["case"], "kind": words[effect["target_kind"]], "target": effect["target"]}
            )
        elif effect["effect"] == "mitigate":
            lines.append(_("Tolerance (容错) %(case)s: measure one step lower") % {"case": effect["case"]})
        elif not row.flagged:
            lines.append(_("Tolerance (容错) %(case)s: shielded") % {"case": effect["case"]})
    return lines


def step_lines(row, parameters) -> list[str]:
    """How the step came: streak, window, mitigation."""
    if not row.flagged or row.shielded:
        return []
    notes = row.notes
    if row.streak == 1:
        lines = [_("Flagged this year, not the year before")]
    else:
        lines = [
            ngettext("Flagged %(n)d year in a row", "Flagged %(n)d years in a row", row.streak) % {"n": row.streak}
        ]
    if row.flags_in_window >= parameters["window_flags"]:
        lines.append(
            _("Flagged %(flags)d times within %(years)d years")
            % {"flags": row.flags_in_window, "years": parameters["window_years"]}
        )
    full = MeasureStep.values[notes["full_step"]]
    if row.mitigated and full != row.step:
        lines.append(_("Lowered by one step from %(step)s (mitigated)") % {"step": MeasureStep(full).label})
    return lines


def all_lines(row, seats_said: bool = False) -> list[str]:
    """Everything worth saying about a result; see `grade_lines` for `seats_said`."""
    return [*rank_lines(row), *grade_lines(row, seats_said), *bottom_lines(row), *effect_lines(row)]


def legend_lines(row) -> list[str]:
    """How the ranking of a category is read, from any result of it: ties, grades with their seats, bottom."""
    notes = row.notes
    if notes["tie_breakers"]:
        keys = [
            _("points of “%(group)s”") % {"group": key["group"]} if key["by"] == "group" else _("the smaller deduction")
            for key in notes["tie_breakers"]
        ]
        lines = [_("Equal totals are placed by %(keys)s; units still equal share the rank.") % {"keys": words(keys)}]
    else:
        lines = [_("Equal totals share the rank, and the rank after them is left out (1, 2, 2, 4).")]
    lines.append(
        _(
            "Grades: 优秀 from %(excellent)s points without a veto, at most %(seats)d of %(n)d units; a tie that exceeds the"
            " seats takes none of them. 良好 from %(good)s, 一般 from %(fair)s, below that 较差."
        )
        % {
            "excellent": figure(notes["excellent_line"]),
            "seats": notes["excellent_seats"],
            "n": row.n,
            "good": figure(notes["good_line"]),
            "fair": figure(notes["pass_line"]),
        }
    )
    if row.n < notes["min_class_size"]:
        lines.append(
            _("Category of %(n)d units, fewer than %(least)d: nobody is flagged")
            % {"n": row.n, "least": notes["min_class_size"]}
        )
    else:
        ties = BottomTies(notes["bottom_ties"]).label
        lines.append(
            _("Bottom (末位): the last %(n)s of %(all)d; a tie at the boundary %(ties)s.")
            % {"n": figure(notes["bottom_n"]), "all": row.n, "ties": ties}
        )
    return lines
