"""Saved lists of people (名单): fixed or live, in folders, shared with roles of a unit."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked

from ..choices import ListKind
from ..querysets import SavedListQuerySet
from .people import Official


@tracked()
class SavedList(models.Model):
    """A named list of officials. A fixed one has members; a live one keeps the question and is answered anew each time.

    `organization` is the unit whose staff may share it. What a reader sees of it is always narrowed to the own scope.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="saved_lists"
    )
    organization = models.ForeignKey(
        "organizations.Organization", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name of the list"), max_length=60)
    folder = models.CharField(_("folder"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=ListKind.choices, default=ListKind.FIXED)
    question = models.JSONField(_("question"), default=dict, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    trashed_at = models.DateTimeField(_("put in the trash at"), null=True, blank=True)

    objects = SavedListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of people")
        verbose_name_plural = _("lists of people")
        permissions = [("share_savedlist", _("Share lists of people"))]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "folder", "name"], condition=Q(trashed_at__isnull=True), name="one_list_per_name"
            )
        ]

    def __str__(self):
        return self.name


@tracked()
class SavedListMember(models.Model):
    """A person on a fixed list, in the order in which the list shows them."""

    saved_list = models.ForeignKey(
        SavedList, verbose_name=_("list of people"), on_delete=models.PROTECT, related_name="members"
    )
    official = models.ForeignKey(
        Official, verbose_name=_("official"), on_delete=models.PROTECT, related_name="list_memberships"
    )
    position = models.PositiveIntegerField(_("position"))
    note = models.CharField(_("note"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("person on a list")
        verbose_name_plural = _("people on lists")
        constraints = [models.UniqueConstraint(fields=["saved_list", "official"], name="once_on_a_list")]
        indexes = [models.Index(fields=["saved_list", "position"])]

    def __str__(self):
        return f"{self.saved_list_id} {self.official_id}"


@tracked()
class SavedListShare(models.Model):
    """Who else reads a list, or also changes it: everybody who holds a role at its unit."""

    saved_list = models.ForeignKey(
        SavedList, verbose_name=_("list of people"), on_delete=models.PROTECT, related_name="shares"
    )
    role = models.CharField(_("role"), max_length=40)
    may_change = models.BooleanField(_("may change the list"), default=False)

    class Meta:
        verbose_name = _("share of a list")
        verbose_name_plural = _("shares of lists")
        constraints = [models.UniqueConstraint(fields=["saved_list", "role"], name="one_share_per_role")]

    def __str__(self):
        return f"{self.saved_list_id} {self.role}"
