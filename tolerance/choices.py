"""Closed sets that the calculation branches on (assessment engine §4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Effect(models.TextChoices):
    """What a tolerance decision changes in a unit's assessment of a year."""

    VOID = "void", _("not counted")
    SHIELD = "shield", _("no measure for the leaders, year not counted in the streak")
    MITIGATE = "mitigate", _("measure one step lower")


class Target(models.TextChoices):
    """What a `void` names."""

    ADJUSTMENT = "adjustment", _("deduction")
    VETO = "veto", _("veto")
    INDICATOR = "indicator", _("indicator")


class Finding(models.TextChoices):
    """What the competent body found about a report: unproven is not false (`rules.clearance`)."""

    UNTRUE = "UNTRUE", _("untrue (不属实)")
    SERIOUSLY_UNTRUE = "SERIOUSLY_UNTRUE", _("seriously untrue (严重失实)")
    FABRICATED = "FABRICATED", _("fabricated (捏造)")
    NOT_FOUND = "NOT_FOUND", _("what was reported was not found (没有发现反映的问题)")
    NO_VIOLATION = "NO_VIOLATION", _("facts exist, no violation (事实存在但不违规违纪)")
    UNPROVEN = "UNPROVEN", _("neither verified nor excluded (未查实但不能排除)")
    NO_CONCLUSION = "NO_CONCLUSION", _("no conclusion yet (尚无结论)")
    PROVEN = "PROVEN", pgettext_lazy("finding", "true (属实)")


class Consent(models.TextChoices):
    """Does the person agree to be cleared before others (R-CLR-06)?"""

    GIVEN = "GIVEN", pgettext_lazy("consent", "given")
    REFUSED = "REFUSED", pgettext_lazy("consent", "refused")


class ApprovalLevel(models.TextChoices):
    """Level of the body that approves a conclusion on a false accusation (R-FAL-02)."""

    COUNTY = "COUNTY", pgettext_lazy("level of a body", "county")
    PREFECTURE = "PREFECTURE", pgettext_lazy("level of a body", "prefecture")
    PROVINCE = "PROVINCE", pgettext_lazy("level of a body", "province")
    CENTRAL = "CENTRAL", pgettext_lazy("level of a body", "central")


class AccusationSign(models.TextChoices):
    """Why a report is looked at as a possible false accusation (R-FAL-06)."""

    DISTORTION = "DISTORTION", _("facts distorted (歪曲事实)")
    SMEAR = "SMEAR", _("political smear (政治抹黑)")
    DIVERSION = "DIVERSION", _("diverting an inquiry (转移视线)")
    REVENGE = "REVENGE", _("venting or revenge (泄愤报复)")
    DEMAND = "DEMAND", _("improper demand unmet (无理诉求未满足)")
    OTHER = "OTHER", pgettext_lazy("sign of a false accusation", "other")


class Aggravation(models.TextChoices):
    """What makes a false accusation graver (R-FAL-03)."""

    VILE = "VILE", _("vile means, bad effect (手段恶劣)")
    ELECTION = "ELECTION", _("disrupts elections or selection (干扰换届选举、选任)")
    REPEATED = "REPEATED", _("repeated after a clear conclusion (已有结论仍反复)")
    INSTIGATED = "INSTIGATED", _("forces or instigates others (强迫、唆使他人)")
    OTHER = "OTHER", _("other grave consequences (其他严重后果)")


class Outcome(models.TextChoices):
    """What was decided about shelter: each kind of effect names the outcomes that can bring it."""

    EXEMPT = "EXEMPT", _("exempted (不予、免予追究)")
    MITIGATED = "MITIGATED", _("lighter handling (从轻、减轻)")
    NOT_TOLERATED = "NOT_TOLERATED", _("not tolerated (不予容错)")
    CLEARED = "CLEARED", _("cleared of a false report (澄清)")


class Applicant(models.TextChoices):
    """Who began a case of fault tolerance (§1.7)."""

    CADRE = "CADRE", _("the cadre concerned")
    UNIT = "UNIT", pgettext_lazy("applicant", "the unit")
    EX_OFFICIO = "EX_OFFICIO", _("ex officio, together with the inquiry (依职权)")


class RiskLevel(models.TextChoices):
    """How much can go wrong in a reform that is filed beforehand (容错报备)."""

    LOW = "LOW", pgettext_lazy("level of risk", "low")
    MIDDLE = "MIDDLE", pgettext_lazy("level of risk", "middle")
    HIGH = "HIGH", pgettext_lazy("level of risk", "high")


class Answer(models.TextChoices):
    """Answers to the points of a case: preconditions, distinctions, factors."""

    YES = "YES", pgettext_lazy("precondition", "met")
    NO = "NO", pgettext_lazy("precondition", "not met")
    TOLERABLE = "TOLERABLE", pgettext_lazy("distinction", "on the tolerable side")
    INTOLERABLE = "INTOLERABLE", pgettext_lazy("distinction", "on the intolerable side")
    FAVOURABLE = "FAVOURABLE", pgettext_lazy("factor", "favourable")
    NEUTRAL = "NEUTRAL", pgettext_lazy("factor", "neutral")
    ADVERSE = "ADVERSE", pgettext_lazy("factor", "adverse")


POINT_TABLES = {
    "tolerance_precondition": _("Six preconditions (all needed)"),
    "tolerance_distinction": _("Three distinctions (三个区分开来)"),
    "tolerance_factor": _("Six factors"),
}
"""What the code tables of points are called."""


class Vote(models.TextChoices):
    """How a member stood at the deliberation."""

    FOR = "FOR", pgettext_lazy("vote", "for")
    AGAINST = "AGAINST", pgettext_lazy("vote", "against")
    ABSTAINED = "ABSTAINED", pgettext_lazy("vote", "abstained")
    RECUSED = "RECUSED", pgettext_lazy("vote", "recused")
    ABSENT = "ABSENT", pgettext_lazy("vote", "absent")


class DecidingBody(models.TextChoices):
    """Who decides on tolerance: the body that holds accountable (谁追责问责，谁负责容错)."""

    PARTY_COMMITTEE = "PARTY_COMMITTEE", _("Party committee or Party group")
    DISCIPLINE_COMMISSION = "DISCIPLINE_COMMISSION", _("commission for discipline inspection")
    ORGANIZATION_DEPARTMENT = "ORGANIZATION_DEPARTMENT", _("organization department")


class CorrectionResult(models.TextChoices):
    """What the acceptance of a correction found (容错必纠错)."""

    DONE = "DONE", pgettext_lazy("correction", "done")
    PARTLY = "PARTLY", pgettext_lazy("correction", "done in part, to be continued")


class ReportKind(models.TextChoices):
    """How a report came: under a real name, without one, or as a petition; lists show nothing else of who made it (R-CON-05)."""

    NAMED = "NAMED", _("real name (实名)")
    ANONYMOUS = "ANONYMOUS", _("anonymous (匿名)")
    PETITION = "PETITION", _("petition (信访)")


class Channel(models.TextChoices):
    """By which way a report came in (来信、来访、来电、网络 …)."""

    LETTER = "LETTER", pgettext_lazy("channel of a report", "letter")
    VISIT = "VISIT", pgettext_lazy("channel of a report", "visit")
    PHONE = "PHONE", pgettext_lazy("channel of a report", "telephone")
    ONLINE = "ONLINE", pgettext_lazy("channel of a report", "online")
    PASSED_ON = "PASSED_ON", pgettext_lazy("channel of a report", "passed on by another body")
    INSPECTION = "INSPECTION", pgettext_lazy("channel of a report", "inspection")


class Owner(models.TextChoices):
    """Whose matter a report is (管辖): this level's, the level's above or below."""

    OWN = "OWN", pgettext_lazy("whose matter", "this level")
    ABOVE = "ABOVE", pgettext_lazy("whose matter", "the level above")
    BELOW = "BELOW", pgettext_lazy("whose matter", "the level below")
