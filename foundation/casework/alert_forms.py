"""Forms of the alert centre: the bar that narrows the list, what is done with alerts, thresholds."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from foundation.common.dates import add_months
from foundation.regulations.forms import WHOLE, DayField
from foundation.regulations.models import Rule
from foundation.regulations.services.codes import code_label

from .alert_kinds import alert_kinds
from .forms import CONTROL, choice
from .models import AlertStatus
from .models.alerts import WAITING
from .rules.severity import SEVERITIES
from .selectors.alerts import owned_alerts

LABELS = {"red": _("Red"), "orange": _("Orange"), "yellow": _("Yellow"), "blue": _("Blue")}
NOW = "now"
ACTS = [
    ("claim", _("Claim")), ("release", _("Give back")), ("snooze", _("Put off")), ("close", _("Close with a document")),
]  # fmt: skip


class AlertFilter(forms.Form):
    """Narrow the list of alerts; everything stands in the address. Without a state those that wait are shown."""

    kind = choice(_("Kind"), [])
    severity = choice(_("Degree"), [(name, LABELS[name]) for name in SEVERITIES])
    within = choice(
        _("Due"),
        [("over", _("overdue"))]
        + [(str(n), ngettext_lazy("within %(n)d month", "within %(n)d months", n) % {"n": n}) for n in (1, 3, 6, 12)],
    )
    mine = choice(_("Whose"), [("owner", _("for my role")), ("claimed", _("claimed by me"))])
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", pgettext_lazy("alert", "waiting")), *AlertStatus.choices, ("all", _("all states"))],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    q = forms.CharField(label=_("Unit or person"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL))
    owner = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    on = DayField(required=False)
    person = forms.IntegerField(required=False, widget=forms.HiddenInput)
    month = forms.CharField(required=False, max_length=7, widget=forms.HiddenInput)  # the calendar's

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["kind"].choices = [("", _("all")), *((kind.code, kind.label) for kind in alert_kinds())]
        self.fields["on"].widget = forms.HiddenInput()

    def narrow(self, found):
        """The alerts that fit; a wrong filter narrows nothing and says so at its field."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        same = {"kind": "kind", "severity": "severity", "owner": "permission", "on": "due_on", "person": "person_id"}
        found = found.filter(**{column: asked[name] for name, column in same.items() if asked.get(name)})
        status = asked.get("status", "")
        if status != "all":
            found = found.filter(status__in=[status] if status else WAITING)
            found = found if status else found.exclude(status=AlertStatus.SNOOZED)
        if asked.get("q"):
            text = asked["q"].strip()
            unit = Q(organization__name__icontains=text) | Q(organization__short_name__icontains=text)
            found = found.filter(unit | Q(organization__code=text) | Q(subject__icontains=text))
        return self._mine(self._within(found, asked.get("within")), asked.get("mine"))

    def _within(self, found, within):
        today = timezone.localdate()
        if within == "over":
            return found.filter(due_on__lt=today)
        return found.filter(due_on__lte=add_months(today, int(within))) if within else found

    def _mine(self, found, mine):
        if mine == "claimed":
            return found.filter(claimed_by_id=self.user.pk)
        return found.filter(pk__in=owned_alerts(self.user).values("pk")) if mine else found


class AlertActForm(forms.Form):
    """What is done with the chosen alerts. Shape only; the service checks the rest."""

    act = forms.ChoiceField(choices=ACTS, widget=forms.HiddenInput)
    until = DayField(label=_("Put off until"), required=False)
    reason = forms.CharField(
        label=_("Reason for putting off"), required=False, max_length=500, widget=forms.TextInput(attrs=CONTROL)
    )
    document = forms.CharField(
        label=_("Closing document"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs=CONTROL),
        help_text=_("Number, title and date of the document that settles it."),
    )
    file = forms.FileField(label=_("File of the document"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"].widget.attrs |= CONTROL


class ThresholdForm(forms.Form):
    """A rule of alerts with one number or one for each colour, and what a local setting needs. Shape only."""

    starts_on = DayField(label=_("In force from"))
    jurisdiction = forms.ChoiceField(label=_("Holds for"))
    basis = forms.CharField(
        label=_("Basis"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Document and number, or who decided when. Needed for saving, not for the preview."),
    )

    def __init__(self, *args, rule: Rule, stored, places, everywhere: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.rule, self.names = rule, [name for name, _number in stored] if isinstance(stored, list) else []
        numbers = dict(stored) if self.names else {"value": stored}
        for name, number in numbers.items():
            label = code_label("rule_word", name) if self.names else _("Value")
            self.fields[f"n_{name}"] = forms.IntegerField(label=label, initial=number, min_value=0, max_value=9999)
        self.order_fields([*(f"n_{name}" for name in numbers), "starts_on", "jurisdiction", "basis"])
        whole = [(WHOLE, _("the whole installation"))] if everywhere else []
        self.fields["jurisdiction"].choices = [*whole, *((place.code, place.name) for place in places)]

    @property
    def value(self):
        """The value as rules are entered: a number, or a table of them."""
        if self.names:
            return {name: self.cleaned_data[f"n_{name}"] for name in self.names}
        return self.cleaned_data["n_value"]

    @property
    def place(self) -> str:
        """Code of the county, empty for the whole installation."""
        place = self.cleaned_data["jurisdiction"]
        return "" if place == WHOLE else place
