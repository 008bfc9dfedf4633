"""Information sets with one row a person, or few: entrance, exit, retirement, contact, photo, the form's own fields."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked

from ..querysets import OfficialSetQuerySet
from .people import Official
from .sets import OfficialSet


@tracked()
class Entrance(OfficialSet):
    """How the person came in (进入管理, A29)."""

    entered_text = models.CharField(_("entered"), max_length=20, blank=True)
    method = models.CharField(_("way of entering"), max_length=60, blank=True)  # label of table entering
    former_unit = models.CharField(_("former unit"), max_length=120, blank=True)
    former_post = models.CharField(_("former post"), max_length=120, blank=True)
    former_level = models.CharField(_("former level"), max_length=40, blank=True)
    service_text = models.CharField(_("entered the civil service"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("entrance")
        verbose_name_plural = _("entrances")
        ordering = ["official", "sort", "pk"]
        indexes = [models.Index(fields=["official", "sort"])]


@tracked()
class Exit(OfficialSet):
    """How the person left (退出管理, A30)."""

    method = models.CharField(_("way of leaving"), max_length=60)  # label of table leaving
    left_on = models.DateField(_("left on"), null=True, blank=True)
    to_unit = models.CharField(_("transferred to"), max_length=120, blank=True)
    document_no = models.CharField(_("document"), max_length=200, blank=True)
    remark = models.CharField(pgettext_lazy("record", "remark"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("leaving")
        verbose_name_plural = _("leavings")
        ordering = ["official", "sort", "pk"]
        indexes = [models.Index(fields=["official", "sort"])]


@tracked()
class Retirement(OfficialSet):
    """Retirement (离退, A31)."""

    kind = models.CharField(_("kind of retirement"), max_length=40)  # label of table retirement
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    former_level = models.CharField(_("former level"), max_length=40, blank=True)
    managed_by = models.CharField(_("looked after by"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("retirement")
        verbose_name_plural = _("retirements")
        ordering = ["official", "sort", "pk"]
        indexes = [models.Index(fields=["official", "sort"])]


@tracked(exclude=["phones_cipher"])
class Contact(models.Model):
    """How to reach the person (通讯, A37); telephone numbers other than the office's are encrypted together."""

    official = models.OneToOneField(
        Official, verbose_name=_("official"), on_delete=models.PROTECT, related_name="contact"
    )
    office_address = models.CharField(_("office address"), max_length=120, blank=True)
    office_phone = models.CharField(_("office phone"), max_length=40, blank=True)
    phones_cipher = models.BinaryField(_("home and assistant's phone (encrypted)"), default=b"", blank=True)
    email = models.CharField(_("e-mail"), max_length=120, blank=True)
    address = models.CharField(_("home address"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)

    objects = OfficialSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self):
        return f"contact {self.official_id}"


@tracked(exclude=["image", "original"])
class Photo(models.Model):
    """Photo (照片, A57): JPEG of 4:5 for pages and forms; `original` is what the file brought, for the way back."""

    official = models.OneToOneField(
        Official, verbose_name=_("official"), on_delete=models.PROTECT, related_name="photo"
    )
    image = models.BinaryField(_("image"))
    original = models.BinaryField(_("image as it came"), default=b"", blank=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    set_at = models.DateTimeField(_("set at"), auto_now=True)

    objects = OfficialSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self):
        return f"photo {self.official_id}"


@tracked()
class FormDetails(models.Model):
    """What only the appointment form says (拟任免, A53), and what a file brought that this record has no place for."""

    official = models.OneToOneField(
        Official, verbose_name=_("official"), on_delete=models.PROTECT, related_name="form_details"
    )
    proposed_post = models.CharField(_("proposed post"), max_length=400, blank=True)
    removed_post = models.CharField(_("post to be left"), max_length=400, blank=True)
    reason = models.CharField(_("reason of appointment or removal"), max_length=1000, blank=True)
    reported_by = models.CharField(_("reporting unit"), max_length=252, blank=True)
    age_at_text = models.CharField(_("age calculated at"), max_length=20, blank=True)
    filled_text = models.CharField(_("filled in on"), max_length=20, blank=True)
    filled_by = models.CharField(_("filled in by"), max_length=36, blank=True)
    reaches_text = models.CharField(_("reaches the age limit"), max_length=20, blank=True)
    limit_before_reform = models.CharField(_("age limit before the reform"), max_length=60, blank=True)
    version_text = models.CharField(_("version of the file"), max_length=20, blank=True)
    unknown_tags = models.JSONField(_("unknown fields of the file"), default=list, blank=True)

    objects = OfficialSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("fields of the appointment form")
        verbose_name_plural = _("fields of appointment forms")

    def __str__(self):
        return f"form {self.official_id}"
