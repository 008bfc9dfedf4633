"""The scheme editor as one sheet: the parameters and a row per indicator, saved together.

`row` in the posted data names the rows' prefixes in the order of the page; moving a row moves its prefix.
"""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from ..rules.scheme_faults import Fault
from ..rules.schemes import Content
from ..scheme_words import fault_text
from .schemes import IndicatorForm, ParametersForm

BLANK = "__n__"
MOST_ROWS = 200
_PREFIX = re.compile(r"r[0-9]{1,6}")
_FIELD_OF = {"excellent_share": "excellent_percent", "tie_breakers": "tie_1"}


class BasisForm(forms.Form):
    """What an amendment rests on."""

    document_no = forms.CharField(
        label=_("Document number"), max_length=60, help_text=_("Of the document that orders the amendment.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stays on record with the scheme before and after."),
    )


class SchemeSheet:
    """Forms of a whole scheme. `data`: what was posted, None for the stored content."""

    def __init__(self, *, content: Content, departments, data=None, is_amendment=False, is_read=True):
        """`is_read` False shows what was typed without judging it (a row was added or moved)."""
        self.departments = departments
        self.data, self.is_read = data, is_read
        self.faults: list[Fault] = []
        stored = {f"r{n}": leaf for n, leaf in enumerate(content.leaves)} if data is None else {}
        if data is None:
            initial = {prefix: IndicatorForm.initial_of(leaf, departments) for prefix, leaf in stored.items()}
            groups = content.groups
        else:
            initial = {prefix: None for prefix in data.getlist("row")[:MOST_ROWS] if _PREFIX.fullmatch(prefix)}
            typed = (data.get(f"{prefix}-group", "").strip() for prefix in initial)
            groups = tuple(dict.fromkeys(filter(None, typed)))
        self.groups = tuple(dict.fromkeys((*groups, *content.groups)))
        bound = data if is_read else None
        self.parameters = ParametersForm(
            bound, groups=self.groups, initial=self._typed("", ParametersForm) or ParametersForm.initial_of(content.parameters)
        )  # fmt: skip
        self.rows = [self._row(prefix, values, bound, stored.get(prefix)) for prefix, values in initial.items()]
        self.basis = BasisForm(bound, initial=self._typed("", BasisForm)) if is_amendment else None
        self.blank = IndicatorForm(prefix=BLANK, initial={"method": "direct", "direction": "higher"})

    def _row(self, prefix, values, bound, stored):
        return IndicatorForm(
            bound,
            prefix=prefix,
            initial=values or self._typed(f"{prefix}-", IndicatorForm),
            departments=self.departments,
            stored=stored,
        )

    def _typed(self, prefix, form) -> dict:
        if self.data is None or self.is_read:
            return {}
        return {name: self.data.get(f"{prefix}{name}", "") for name in form.base_fields}

    def rearrange(self, act: str) -> None:
        """`add` puts an empty row at the end; `up:r3` and `down:r3` move a row by one, `drop:r3` takes it out."""
        verb, _colon, prefix = act.partition(":")
        places = {row.prefix: place for place, row in enumerate(self.rows)}
        if verb == "add" and len(self.rows) < MOST_ROWS:
            free = max((int(row.prefix[1:]) for row in self.rows), default=-1) + 1
            group = self.rows[-1]["group"].value() if self.rows else ""
            initial = {"method": "direct", "direction": "higher", "group": group}
            self.rows.append(IndicatorForm(prefix=f"r{free}", initial=initial))
        elif prefix in places and verb == "drop":
            del self.rows[places[prefix]]
        elif prefix in places and verb in ("up", "down"):
            place = places[prefix]
            other = place + (1 if verb == "down" else -1)
            if 0 <= other < len(self.rows):
                self.rows[place], self.rows[other] = self.rows[other], self.rows[place]

    def is_valid(self) -> bool:
        """Has everything the right shape? Every form is read, so that all faults are told at once."""
        forms_of_sheet = [self.parameters, *self.rows, *filter(None, [self.basis])]
        return not [form for form in forms_of_sheet if not form.is_valid()]

    def content(self) -> Content:
        """The document; call it on a valid sheet."""
        return Content(self.parameters.parameters(), tuple(row.leaf() for row in self.rows))

    def tell(self, faults) -> None:
        """Put what the rules refuse at its fields; what belongs to none stays in `faults` for the summary."""
        for fault in faults:
            form = self.rows[fault.place - 1] if fault.place else self.parameters
            name = _FIELD_OF.get(fault.name, fault.name)
            if name in form.fields:
                form.add_error(name, fault_text(fault))
            else:
                self.faults.append(fault)

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """Every error for the summary: (address on the page, label, text)."""
        if not self.is_read or self.data is None:
            return []
        found = [("", "", fault_text(fault)) for fault in self.faults]
        for number, row in enumerate(self.rows, start=1):
            label = _("row %(n)d") % {"n": number}
            named = " ".join(filter(None, (row["code"].value(), row["name"].value())))
            found += self._problems_of(row, f"{label} {named}".strip())
        for form in filter(None, (self.parameters, self.basis)):
            found += self._problems_of(form, "")
        return found

    @staticmethod
    def _problems_of(form, label):
        found = []
        for name, errors in form.errors.items():
            bound = form[name] if name in form.fields else None
            place = " · ".join(filter(None, (str(label), str(bound.label) if bound else "")))
            found += [(bound.id_for_label if bound else "", place, error) for error in errors]
        return found
