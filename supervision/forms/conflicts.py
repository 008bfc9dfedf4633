"""Forms around conflicts of avoidance: the bar of filters, a step with what it asks for."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.forms import CONTROL, CaseFilter, StepForm, choice, status_choice

from ..choices import SHORT_TESTS, ExceptionGround, ResolutionWay, Withdrawing
from ..services.conflict_steps import ARTICLES, DECISION, EXCEPTION, EXCEPTION_ARTICLE, grounds_of, ways_of
from ..workflows import CONFLICT, CONFLICT_STATES
from .tools import DAY

FIELDS = {"decide": DECISION, "except": EXCEPTION}


class ConflictFilter(CaseFilter):
    """Narrow the list of conflicts; a name finds either of the two."""

    flow = CONFLICT
    columns = {"unit": "organization__name__icontains", "year": "opened_on__year"}
    status = status_choice(CONFLICT_STATES)
    rule_id = choice(_("Test"), [])
    unit = forms.CharField(label=_("Unit"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL))
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL)
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tests = self.fields["rule_id"]
        tests.choices = [*tests.choices, *SHORT_TESTS.items()]

    def narrow(self, cases):
        """The conflicts that fit."""
        if self.is_bound and self.is_valid() and (name := self.cleaned_data.pop("name", "")):
            cases = cases.filter(Q(official__name__icontains=name) | Q(other__name__icontains=name))
        return super().narrow(cases)


class ConflictStepForm(StepForm):
    """A step with the facts it brings: who withdraws and how, or on which ground the facts are kept."""

    flow = CONFLICT

    def __init__(self, *args, case, step: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        taken = self.data.get("step", step)
        for name in FIELDS.get(taken, ()):
            if name != "withdraws" or case.other_id:
                self.fields[name] = self._field(case, name)
        if taken == "except":
            self.fields["article"].initial = EXCEPTION_ARTICLE
            for name in ("article", "decided_by", "document_no", "decided_on"):
                self.fields[name].required = False
                self.fields[name].help_text = _("Needed for an approved exception.")
        elif taken == "decide":
            self.fields["article"].initial = ARTICLES.get(case.rule_id, "")
        reason = self.fields.pop("reason")
        flow_step = CONFLICT.step(taken)
        reason.required = bool(flow_step and flow_step.needs_reason)
        if not reason.required:
            reason.label = _("Remark")
        self.fields["reason"] = reason
        for field in self.fields.values():
            if field.label:
                field.label = str(field.label)[:1].upper() + str(field.label)[1:]

    def _field(self, case, name: str):
        column = case._meta.get_field(name)
        offers = {
            "withdraws": [
                (Withdrawing.OFFICIAL, case.official.name),
                (Withdrawing.OTHER, case.other and case.other.name),
            ],
            "way": [(way, ResolutionWay(way).label) for way in ways_of(case)],
            "ground": [(ground, ExceptionGround(ground).label) for ground in grounds_of(case)],
        }
        if name in offers:
            choices = [("", "—"), *offers[name]]
            field = forms.ChoiceField(label=column.verbose_name, choices=choices)
            if name == "withdraws" and case.facts.get("withdraws") == case.official_id:
                field.initial = Withdrawing.OFFICIAL
                field.help_text = _("The lower one normally withdraws; between equals the appointing organ decides.")
            return field
        field = column.formfield(required=True, label=column.verbose_name, initial=getattr(case, name) or None)
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(attrs=DAY, format="%Y-%m-%d")
        return field
