"""Forms: shape only. What may be done is decided by the services."""

import re

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.organizations.models import Organization

from .models import User
from .permissions import declared_permissions
from .roles import all_roles
from .services.authority import MANAGE_ACCOUNTS, MANAGE_GRANTS
from .services.keys import LONGEST_LIFE, permissions_for_keys


class SignInForm(AuthenticationForm):
    """User name and password; the same answer for a wrong name, a wrong password and a locked account."""

    error_messages = {  # noqa: RUF012 - as Django declares it
        "invalid_login": _("User name or password is wrong, or the account is locked."),
        "inactive": _("User name or password is wrong, or the account is locked."),
    }

    username = UsernameField(label=_("User name"), max_length=60, widget=forms.TextInput(attrs={"autofocus": True}))
    password = forms.CharField(
        label=_("Password"),
        max_length=1024,  # far above any passphrase: what is longer is not worth the hashing
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_username(self):
        """As accounts keep it."""
        return User.normalize_username(self.cleaned_data["username"])


class UnitChoice(forms.ModelChoiceField):
    """Choice of a unit inside the administrator's area, indented by its depth in the tree."""

    def label_from_instance(self, unit):
        """Name with the indentation of its level."""
        return "　" * (len(unit.path) // 6 - 1) + unit.name


def units_for(actor, perm):
    """Units that the actor may choose."""
    return Organization.objects.visible_to(actor, perm).in_tree_order()


class AccountForm(forms.ModelForm):
    """A new account."""

    organization = UnitChoice(label=_("Home unit"), queryset=None, required=False)

    class Meta:
        model = User
        fields = ("username", "display_name", "organization", "language")

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = units_for(actor, MANAGE_ACCOUNTS)
        self.fields["organization"].required = not actor.scope_for(MANAGE_ACCOUNTS).everything

    def clean_username(self):
        """As accounts keep it."""
        return User.normalize_username(self.cleaned_data["username"])


class HolderForm(forms.Form):
    """Who holds an account: the identity number, of which only a keyed hash is kept."""

    id_number = forms.CharField(
        label=_("Identity number of the holder"),
        max_length=18,
        required=False,
        help_text=_("Only a key of it is kept: it shuts the holder's own file and those of kin. Empty: not known."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def clean_id_number(self):
        """Eighteen characters, the last one in upper case."""
        number = self.cleaned_data["id_number"].strip().upper()
        if number and not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
            raise forms.ValidationError(_("An identity number has 17 digits and a last digit or X."))
        return number


class ReasonForm(forms.Form):
    """Why an act is done; stands in the audit entry."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class GrantForm(forms.Form):
    """A role for an account: where and on which days."""

    role = forms.ChoiceField(label=_("Role"))
    organization = UnitChoice(
        label=_("Unit"),
        queryset=None,
        required=False,
        empty_label=_("Everywhere"),
        help_text=_("Everywhere is possible for auditors and administrators only."),
    )
    include_subtree = forms.BooleanField(label=_("With subordinate units"), required=False, initial=True)
    valid_from = forms.DateField(
        label=_("From"), initial=timezone.localdate, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    valid_to = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day of the role; empty: until it is ended."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("For example the document that appoints."))

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.code, role.label) for role in all_roles()]
        self.fields["organization"].queryset = units_for(actor, MANAGE_GRANTS)


class KeyForm(forms.Form):
    """A key for a program."""

    name = forms.CharField(label=_("Purpose"), max_length=80)
    scopes = forms.MultipleChoiceField(label=_("Permissions"), widget=forms.CheckboxSelectMultiple)
    expires_on = forms.DateField(
        label=_("Expires on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        held, labels = user.get_all_permissions(), declared_permissions()
        self.fields["scopes"].choices = [(perm, labels[perm]) for perm in permissions_for_keys() if perm in held]
        self.fields["expires_on"].initial = timezone.localdate() + LONGEST_LIFE / 2
