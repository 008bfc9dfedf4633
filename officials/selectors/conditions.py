"""Conditions of a question as filters on people. Each is written once and asked of today or of another day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef, Q

from foundation.organizations.models import Organization, UnitCategory
from foundation.regulations.services.codes import codes
from foundation.regulations.services.rulebook import rulebook

from ..choices import Nature, Sex
from ..models import FormDetails, PostHolding, Restriction
from ..rules.labels import aliases
from ..rules.questions import EDUCATION_STEPS, Group, Question, months_of_age, year_and_month
from ..rules.retirement import RaisedAge
from ..rules.retirement_window import births_reaching
from ..search_functions import HAN, MINORITY, OUTSIDE_PARTY, decided, ever_held, holds
from .restrictions import VIEW as VIEW_RESTRICTION

EDUCATION_TABLE = "education_zb64"
CODES_OF_STEP = {"postgraduate": ("1",), "bachelor": ("2",), "college": ("31", "32", "33", "34")}


@dataclass(frozen=True)
class Asking:
    """On which day a question is asked and by whom, and where the columns of that day stand.

    `then`: another day than today; post, unit and rank are those held on it (see `roster.as_of`).
    """

    day: date
    user: Any
    then: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def column(self) -> dict[str, str]:
        """Logical name → column."""
        now = {name: name for name in ("org_path", "home_id", "rank", "rank_on", "level", "post_on", "post_text")}
        return now | dict(self.columns)

    def years_before(self, years: str) -> date:
        """The day so many years earlier."""
        return self.day - relativedelta(years=int(years))


def filter_of(question: Question, asking: Asking) -> Q:
    """All groups of a question as one filter."""
    groups = [_group(group, asking) for group in question.groups]
    return _joined(groups, question.between)


def _group(group: Group, asking: Asking) -> Q:
    parts = [CONDITIONS[key](value, asking) for key, value in group.conditions.items() if key not in PERIOD_ENDS]
    if PERIOD_ENDS & group.conditions.keys():
        parts.append(_period_ends(group.conditions, asking))
    return _joined(parts, group.within)


def _joined(parts: list[Q], how: str) -> Q:
    whole = Q()
    for part in parts:
        whole = whole & part if how == "all" else whole | part
    return whole


def _one_of(name):
    def condition(values, asking):
        return Q(**{f"{asking.column.get(name, name)}__in": values})

    return condition


def _flag(yes: Q, no: Q):
    def condition(value, asking):
        return yes if value == "yes" else no

    return condition


def _since(name, lookup):
    """So many years, or more, since a day: held since then at the latest (`lte`), or at the earliest."""

    def condition(years, asking):
        return Q(**{f"{asking.column[name]}__{lookup}": asking.years_before(years)})

    return condition


def _age_from(text, asking):
    """At least so old, counted in months as the department counts."""
    month = asking.day.replace(day=1) - relativedelta(months=months_of_age(text, upper=False))
    return Q(birth_key__lt=month + relativedelta(months=1))


def _age_to(text, asking):
    month = asking.day.replace(day=1) - relativedelta(months=months_of_age(text, upper=True))
    return Q(birth_key__gte=month, birth_on__isnull=False)


def _born_from(text, asking):
    return Q(birth_key__gte=date(*year_and_month(text, upper=False), 1), birth_on__isnull=False)


def _born_to(text, asking):
    return Q(birth_key__lt=date(*year_and_month(text, upper=True), 1) + relativedelta(months=1))


def education_labels(step: str) -> list[str]:
    """Labels of a step of education and of those above it, with the words that stand for them."""
    steps = EDUCATION_STEPS[: EDUCATION_STEPS.index(step) + 1]
    table = codes(EDUCATION_TABLE)
    if step == "secondary":
        wanted = {row.label_zh for row in table.values() if row.code not in ("38", "39")}
    else:
        starts = tuple(start for each in steps for start in CODES_OF_STEP[each])
        wanted = {row.label_zh for row in table.values() if row.code.startswith(starts)}
    return sorted(wanted | {alias for alias, label in aliases(EDUCATION_TABLE).items() if label in wanted})


def _education(*columns):
    def condition(step, asking):
        labels = education_labels(step)
        return _joined([Q(**{f"{column}__in": labels}) for column in columns], "any")

    return condition


def _position(values, asking):
    """正职, 副职, 班子成员 by the posts held on the day."""
    posts = {
        "principal": {"post__is_principal": True},
        "deputy": {"post__is_principal": False, "post__is_team_member": True},
        "member": {"post__is_team_member": True},
    }
    held = PostHolding.objects.system().on_date(asking.day).filter(official=OuterRef("pk"))
    return _joined([ever_held(value) & decided(Q(Exists(held.filter(**posts[value])))) for value in values], "any")


def _unit_kind(values, asking):
    units = Organization.objects.system().filter(kind__in=values)
    return Q(**{f"{asking.column['home_id']}__in": units.values("pk")})


def _unit_category(values, asking):
    rows = UnitCategory.objects.system().in_year(asking.day.year).filter(category__in=values)
    return Q(**{f"{asking.column['home_id']}__in": rows.values("organization_id")})


def _subject(text, asking):
    return holds("school_pairs", text, "full_school", "service_school")


def _post(text, asking):
    if asking.then:
        return Q(held_then__post__title__icontains=text) | Q(held_then__title_text__icontains=text)
    return holds("post_pairs", text, "post_text")


def _retires_within(months, asking):
    """Reaching the retirement age in this month or so many months from now; women's limit as their form states it, else 55."""
    book, last = rulebook(on=asking.day), asking.day + relativedelta(months=int(months))
    wanted = Q(pk__in=[])
    forms = FormDetails.objects.system().filter(official=OuterRef("pk"))
    stated = {age: Q(Exists(forms.filter(limit_before_reform__contains=age))) for age in ("60", "50")}
    women = Q(sex=Sex.FEMALE)
    who = {
        "RET-AGE-MALE": Q(sex=Sex.MALE) | (women & stated["60"]),
        "RET-AGE-FEMALE_50": women & stated["50"],
        "RET-AGE-FEMALE_55": women & ~stated["60"] & ~stated["50"],
    }
    for rule_id, people in who.items():
        rule = book.get(rule_id)
        born = births_reaching(RaisedAge.of_rule(rule.value, rule.starts_on), asking.day, last)
        if born:
            wanted |= people & Q(birth_key__range=born)
    return wanted


def _period_ends(bounds: Mapping[str, Any], asking: Asking) -> Q:
    """One influence period, not lifted, whose last day lies in the span; for who may not see restrictions nobody's does."""
    rows = Restriction.objects.visible_to(asking.user, VIEW_RESTRICTION).standing().filter(nature=Nature.PERIOD)
    if first := bounds.get("period_ends_from"):
        rows = rows.filter(ends_on__gte=first)
    if last := bounds.get("period_ends_to"):
        rows = rows.filter(ends_on__lte=last)
    return Q(pk__in=rows.values("official_id"))


PERIOD_ENDS = {"period_ends_from", "period_ends_to"}
"""Both bounds of one span, asked about one period together, also where one condition of a group is enough."""
CONDITIONS = {
    "rank": _one_of("rank"),
    "level": _one_of("level"),
    "sex": _one_of("sex"),
    "ethnicity": _one_of("ethnicity"),
    "politics": _one_of("politics"),
    "kind": _unit_kind,
    "category": _unit_category,
    "position": _position,
    "age_from": _age_from,
    "age_to": _age_to,
    "born_from": _born_from,
    "born_to": _born_to,
    "post_years_from": _since("post_on", "lte"),
    "post_years_to": _since("post_on", "gte"),
    "rank_years_from": _since("rank_on", "lte"),
    "rank_years_to": _since("rank_on", "gte"),
    "minority": _flag(MINORITY, Q(ethnicity=HAN)),
    "nonparty": _flag(OUTSIDE_PARTY, ~OUTSIDE_PARTY),
    "grassroots": _flag(Q(has_grassroots_years=True), Q(has_grassroots_years=False)),
    "full_education": _education("full_education"),
    "service_education": _education("service_education"),
    "education": _education("full_education", "service_education"),
    "subject": _subject,
    "post": _post,
    "retires_within": _retires_within,
}
