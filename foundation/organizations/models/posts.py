"""Posts: first-class things of a unit."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked

from ..querysets import PostQuerySet
from .units import Organization


@tracked()
class Post(models.Model):
    """Post (岗位): a first-class thing that exists whether or not somebody holds it.

    A title such as 副局长 may be held by several: `seats` says by how many; empty means that nobody fixed it. A title
    that was abolished can be set up again as a new post.
    """

    organization = models.ForeignKey(
        Organization, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="posts"
    )
    title = models.CharField(_("title"), max_length=80)
    level = models.CharField(_("level"), max_length=12, blank=True)
    is_principal = models.BooleanField(_("principal leader (主要领导)"), default=False)
    is_team_member = models.BooleanField(_("member of the leading team"), default=False)
    is_sensitive = models.BooleanField(_("sensitive post"), default=False)
    counts_quota = models.BooleanField(_("counts against the quota"), default=True)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    sort = models.PositiveSmallIntegerField(_("order in the team"), default=0)
    starts_on = models.DateField(_("set up on"), null=True, blank=True)
    ends_on = models.DateField(_("abolished on"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "title"], condition=Q(ends_on__isnull=True), name="one_open_post_per_title"
            )
        ]
        indexes = [models.Index(fields=["organization", "sort"])]

    def __str__(self):
        return self.title
