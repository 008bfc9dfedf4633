"""The scheme editor's forms: parameters of the scheme, and one form per indicator with the fields of its method.

Shape only: numbers are numbers, words are words. What a scheme may say is judged by the rules when it is saved.
"""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from ..choices import BottomMode, BottomTies, Direction, Method, VetoEffect
from ..rules.methods import ALLOWED, NUMBERS, number_of
from ..rules.schemes import Leaf
from ..scheme_words import FIELDS, table_text

TIE_PLACES = ("tie_1", "tie_2", "tie_3")
DEDUCTION, GROUP = "deduction", "group:"
_PAIR = re.compile(r"\s*([^=＝:：,，;；\s]+)\s*[=＝:：\s]\s*([0-9.]+)\s*")


def _points(label, **more):
    return forms.DecimalField(label=label, max_digits=8, decimal_places=2, **more)


class ParametersForm(forms.Form):
    """Caps, lines, shares, bottom rule and tie-breakers of a scheme. `groups`: groups that a tie-breaker may name."""

    bonus_cap = _points(FIELDS["bonus_cap"], help_text=_("Bonuses count together up to so many points."))
    deduction_cap = _points(FIELDS["deduction_cap"], help_text=_("Negative: −10 means at most ten points off."))
    veto_effect = forms.ChoiceField(label=FIELDS["veto_effect"], choices=VetoEffect.choices)
    places = forms.IntegerField(label=FIELDS["places"], min_value=0, max_value=6)
    excellent_percent = forms.DecimalField(
        label=_("Share of 优秀 (%)"),
        max_digits=5,
        decimal_places=2,
        min_value=0,
        max_value=100,
        help_text=_("Rounded down to whole units."),
    )
    excellent_min = forms.IntegerField(
        label=FIELDS["excellent_min"],
        min_value=0,
        max_value=1000,
        help_text=_("For small categories, where the share would give none."),
    )
    excellent_line = _points(FIELDS["excellent_line"])
    good_line = _points(FIELDS["good_line"])
    pass_line = _points(FIELDS["pass_line"])
    bottom_mode = forms.ChoiceField(label=FIELDS["bottom_mode"], choices=BottomMode.choices)
    bottom_value = forms.DecimalField(
        label=FIELDS["bottom_value"],
        max_digits=6,
        decimal_places=2,
        help_text=_("Percent are rounded up to whole units."),
    )
    bottom_ties = forms.ChoiceField(label=FIELDS["bottom_ties"], choices=BottomTies.choices)
    min_class_size = forms.IntegerField(
        label=FIELDS["min_class_size"],
        min_value=0,
        max_value=10_000,
        help_text=_("In a smaller one nobody is flagged."),
    )
    exempt_line = _points(
        FIELDS["exempt_line"], required=False, help_text=_("A unit with so many points is never flagged.")
    )
    tie_1 = forms.ChoiceField(label=_("First tie-breaker"), required=False)
    tie_2 = forms.ChoiceField(label=_("Second tie-breaker"), required=False)
    tie_3 = forms.ChoiceField(label=_("Third tie-breaker"), required=False)

    def __init__(self, *args, groups=(), **kwargs):
        super().__init__(*args, **kwargs)
        offers = [("", _("none")), (DEDUCTION, _("the smaller deduction"))]
        offers += [(f"{GROUP}{group}", _("points of “%(group)s”") % {"group": group}) for group in groups]
        for name in TIE_PLACES:
            self.fields[name].choices = offers

    @staticmethod
    def initial_of(parameters) -> dict:
        """The fields' values for a scheme's parameters."""
        values = dict(parameters)
        percent = values.pop("excellent_share") * 100
        for name, item in zip(TIE_PLACES, values.pop("tie_breakers"), strict=False):
            values[name] = DEDUCTION if item["by"] == "deduction" else f"{GROUP}{item['group']}"
        shown = {name: _short(value) if isinstance(value, Decimal) else value for name, value in values.items()}
        return shown | {"excellent_percent": _short(percent)}

    def parameters(self) -> dict:
        """The scheme's parameters by field; call it on a valid form."""
        values = dict(self.cleaned_data)
        share = values.pop("excellent_percent") / 100
        ties = [values.pop(name) for name in TIE_PLACES]
        breakers = [
            {"by": "deduction"} if tie == DEDUCTION else {"by": "group", "group": tie.removeprefix(GROUP)}
            for tie in dict.fromkeys(filter(None, ties))
        ]
        return values | {"excellent_share": share, "tie_breakers": breakers}


def _short(value: Decimal) -> Decimal:
    """Without zeros behind, and without an exponent."""
    return Decimal(f"{value.normalize():f}")


class IndicatorForm(forms.Form):
    """One indicator of the editor. `departments`: code → unit; the department is typed by code or name.

    `stored`: the indicator whose values the form shows, where nobody has typed yet.
    """

    key = forms.IntegerField(required=False, widget=forms.HiddenInput)
    code = forms.CharField(label=FIELDS["code"], max_length=20)
    group = forms.CharField(label=FIELDS["group"], max_length=60)
    name = forms.CharField(label=FIELDS["name"], max_length=120)
    weight = forms.DecimalField(label=FIELDS["weight"], max_digits=9, decimal_places=5)
    unit_of_measure = forms.CharField(label=FIELDS["unit_of_measure"], max_length=20, required=False)
    responsible = forms.CharField(label=FIELDS["responsible"], max_length=120, required=False)
    method = forms.ChoiceField(label=FIELDS["method"], choices=Method.choices)
    direction = forms.ChoiceField(label=FIELDS["direction"], choices=Direction.choices)
    cap = forms.CharField(label=FIELDS["cap"], max_length=30, required=False)
    best = forms.CharField(label=FIELDS["best"], max_length=30, required=False)
    worst = forms.CharField(label=FIELDS["worst"], max_length=30, required=False)
    step = forms.CharField(label=FIELDS["step"], max_length=30, required=False)
    floor = forms.CharField(label=FIELDS["floor"], max_length=30, required=False)
    threshold = forms.CharField(label=FIELDS["threshold"], max_length=30, required=False)
    table = forms.CharField(label=FIELDS["table"], max_length=300, required=False)

    use_required_attribute = False

    def __init__(self, *args, departments=None, stored: Leaf | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.departments, self.stored = departments or {}, stored

    @staticmethod
    def initial_of(leaf: Leaf, departments) -> dict:
        """The fields' values for an indicator."""
        unit = departments.get(leaf.responsible)
        values = {name: leaf.params.get(name, "") for name in NUMBERS}
        return values | {
            "key": leaf.key or "",
            "code": leaf.code,
            "group": leaf.group,
            "name": leaf.name,
            "weight": _short(leaf.weight),
            "unit_of_measure": leaf.unit_of_measure,
            "responsible": (unit.short_name or unit.name) if unit else leaf.responsible,
            "method": leaf.method,
            "direction": leaf.direction,
            "table": table_text(leaf.params.get("table", {})),
        }

    def clean_responsible(self):
        """The department's code."""
        typed = self.cleaned_data["responsible"].strip()
        if not typed or typed in self.departments:
            return typed
        named = [code for code, unit in self.departments.items() if typed in (unit.name, unit.short_name)]
        if len(named) != 1:
            raise forms.ValidationError(_("There is no unit “%(value)s” in this county. Choose one from the list.") % {"value": typed})  # fmt: skip
        return named[0]

    def clean_table(self):
        """Points by grade word."""
        typed = self.cleaned_data["table"].strip()
        pairs = [_PAIR.fullmatch(part) for part in re.split("[,，;；、]", typed) if part.strip()]
        if any(pair is None or number_of(pair[2]) is None for pair in pairs):
            raise forms.ValidationError(_("Write grades with points, as in (优=100，良=85，中=70，差=50)."))
        return {pair[1]: _plain(pair[2]) for pair in pairs}

    def clean(self):
        """Parameters that the method does not have are left behind; those it has must be numbers."""
        data = super().clean()
        for name in ALLOWED.get(data.get("method", ""), ()):
            if name in NUMBERS and data.get(name) and number_of(data[name].strip()) is None:
                self.add_error(name, _("“%(value)s” is no number. Enter digits only.") % {"value": data[name]})
        return data

    def leaf(self) -> Leaf:
        """The indicator; call it on a valid form."""
        data = self.cleaned_data
        params = {name: data[name] for name in ALLOWED[data["method"]] if data[name]}
        return Leaf(
            code=data["code"],
            name=data["name"],
            group=data["group"],
            weight=data["weight"],
            method=data["method"],
            direction=data["direction"],
            params={name: value if name == "table" else _plain(value) for name, value in params.items()},
            unit_of_measure=data["unit_of_measure"],
            responsible=data["responsible"],
            key=data["key"] or 0,
        )


def _plain(text: str) -> str:
    return f"{number_of(text.strip()).normalize():f}"
