"""Forms of the acts on units. Each makes a plan; what stands against the plan is said by the service."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.organizations.choices import Act, Kind
from foundation.organizations.models import Organization, Post
from foundation.organizations.rules.plans import NewUnit, Plan, PostGoal
from foundation.regulations.forms import DayField

from ..selectors.reach import holders_by_post, people_without_post, units_in_reach
from ..services import reorganise

KINDS = [choice for choice in Kind.choices if choice[0] != Kind.JURISDICTION]
ENDS, STAYS, NEW = "ends", "stays", "new"
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def code_field(**options):
    """The code of a new unit."""
    return forms.RegexField(
        label=_("Code of the new unit"),
        regex=CODE.pattern + r"\Z",
        max_length=40,
        error_messages={"invalid": _("Letters, digits, points and dashes, such as HS-D61.")},
        **options,
    )


class ActForm(forms.Form):
    """What every act asks: from when, by which document, why."""

    kind = ""
    effective_on = DayField(
        label=_("Effective on"), help_text=_("The first day of the new state; what ends, ends the day before.")
    )
    document_no = forms.CharField(label=_("Document"), max_length=80, help_text=_("Document number, as printed on it."))
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args, unit: Organization, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit, self.user = unit, user
        self.build()
        self.is_whole = not self._choose_places()
        terms = ["effective_on", "document_no", "reason"]
        self.order_fields(
            [*(name for name in self.fields if name not in terms and not name.startswith("post_")), *terms]
        )

    def build(self):
        """Fields that depend on the unit."""

    @property
    def post_fields(self):
        """Fields that say where each post goes."""
        return [self[name] for name in self.fields if name.startswith(("post_", "person_", "child_"))]

    @property
    def plain_fields(self):
        """All other fields."""
        names = ("post_", "person_", "child_")
        return [bound for bound in self.visible_fields() if not bound.name.startswith(names)]

    def _choose_places(self) -> bool:
        """Put the choice that suggests itself where a place was not said yet, or cannot be chosen any more. Was there any?"""
        if not self.is_bound:
            return False
        data, asked = self.data.copy(), False
        for bound in self.post_fields:
            choices = [str(value) for value, _label in bound.field.choices]
            if data.get(bound.html_name) not in choices:
                data[bound.html_name] = bound.field.initial or choices[0]
                asked = True
        self.data = data
        return asked

    def terms(self) -> dict:
        """Day, document and reason."""
        return {name: self.cleaned_data[name] for name in ("effective_on", "document_no", "reason")}

    def unit_choices(self, empty=""):
        """Units in reach, indented by their depth."""
        return [("", empty), *units_in_reach(self.user, self.unit)]

    def chosen(self, name: str) -> str:
        """What was typed into a plain field, before the form is checked."""
        return str(
            self.data.get(self.add_prefix(name), "")
            if self.is_bound
            else self.get_initial_for_field(self.fields[name], name) or ""
        ).strip()

    def goals(self) -> tuple[PostGoal, ...]:
        """Where posts go, from their fields."""
        found = []
        for name, value in self.cleaned_data.items():
            if name.startswith("post_") and value != STAYS:
                unit, _bar, title = ("", "", "") if value == ENDS else value.partition("|")
                found.append(PostGoal(int(name.removeprefix("post_")), unit, title))
        return tuple(found)

    def add_post_fields(self, units, options_of):
        """A field for every open post of some units; `options_of(post)` gives choices and the first of them."""
        posts = Post.objects.system().filter(organization__in=units, ends_on__isnull=True)
        posts = list(posts.select_related("organization").order_by("organization__path", "-is_principal", "sort", "pk"))
        held = holders_by_post(posts)
        for post in posts:
            choices, initial = options_of(post)
            people = "、".join(held.get(post.pk, ())) or _("vacant")
            label = f"{post.organization}  {post.title}（{people}）"
            self.fields[f"post_{post.pk}"] = forms.ChoiceField(label=label, choices=choices, initial=initial)


class RenameForm(ActForm):
    """更名."""

    kind = Act.RENAME
    name = forms.CharField(label=_("New name"), max_length=120)
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)

    def build(self):
        """The present names stand there to be changed."""
        self.fields["name"].initial, self.fields["short_name"].initial = self.unit.name, self.unit.short_name

    def plan(self) -> Plan:
        """The act."""
        return reorganise.rename_plan(
            self.unit, self.cleaned_data["name"], self.cleaned_data["short_name"], **self.terms()
        )


class MoveForm(ActForm):
    """划转."""

    kind = Act.MOVE
    parent = forms.ChoiceField(label=_("Under which unit"))

    def build(self):
        """Units in reach."""
        self.fields["parent"].choices = self.unit_choices()

    def plan(self) -> Plan:
        """The act."""
        parent = Organization.objects.system().get(code=self.cleaned_data["parent"])
        return reorganise.move_plan(self.unit, parent, **self.terms())


class FoundForm(ActForm):
    """新设, below the unit of the page."""

    kind = Act.FOUND
    code = code_field()
    name = forms.CharField(label=_("Name"), max_length=120)
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    what = forms.ChoiceField(label=_("Kind"), choices=KINDS)

    def build(self):
        """Below a county a department, below anything else a section."""
        self.fields["what"].initial = Kind.DEPARTMENT if self.unit.kind == Kind.JURISDICTION else Kind.SECTION

    def plan(self) -> Plan:
        """The act."""
        values = self.cleaned_data
        new = NewUnit(values["code"], values["name"], values["what"], self.unit.code, values["short_name"])
        return reorganise.found_plan(new, **self.terms())


class MergeForm(ActForm):
    """合并: the unit of the page with others, into one of them, another, or a new one."""

    kind = Act.MERGE
    others = forms.MultipleChoiceField(
        label=_("Together with"),
        required=False,
        help_text=_("Hold Ctrl to choose several. Leave it empty when this unit alone goes into another."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    into = forms.ChoiceField(label=_("Into"))
    code = code_field(required=False)
    name = forms.CharField(label=_("Name of the new unit"), max_length=120, required=False)
    short_name = forms.CharField(label=_("Short name of the new unit"), max_length=60, required=False)
    cases_stay = forms.BooleanField(
        label=_("Open cases stay with the closed units; the office above ends them"), required=False
    )

    def build(self):
        """Units in reach; posts as soon as it is said what becomes one."""
        units = units_in_reach(self.user, self.unit, with_county=False)
        self.fields["others"].choices = [each for each in units if each[0] != self.unit.code]
        self.fields["into"].choices = [("", ""), (NEW, _("a new unit, named below")), *units]
        self.fields["into"].initial = ""
        target = self.target
        if not target:
            return
        codes = {self.unit.code, *self.data.getlist(self.add_prefix("others"))} - {target}
        closing = list(Organization.objects.system().filter(code__in=codes))
        own = Post.objects.system().filter(organization__code=target, ends_on__isnull=True)
        titles = list(own.in_team_order().values_list("title", flat=True))
        heads: set[str] = set(own.filter(is_principal=True).values_list("title", flat=True))

        def options(post):
            known = list(dict.fromkeys([*titles, post.title]))
            choices = [(f"{target}|{title}", _("becomes %(title)s of the unit") % {"title": title}) for title in known]
            goes = not (post.is_principal and heads)
            heads.update({post.title} if post.is_principal else ())
            return [*choices, (ENDS, _("ends; who holds it has no post of it"))], (
                f"{target}|{post.title}" if goes else ENDS
            )

        self.add_post_fields(closing, options)

    @property
    def target(self) -> str:
        """Code of the unit that goes on, as far as it was said."""
        if not self.is_bound:
            return ""
        into = self.chosen("into")
        return self.chosen("code") if into == NEW else into

    def clean(self):
        """A new unit has a code and a name."""
        values = super().clean()
        if values.get("into") == NEW:
            for name in ("code", "name"):
                if not values.get(name):
                    self.add_error(name, _("Needed for a new unit."))
        elif {self.unit.code, *values.get("others", ())} <= {values.get("into")}:
            self.add_error("into", _("Choose another unit, or others to go into this one."))
        return values

    def plan(self) -> Plan:
        """The act."""
        values = self.cleaned_data
        units = list(
            Organization.objects.system().filter(code__in={self.unit.code, *values["others"]}).order_by("path")
        )
        new = None
        if values["into"] == NEW:
            parent = self.unit.parent.code if self.unit.parent_id else self.unit.code
            new = NewUnit(
                values["code"], values["name"], self.unit.kind, parent, values["short_name"], like=self.unit.code
            )
        return reorganise.merge_plan(
            units, self.target, new=new, posts=self.goals(), cases_stay=values["cases_stay"], **self.terms()
        )


class SplitForm(ActForm):
    """分设: one or two new units take over from the unit of the page."""

    kind = Act.SPLIT
    code = code_field()
    name = forms.CharField(label=_("Name of the new unit"), max_length=120)
    short_name = forms.CharField(label=_("Short name of the new unit"), max_length=60, required=False)
    code2 = code_field(required=False)
    name2 = forms.CharField(label=_("Name of a second new unit"), max_length=120, required=False)
    short_name2 = forms.CharField(label=_("Short name of the second new unit"), max_length=60, required=False)
    closes = forms.BooleanField(label=_("The unit itself closes"), required=False)
    cases_stay = forms.BooleanField(
        label=_("Open cases stay with the closed unit; the office above ends them"), required=False
    )

    def build(self):
        """Posts, people and units below, as soon as the new units have codes."""
        self.fields["code2"].label = _("Code of the second new unit")
        codes = [self.chosen(name) for name in ("code", "code2")] if self.is_bound else []
        codes = [code for code in codes if code]
        if not codes:
            return
        stays = not self.data.get(self.add_prefix("closes"))
        names = dict(zip(codes, (self.chosen("name") or codes[0], self.chosen("name2")), strict=False))
        home = [(STAYS, _("stays"))] if stays else []
        units = [(code, names[code] or code) for code in codes]

        def options(post):
            goes = [(f"{code}|{post.title}", _("goes to %(unit)s") % {"unit": name}) for code, name in units]
            ends = [(ENDS, _("ends; who holds it has no post of it"))]
            choices = [*home, *goes, *ends]
            return choices, choices[0][0]

        self.add_post_fields([self.unit], options)
        places = [*home, *((code, _("goes to %(unit)s") % {"unit": name}) for code, name in units)]
        for person in people_without_post(self.unit):
            label = _("%(name)s (without post)") % {"name": person.name}
            self.fields[f"person_{person.pk}"] = forms.ChoiceField(label=label, choices=places)
        children = Organization.objects.system().filter(parent=self.unit, ends_on__isnull=True).order_by("path")
        for child in children:
            self.fields[f"child_{child.pk}"] = forms.ChoiceField(label=child.name, choices=places)
            self.fields[f"child_{child.pk}"].child_code = child.code

    def clean(self):
        """A second unit has code and name, or neither."""
        values = super().clean()
        if bool(values.get("code2")) != bool(values.get("name2")):
            self.add_error("code2", _("Give the second unit a code and a name, or neither."))
        return values

    def plan(self) -> Plan:
        """The act."""
        values = self.cleaned_data
        parent = self.unit.parent.code if self.unit.parent_id else self.unit.code
        new = [
            NewUnit(values["code"], values["name"], self.unit.kind, parent, values["short_name"], like=self.unit.code)
        ]
        if values["code2"]:
            second = (values["code2"], values["name2"], self.unit.kind, parent, values["short_name2"])
            new.append(NewUnit(*second, like=self.unit.code))
        homes = [
            (int(n.removeprefix("person_")), v) for n, v in values.items() if n.startswith("person_") and v != STAYS
        ]
        below = [(self.fields[n].child_code, v) for n, v in values.items() if n.startswith("child_") and v != STAYS]
        return reorganise.split_plan(
            self.unit,
            new,
            closes=values["closes"],
            posts=self.goals(),
            homes=tuple(homes),
            below=tuple(below),
            rest=values["code"],
            cases_stay=values["cases_stay"],
            **self.terms(),
        )


class CloseForm(ActForm):
    """撤销."""

    kind = Act.CLOSE
    rest = forms.ChoiceField(
        label=_("People go to"), required=False, help_text=_("Everybody who belongs to the unit goes home there.")
    )
    below = forms.ChoiceField(label=_("Units below go under"), required=False)
    cases_stay = forms.BooleanField(
        label=_("Open cases stay with the closed unit; the office above ends them"), required=False
    )

    def build(self):
        """Units in reach; the unit's posts, which may go to posts of the unit that takes its people over."""
        for name in ("rest", "below"):
            units = units_in_reach(self.user, self.unit, with_county=name == "below")
            self.fields[name].choices = [("", ""), *(each for each in units if each[0] != self.unit.code)]
        rest = self.chosen("rest") if self.is_bound else ""
        own = Post.objects.system().filter(organization__code=rest, ends_on__isnull=True).in_team_order()
        titles = list(own.values_list("title", flat=True)) if rest else []
        ends = [(ENDS, _("ends; who holds it has no post of it"))]
        goes = [(f"{rest}|{title}", _("becomes %(title)s of the unit") % {"title": title}) for title in titles]
        self.add_post_fields([self.unit], lambda post: ([*ends, *goes], ENDS))

    def plan(self) -> Plan:
        """The act."""
        values = self.cleaned_data
        details = {name: values[name] for name in ("rest", "below", "cases_stay")}
        return reorganise.close_plan(self.unit, posts=self.goals(), **details, **self.terms())


FORMS = {form.kind: form for form in (RenameForm, MoveForm, FoundForm, MergeForm, SplitForm, CloseForm)}
