"""Alerts about people in their posts, and about units that have more of them than was approved.

Each `find_…` answers the sweep: facts of a county on a day, by the rulebook of that day. They write nothing.
"""

from datetime import date, timedelta
from functools import cache, partial

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.casework.alert_kinds import VIEW, AlertFact, AlertKind, register_kind
from foundation.casework.rules.severity import ORANGE, RED, YELLOW
from foundation.common.dates import add_months
from foundation.organizations.models import Organization

from ..choices import Sex
from ..models import Official, PostHolding
from ..rules.partial_dates import PartialDate
from ..rules.retirement import RaisedAge, compute_reaching
from ..rules.time_in_post import compute_term, compute_trial_end, compute_years_full
from ..selectors.quotas import OWN, filled

OWNER, UNIT = "officials.edit_official", "officials.ask_correction"
QUOTAS = "organizations.reorganise_units"


def _page(person: int) -> str:
    return reverse("officials:person", args=[person])


# --- retirement -------------------------------------------------------------------------------------------------------
def find_retirements(day: date, book, county):
    """People in post, by the month in which they reach the raised retirement age; women as their form states, else 55."""
    reach = cache(partial(_reaching, book))
    people = Official.objects.system().serving().below(county.path).filter(birth_on__isnull=False, home__isnull=False)
    columns = ("pk", "name", "sex", "birth_on", "home_id", "form_details__limit_before_reform")
    for pk, name, sex, born, home, limit in people.order_by("pk").values_list(*columns):
        rule_id = rule_of_age(sex, limit or "")
        reaching = reach(rule_id, born.year, born.month)
        month = date(reaching.month.year, reaching.month.month, 1)
        yield AlertFact(
            key=f"{pk}:{month:%Y-%m}",
            organization=home,
            person=pk,
            subject=name,
            params={"years": reaching.years, "months": reaching.months, "month": f"{month:%Y.%m}"},
            due_on=add_months(month, 1) - timedelta(days=1),
            url=_page(pk),
            rule_id=rule_id,
        )


def rule_of_age(sex: str, limit: str) -> str:
    """The rule of a person's retirement age: by sex, and for women by the age limit that their form states."""
    if sex != Sex.FEMALE or "60" in limit:
        return "RET-AGE-MALE"
    return "RET-AGE-FEMALE_50" if "50" in limit else "RET-AGE-FEMALE_55"


def _reaching(book, rule_id, year, month):
    rule = book.get(rule_id)
    return compute_reaching(PartialDate(year, month), RaisedAge.of_rule(rule.value, rule.starts_on))


# --- time in a post ---------------------------------------------------------------------------------------------------
def _held(day: date, county) -> list[PostHolding]:
    """Main posts of the register that people in post hold on a day: those of the leading team and sensitive ones.

    Kept on the county, which one sweep or preview has loaded for itself: all kinds ask for the same rows (1 query).
    """
    kept = vars(county).setdefault("_held_posts", {})
    if day not in kept:
        rows = PostHolding.objects.system().on_date(day)
        rows = rows.filter(
            Q(post__is_team_member=True) | Q(post__is_principal=True) | Q(post__is_sensitive=True),
            is_main=True,
            official__trashed_at__isnull=True,
            official__status="1",
            official__left_note="",
            post__organization__path__startswith=county.path,
        )
        kept[day] = list(rows.select_related("official", "post").order_by("pk"))
    return kept[day]


def _of_holding(holding, **facts) -> AlertFact:
    person = holding.official
    params = {"post": holding.post.title, "since_on": holding.starts_on.isoformat()} | facts.pop("params", {})
    return AlertFact(
        key=f"{holding.pk}:{facts['due_on']}",
        organization=holding.post.organization_id,
        person=person.pk,
        subject=person.name,
        params=params,
        url=_page(person.pk),
        **facts,
    )


def find_trials(day: date, book, county):
    """Ends of trial periods after a promotion; no longer than ALR-KEPT-DAYS after them, as no record says that they ended."""
    months, kept = int(book.value("SEL-PROBATION-MONTHS")), int(book.value("ALR-KEPT-DAYS"))
    for holding in (each for each in _held(day, county) if each.post.is_team_member):
        due_on = compute_trial_end(holding.starts_on, holding.official.level_on, months)
        if due_on and due_on >= day - timedelta(days=kept):
            yield _of_holding(holding, due_on=due_on)


def find_terms(day: date, book, county):
    """Ends of terms of principal leaders; more terms in a row than SEL-TERM-REPEAT are overdue since the last allowed one.

    A term that ends on or after the day from which exchange is a must (R-7.2) is left to that alert: one fact, one alert.
    """
    years, most = int(book.value("SEL-TERM-YEARS")), int(book.value("SEL-TERM-REPEAT"))
    must = int(book.value("R-7.2-SAME_POST"))
    for holding in (each for each in _held(day, county) if each.post.is_principal):
        term = compute_term(holding.starts_on, day, years, most)
        if term.ends_on < compute_years_full(holding.starts_on, must):
            yield _of_holding(holding, due_on=term.ends_on, params={"number": term.number})


def find_leading_posts(day: date, book, county):
    """Leaders below the principal, by the default years in one leading position (R-7.6); principals have terms.

    The default says “should”: it stays orange past its day, and gives way a year before exchange is a must (R-7.2).
    """
    years, must = int(book.value("R-7.6")), int(book.value("R-7.2-SAME_POST"))
    for holding in (each for each in _held(day, county) if each.post.is_team_member and not each.post.is_principal):
        due_on = compute_years_full(holding.starts_on, years)
        if compute_years_full(holding.starts_on, must - 1) > day:
            severity = ORANGE if due_on < day else ""
            yield _of_holding(holding, due_on=due_on, params={"years": years}, severity=severity)


def find_same_posts(day: date, book, county):
    """Leaders of any rank, by the years in one post after which exchange is a must (R-7.2)."""
    years = int(book.value("R-7.2-SAME_POST"))
    for holding in (each for each in _held(day, county) if each.post.is_team_member):
        yield _of_holding(holding, due_on=compute_years_full(holding.starts_on, years), params={"years": years})


def find_sensitive_posts(day: date, book, county):
    """Holders of posts with the mark “sensitive”: yellow from the years `warn` on, red from `due` on (R-7.3)."""
    years = book.value("R-7.3-SENSITIVE")
    for holding in (each for each in _held(day, county) if each.post.is_sensitive):
        warn_on, due_on = (compute_years_full(holding.starts_on, int(years[name])) for name in ("warn", "due"))
        if day >= warn_on:
            severity = RED if day > due_on else YELLOW
            yield _of_holding(holding, due_on=due_on, params={"years": int(years["due"])}, severity=severity)


# --- numbers ----------------------------------------------------------------------------------------------------------
def find_excess(day: date, book, county, *, column: str):
    """Units with more leaders (or staff) than was approved; from how many on it matters, the kind's rule says."""
    units = Organization.objects.system().below(county).filter(kind__in=OWN).on_date(day).in_tree_order()
    for row in filled(list(units), day, detailed=False):
        fill = getattr(row, column)
        if fill.over:
            yield AlertFact(
                key=row.unit.code,
                organization=row.unit,
                subject=row.name,
                params={"approved": fill.approved, "actual": fill.actual, "over": fill.over},
                url=reverse("organizations:unit", args=[row.unit.code]),
            )


KINDS = (
    AlertKind(
        "officials.retirement",
        _("Retirement age (到龄)"),
        _("Reaches the retirement age of %(years)s years and %(months)s months in %(month)s."),
        OWNER,
        lead_rule="ALR-RETIREMENT",
        rule_ids=("RET-AGE-MALE", "RET-AGE-FEMALE_55", "RET-AGE-FEMALE_50"),
        find=find_retirements,
        viewers=(VIEW, UNIT),
    ),
    AlertKind(
        "officials.trial",
        _("End of a trial period (试用期满)"),
        _("The trial period as %(post)s, begun on %(since_on)s, ends on %(due_on)s: assess and confirm."),
        OWNER,
        lead_rule="ALR-PROBATION",
        rule_ids=("SEL-PROBATION-MONTHS", "ALR-KEPT-DAYS"),
        find=find_trials,
    ),
    AlertKind(
        "officials.term",
        _("End of a term of office (任期届满)"),
        _("%(post)s since %(since_on)s: term %(number)s ends on %(due_on)s."),
        OWNER,
        lead_rule="ALR-TERM",
        rule_ids=("SEL-TERM-YEARS", "SEL-TERM-REPEAT", "R-7.2-SAME_POST"),
        find=find_terms,
    ),
    AlertKind(
        "officials.leading_post",
        _("Years in one leading position (领导职位轮岗)"),
        _("%(post)s since %(since_on)s: %(years)s years are full on %(due_on)s."),
        OWNER,
        lead_rule="ALR-LEADING-POST",
        rule_ids=("R-7.6", "R-7.2-SAME_POST"),
        find=find_leading_posts,
    ),
    AlertKind(
        "officials.same_post",
        _("Years in one post, exchange a must (同一职位必须交流)"),
        _("%(post)s since %(since_on)s: %(years)s years are full on %(due_on)s, then exchange is a must."),
        OWNER,
        lead_rule="ALR-SAME-POST",
        rule_ids=("R-7.2-SAME_POST",),
        find=find_same_posts,
    ),
    AlertKind(
        "officials.sensitive_post",
        _("Years in a sensitive post (敏感岗位轮岗)"),
        _("Sensitive post %(post)s since %(since_on)s: %(years)s years are full on %(due_on)s."),
        OWNER,
        rule_ids=("R-7.3-SENSITIVE",),
        find=find_sensitive_posts,
    ),
    AlertKind(
        "officials.leaders_over",
        _("Leaders above the number (领导职数超配)"),
        _("%(actual)s leaders where %(approved)s are approved: %(over)s too many."),
        QUOTAS,
        lead_rule="ALR-LEADERS-OVER",
        find=partial(find_excess, column="leaders"),
        viewers=(VIEW, UNIT),
    ),
    AlertKind(
        "officials.staff_over",
        _("Staff above the number (超编)"),
        _("%(actual)s people where %(approved)s are approved: %(over)s too many."),
        QUOTAS,
        lead_rule="ALR-STAFF-OVER",
        find=partial(find_excess, column="staff"),
        viewers=(VIEW, UNIT),
    ),
)
for _kind in KINDS:
    register_kind(_kind)
