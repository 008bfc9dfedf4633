"""Information sets with several rows a person: education, titles, awards and sanctions, annual ratings, family."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked

from ..querysets import OfficialSetQuerySet
from ..rules.partial_dates import DateUnreadable, parse_partial_date
from .people import Official


class OfficialSet(models.Model):
    """Abstract row of an information set: whose it is and where it stands. Raw text beside what was read from it."""

    official = models.ForeignKey(
        Official, verbose_name=_("official"), on_delete=models.PROTECT, related_name="%(class)s_rows"
    )
    sort = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = OfficialSetQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self._meta.model_name} {self.official_id} {self.sort}"


@tracked()
class Education(OfficialSet):
    """Education and degree (学历学位, A08). `mode`: full-time or in-service (table education_mode)."""

    mode = models.CharField(_("mode"), max_length=8)  # label of table education_mode: 全日制, 在职
    education = models.CharField(_("education"), max_length=60, blank=True)  # label of table education
    degree = models.CharField(_("degree"), max_length=60, blank=True)  # label of table degree
    school = models.CharField(_("school"), max_length=120, blank=True)
    subject = models.CharField(_("subject"), max_length=60, blank=True)
    subject_kind = models.CharField(_("kind of subject"), max_length=40, blank=True)
    starts_text = models.CharField(_("from"), max_length=20, blank=True)
    ends_text = models.CharField(_("graduated"), max_length=20, blank=True)
    degree_text = models.CharField(_("degree conferred"), max_length=20, blank=True)
    years = models.DecimalField(_("years of study"), max_digits=3, decimal_places=1, null=True, blank=True)
    is_shown = models.BooleanField(_("printed on forms"), default=True)

    class Meta:
        verbose_name = _("education")
        verbose_name_plural = pgettext_lazy("plural", "education")
        ordering = ["official", "sort", "pk"]
        indexes = [models.Index(fields=["official", "sort"])]


@tracked()
class ProfessionalTitle(OfficialSet):
    """Professional title (专业技术职务, A06)."""

    title = models.CharField(_("professional title"), max_length=60)
    acquired_text = models.CharField(_("acquired"), max_length=20, blank=True)
    route = models.CharField(_("way of acquiring"), max_length=40, blank=True)
    body = models.CharField(_("board or examination"), max_length=100, blank=True)
    is_shown = models.BooleanField(_("printed on forms"), default=True)

    class Meta:
        verbose_name = _("professional title")
        verbose_name_plural = _("professional titles")
        ordering = ["official", "sort", "pk"]
        indexes = [models.Index(fields=["official", "sort"])]


@tracked()
class Award(OfficialSet):
    """Award or sanction as the record states it (奖惩, A14); the sanction itself is a decision of a later mechanism."""

    is_sanction = models.BooleanField(_("sanction"), default=False)
    label = models.CharField(_("award or sanction"), max_length=80)
    approved_text = models.CharField(_("approved"), max_length=20, blank=True)
    approved_by = models.CharField(_("approved by"), max_length=60, blank=True)
    approver_level = models.CharField(_("level of the approving organ"), max_length=40, blank=True)
    approver_nature = models.CharField(_("nature of the approving organ"), max_length=40, blank=True)
    level_then = models.CharField(_("level of post at the time"), max_length=40, blank=True)
    revoked_text = models.CharField(_("revoked"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("award or sanction")
        verbose_name_plural = _("awards and sanctions")
        ordering = ["official", "sort", "pk"]
        indexes = [models.Index(fields=["official", "sort"])]


@tracked()
class AnnualRating(OfficialSet):
    """Conclusion of an annual assessment of a person (年度考核, A15): one per year."""

    year = models.PositiveSmallIntegerField(_("year"))
    grade = models.CharField(_("conclusion"), max_length=40)  # label of table annual_rating

    class Meta:
        verbose_name = _("annual rating")
        verbose_name_plural = _("annual ratings")
        ordering = ["official", "-year"]
        constraints = [models.UniqueConstraint(fields=["official", "year"], name="one_rating_per_year")]


@tracked(exclude=["id_cipher", "id_hash"])
class FamilyMember(OfficialSet):
    """Family member or important social relation (家庭成员, A36). Age is never stored."""

    relation = models.CharField(_("relation"), max_length=18)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=36)
    birth_text = models.CharField(_("born"), max_length=20, blank=True)
    politics = models.CharField(_("political status"), max_length=18, blank=True)
    work = models.CharField(_("unit and post"), max_length=200, blank=True)
    id_cipher = models.BinaryField(_("identity number (encrypted)"), default=b"", blank=True)
    id_hash = models.CharField(_("look-up key of the identity number"), max_length=64, blank=True)
    id_masked = models.CharField(_("identity number"), max_length=18, blank=True)

    class Meta:
        verbose_name = _("family member")
        verbose_name_plural = _("family members")
        ordering = ["official", "sort", "pk"]
        indexes = [
            models.Index(fields=["official", "sort"]),
            models.Index(fields=["name"], name="kin_by_name"),
            models.Index(fields=["id_hash"], condition=~Q(id_hash=""), name="kin_by_number"),
        ]

    @property
    def birth_month(self) -> str:
        """Year and month of birth as six digits; empty when the text tells no month."""
        try:
            born = parse_partial_date(self.birth_text)
        except DateUnreadable:
            return ""
        return f"{born.year}{born.month:02d}" if born.month else ""
