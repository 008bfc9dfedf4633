"""Closed sets of supervision that branches depend on; kinds of handlings and situations are code tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Source(models.TextChoices):
    """Where the matter of a talk, a letter or a handling comes from (§5.1)."""

    CHECK = "CHECK", pgettext_lazy("source of a matter", "check")
    COMPLAINT = "COMPLAINT", _("complaint or report")
    AUDIT = "AUDIT", pgettext_lazy("source of a matter", "audit")
    INSPECTION = "INSPECTION", _("inspection tour")
    ASSESSMENT = "ASSESSMENT", pgettext_lazy("source of a matter", "assessment")
    RANKING = "RANKING", pgettext_lazy("source of a matter", "bottom rank")
    OTHER = "OTHER", pgettext_lazy("source of a matter", "other")


class Mode(models.TextChoices):
    """How it is done: face to face, or in writing."""

    TALK = "TALK", pgettext_lazy("way of supervision", "talk")
    LETTER = "LETTER", pgettext_lazy("way of supervision", "letter")


class Body(models.TextChoices):
    """Kind of body that decides on a handling (`rules.authority`)."""

    PARTY_COMMITTEE = "PARTY_COMMITTEE", _("Party committee or Party group")
    DISCIPLINE_COMMISSION = "DISCIPLINE_COMMISSION", _("commission for discipline inspection")
    SUPERVISORY_COMMISSION = "SUPERVISORY_COMMISSION", _("supervisory commission")
    APPOINTING_BODY = "APPOINTING_BODY", _("appointing organ")
    ORGANIZATION_DEPARTMENT = "ORGANIZATION_DEPARTMENT", _("organization department")


class BodyLevel(models.TextChoices):
    """Level of the deciding body, the lowest first."""

    UNIT = "UNIT", pgettext_lazy("level of a body", "unit")
    COUNTY = "COUNTY", pgettext_lazy("level of a body", "county")
    PREFECTURE = "PREFECTURE", pgettext_lazy("level of a body", "prefecture")
    PROVINCE = "PROVINCE", pgettext_lazy("level of a body", "province")
    CENTRAL = "CENTRAL", pgettext_lazy("level of a body", "central")


class VisitResult(models.TextChoices):
    """What a return visit (回访) found."""

    GOOD = "GOOD", pgettext_lazy("result of a visit", "good")
    FAIR = "FAIR", pgettext_lazy("result of a visit", "fair")
    POOR = "POOR", pgettext_lazy("result of a visit", "poor")


class VisitPurpose(models.TextChoices):
    """Why somebody is visited again: an influence period, a clearance (澄清), a tolerance (容错)."""

    PERIOD = "PERIOD", pgettext_lazy("purpose of a visit", "influence period")
    CLEARANCE = "CLEARANCE", pgettext_lazy("purpose of a visit", "clearance")
    TOLERANCE = "TOLERANCE", pgettext_lazy("purpose of a visit", "tolerance")
    OTHER = "OTHER", pgettext_lazy("purpose of a visit", "other")


class AppealLevel(models.TextChoices):
    """Which of the two ways an appeal takes; what each is called depends on the law (`selectors.appeals`)."""

    FIRST = "FIRST", _("to the deciding body")
    SECOND = "SECOND", _("to the body above")


class AppealOutcome(models.TextChoices):
    """What an appeal led to."""

    UPHELD = "UPHELD", pgettext_lazy("appeal", "upheld")
    CHANGED = "CHANGED", pgettext_lazy("appeal", "changed")
    REVOKED = "REVOKED", pgettext_lazy("appeal", "decision revoked")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("appeal", "withdrawn by the person")


class MatterOccasion(models.TextChoices):
    """Why personal matters are reported (个人有关事项报告)."""

    ANNUAL = "ANNUAL", _("annual report")
    CHANGE = "CHANGE", _("report of a change")


class CheckOccasion(models.TextChoices):
    """Why a report of personal matters is checked."""

    RANDOM = "RANDOM", _("random check")
    KEY = "KEY", _("key check before a promotion or by order")


class CheckFinding(models.TextChoices):
    """What a check of a report found."""

    CONSISTENT = "CONSISTENT", pgettext_lazy("finding", "consistent")
    OMITTED = "OMITTED", _("omitted by mistake (漏报)")
    CONCEALED = "CONCEALED", _("concealed (隐瞒不报)")


class ConflictTest(models.TextChoices):
    """Tests of avoidance that stand on posts and relations (公务员法 art. 74, 公务员回避规定)."""

    AV1 = "AV1", _("same organ and same direct leader")
    AV2 = "AV2", _("one leads the other")
    AV3 = "AV3", _("one leads the organ, the other does personnel, discipline, audit or finance there")
    AV4 = "AV4", _("a relative runs a business that the organ regulates")
    PLACE = "PLACE", _("place of growth (地域回避)")


SHORT_TESTS = {
    ConflictTest.AV1: _("AV1 same leader"),
    ConflictTest.AV2: _("AV2 leading one another"),
    ConflictTest.AV3: _("AV3 sensitive work"),
    ConflictTest.AV4: _("AV4 business"),
    ConflictTest.PLACE: _("place of growth (地域回避)"),
}
"""The tests in few words, for lists."""


class Withdrawing(models.TextChoices):
    """Which of the two withdraws by the decision."""

    OFFICIAL = "OFFICIAL", _("the official")
    OTHER = "OTHER", _("the relative")


class ResolutionWay(models.TextChoices):
    """How a conflict of avoidance is resolved."""

    TRANSFER = "TRANSFER", _("transfer to another post (交流)")
    DUTY = "DUTY", _("duties divided anew (调整分工)")
    DISPOSAL = "DISPOSAL", _("the business is given up (退出经营)")
    REMOVE = "REMOVE", _("removal from the post (免职)")


class ExceptionGround(models.TextChoices):
    """Why facts that look like a conflict are kept."""

    NOT_SAME = "NOT_SAME", _("the relative is somebody else of the same name")
    NOT_SO = "NOT_SO", _("there is no such leadership, duty or regulation in fact")
    APPROVED = "APPROVED", _("exception approved (变通执行)")


class ReportState(models.TextChoices):
    """Where a report of personal matters stands on a day."""

    WAITING = "WAITING", _("not reported, within time")
    OVERDUE = "OVERDUE", _("not reported, overdue")
    FILED = "FILED", _("reported in time")
    LATE = "LATE", _("reported late")
    WAIVED = "WAIVED", _("not due")


class CheckFollow(models.TextChoices):
    """What a finding opens (领导干部个人有关事项报告查核结果处理办法)."""

    INQUIRY = "INQUIRY", _("inquiry letter (函询)")
    REMIND = "REMIND", _("reminder talk (提醒谈话)")
    ADMONISH = "ADMONISH", _("admonishment (诫勉)")


class ReuseMode(models.TextChoices):
    """How somebody is used again (重新使用方式): the words of SUP-REUSE-MODES."""

    EQUAL_LEVEL = "EQUAL_LEVEL", _("at the same level (平职)")
    LOWER = "LOWER", _("at a lower level (低层次)")
    PROMOTE = "PROMOTE", _("promoted (提拔)")


class ReuseOpinion(models.TextChoices):
    """What the discipline commission says of a reuse."""

    AGREE = "AGREE", pgettext_lazy("opinion", "no objection")
    OBJECT = "OBJECT", pgettext_lazy("opinion", "objection")
