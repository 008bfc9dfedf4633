"""Forms of reuse: what narrows the desk and the list of proposals, the draft with its statements, a step."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Workflow
from foundation.casework.forms import CONTROL, SELECT, CaseFilter, choice, status_choice
from foundation.regulations.services.codes import code_label

from ..choices import ReuseMode, ReuseOpinion
from ..models import ReuseProposal
from ..rules.reuse import ATTESTED, CONDUCT, NEED, RESOLVED
from ..selectors.reuse_desk import PERIODS, REUSES, SORTS, VISITS
from ..workflows import REUSE, REUSE_STATES
from .handlings import FAMILIES
from .tools import ToolStepForm

FOLLOWED = ("PARTY", "GOVERNMENT", "ORGANIZATION", "ACCOUNTABILITY", "ADJUSTMENT")


class DeskFilter(forms.Form):
    """Period, family, visits, reuse, unit, name and order."""

    period = choice(_("Influence period"), list(PERIODS.items()))
    family = choice(pgettext_lazy("handling", "Kind"), [(name, FAMILIES[name]) for name in FOLLOWED])
    visits = choice(_("Return visits"), list(VISITS.items()))
    reuse = choice(_("Reuse"), list(REUSES.items()))
    unit = forms.CharField(label=_("Unit"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL))
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL)
    )
    sort = forms.ChoiceField(
        label=pgettext_lazy("list", "Order"),
        required=False,
        choices=[(code, label) for code, (label, _order) in SORTS.items()],
        widget=forms.Select(attrs=SELECT),
    )

    def asked(self) -> dict:
        """What the desk is narrowed by, as `sanctioned` takes it; a wrong filter narrows nothing and says so at its field."""
        if not self.is_bound or not self.is_valid():
            return {}
        return {name: value for name, value in self.cleaned_data.items() if value}


class ReuseFilter(CaseFilter):
    """Narrow the list of proposals."""

    flow = REUSE
    columns = {"year": "opened_on__year", "unit": "organization__name__icontains", "name": "official__name__icontains"}
    status = status_choice(REUSE_STATES)
    mode = choice(_("Mode"), ReuseMode.choices)
    opinion = choice(_("Opinion"), ReuseOpinion.choices)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL))
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL)
    )


HINTS = {
    RESOLVED: _("How the matter was settled, and that no new conflict arose."),
    CONDUCT: _("Reflection, attitude, work since then, and how the people of the unit see it."),
    NEED: _("Why this post suits the person and why it is needed."),
}
STATED = tuple(code for code in HINTS if code in ATTESTED)


class ReuseForm(forms.Form):
    """The draft: after which decision, to which post, in which mode, why, and what is attested with which evidence."""

    decision = forms.ChoiceField(label=_("after the decision"))
    mode = forms.ChoiceField(label=_("mode of reuse"), choices=ReuseMode.choices)
    post_text = forms.CharField(label=_("post proposed"), max_length=200)
    summary = forms.CharField(
        label=_("grounds of the proposal"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, decisions=(), modes=(), case: ReuseProposal | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        offers = [(one.case_no, f"{code_label('handling_type', one.kind)} · {one.effective_on:%Y.%m.%d} · {one.document_no}") for one in decisions]  # fmt: skip
        if case:
            del self.fields["decision"]
        else:
            self.fields["decision"].choices = offers
        self.fields["mode"].choices = [one for one in ReuseMode.choices if one[0] in modes]
        for code in STATED:
            said = case.statements.get(code, {}) if case else {}
            label = code_label("rule_word", code)
            self.fields[f"text_{code}"] = forms.CharField(
                label=label,
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=HINTS[code],
                initial=said.get("text", ""),
            )
            self.fields[f"evidence_{code}"] = forms.CharField(
                label=format_lazy(_("Evidence: {condition}"), condition=label),
                required=False,
                max_length=300,
                help_text=_("The paper by its number or name; add the file on the page of the case."),
                initial=said.get("evidence", ""),
            )

    @property
    def values(self) -> dict:
        """As the services take them."""
        data = self.cleaned_data
        said = {code: {"text": data[f"text_{code}"], "evidence": data[f"evidence_{code}"]} for code in STATED}
        return {name: data[name] for name in ("decision", "mode", "post_text", "summary") if name in data} | {
            "statements": said
        }


@dataclass(frozen=True)
class Shape:
    """What the form of a step needs to know of a kind of case."""

    flow: Workflow
    model: Any


class ReuseStepForm(ToolStepForm):
    """A step of a proposal with the facts it brings."""

    def __init__(self, *args, case, step: str = "", **kwargs):
        super().__init__(*args, case=case, tool=Shape(REUSE, ReuseProposal), step=step, **kwargs)
        for name in ("asked_on", "opinion_on", "discussed_on"):
            if name in self.fields:
                self.fields[name].initial = timezone.localdate()
        if self.data.get("step", step) == "opine":
            self.fields["reason"].label = _("Words of the opinion")
