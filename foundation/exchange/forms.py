"""The upload form: shape only; what a file says is judged by the parsers."""

from tempfile import TemporaryFile
from typing import BinaryIO

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.common.scoping import scope_of
from foundation.organizations.models import Organization

from .kinds import all_kinds, kind_for
from .models import BatchStatus, Decision
from .packing import pack

SELECT = {"class": "form-select"}


def kinds_for(user) -> list:
    """Kinds of imports the user may do somewhere."""
    return [kind for kind in all_kinds() if scope_of(user, kind.permission)]


class BatchFilter(forms.Form):
    """Narrow the list of imports."""

    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("all")), *BatchStatus.choices],
        widget=forms.Select(attrs=SELECT),
    )
    kind = forms.ChoiceField(label=_("What"), required=False, widget=forms.Select(attrs=SELECT))

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("all")), *((kind.code, kind.label) for kind in kinds)]

    def narrow(self, batches):
        """The batches that fit; a word that is no choice narrows nothing."""
        if not self.is_bound or not self.is_valid():
            return batches
        return batches.filter(**{name: value for name, value in self.cleaned_data.items() if value})


class SeveralFilesInput(forms.FileInput):
    """A field in which several files may be chosen at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        """All files that were sent under the name."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class SeveralFilesField(forms.FileField):
    """One file or several, as a list; each is checked as a single one would be."""

    widget = SeveralFilesInput(attrs={"multiple": True})

    def clean(self, data, initial=None):
        """The files. Raises ValidationError for the first that is none."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(each, initial) for each in given or [None]]


class UploadForm(forms.Form):
    """File (or files of one kind), kind, place and year of an import."""

    kind = forms.ChoiceField(label=_("What the file holds"))
    organization = forms.ModelChoiceField(
        label=_("Jurisdiction"), queryset=Organization.objects.none(), to_field_name="code", empty_label=None
    )
    year = forms.IntegerField(
        label=_("Year"),
        min_value=2000,
        max_value=2100,
        required=False,
        help_text=_("Needed for score workbooks and whole years."),
    )
    file = SeveralFilesField(label=_("File"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "At most %(megabytes)d MB. Appointment forms and photos: several files may be chosen at once. Nothing is imported before you have seen the preview."
        ) % {"megabytes": settings.IMPORT_LARGEST_MEGABYTES}
        kinds = kinds_for(user)
        self.fields["kind"].choices = [(kind.code, kind.label) for kind in kinds]
        counties = Organization.objects.jurisdictions()
        found = Organization.objects.none()
        for permission in {kind.permission for kind in kinds}:
            found |= counties.visible_to(user, permission)
        self.fields["organization"].queryset = found.order_by("path")

    def clean(self):
        """A kind that is about a year needs one; the file must have an ending the kind reads."""
        data = super().clean()
        kind = next((k for k in all_kinds() if k.code == data.get("kind")), None)
        if kind and kind.needs_year and not data.get("year") and "year" not in self.errors:
            self.add_error("year", _("Choose the year that this file is about."))
        if kind and data.get("file"):
            self._check_files(kind, data["file"])
        return data

    def _check_files(self, kind, files):
        names = [each.name.lower() for each in files]
        if len(files) > 1 and not kind.takes_several:
            self.add_error("file", _("This kind of import takes one file at a time."))
        elif len(files) > 1 and not all(name.endswith(kind.takes_several) for name in names):
            said = _("Several files at once may only be %(endings)s. Upload a zip by itself.")
            self.add_error("file", said % {"endings": ", ".join(kind.takes_several)})
        elif len(files) == 1 and not names[0].endswith(kind.extensions):
            self.add_error(
                "file", _("This kind of import reads %(endings)s files.") % {"endings": ", ".join(kind.extensions)}
            )
        if sum(each.size for each in files) > settings.IMPORT_LARGEST_MEGABYTES * 1024 * 1024:
            said = _("The file is larger than %(megabytes)d MB. Split it and upload the parts.")
            self.add_error("file", said % {"megabytes": settings.IMPORT_LARGEST_MEGABYTES})

    def uploaded(self) -> tuple[BinaryIO, str]:
        """What was chosen, as a file, and its name. Several files become one zip, and so does a single one whose name counts."""
        files, kind = self.cleaned_data["file"], kind_for(self.cleaned_data["kind"])
        is_named = kind.is_about_known and files[0].name.lower().endswith(kind.takes_several)
        if len(files) == 1 and not is_named:
            return files[0].file, files[0].name
        name = min(each.name for each in files)[:120]
        if len(files) > 1:
            name = gettext("%(first)s and %(number)d more") % {"first": name, "number": len(files) - 1}
        held = TemporaryFile()
        pack([(each.name, each) for each in files], held)
        return held, f"{name}.zip"


class ColumnsForm(forms.Form):
    """What each column of a file means."""

    def __init__(self, *args, question, fields, **kwargs):
        super().__init__(*args, **kwargs)
        self.question = question
        choices = [("", _("choose")), ("ignored", _("not read")), *fields.items()]
        for column in question["columns"]:
            known = column["fields"][0] if len(column["fields"]) == 1 and not column["is_open"] else ""
            self.fields[column["letter"]] = forms.ChoiceField(
                label=column["header"],
                choices=choices,
                initial=known,
                error_messages={"required": _("Say for every column what it means.")},
                widget=forms.Select(attrs=SELECT | {"aria-label": column["header"]}),
            )

    def lines(self):
        """Each column with its field of the form, those first that were not understood."""
        lines = [(column, self[column["letter"]]) for column in self.question["columns"]]
        return sorted(lines, key=lambda line: not line[0]["is_open"])


def decisions_of(data) -> dict[int, str]:
    """Decisions about rows as a page sends them: fields `row-<position>`; with `all`, one for each of them."""
    for_all = data.get("all", "")
    found = {}
    for name, value in data.items():
        position = name.removeprefix("row-")
        if name.startswith("row-") and position.isdecimal():
            chosen = for_all or value
            found[int(position)] = "" if chosen == "proposed" else chosen
    return {position: value for position, value in found.items() if value in ("", *Decision.values)}
