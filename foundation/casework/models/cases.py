"""What every kind of case shares, by composition: events, deadlines, attachments, keyed by (kind, case_no); notices."""

from datetime import date

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.audit.functions import CurrentTransaction
from foundation.audit.tracking import tracked
from foundation.common.choices import Worded
from foundation.common.scoping import ScopedQuerySet

from ..flow import Workflow


class CaseBase(Worded, models.Model):
    """Abstract case: one concrete table per kind, so that each carries its own database guard.

    `status` changes only through `services.engine.perform`. `version` is the optimistic lock that the second of two
    editors runs into. `workflow_version` is the table under which the case started.
    """

    case_no = models.CharField(_("case number"), max_length=80, unique=True)
    status = models.CharField(_("status"), max_length=20)
    workflow_version = models.PositiveSmallIntegerField(_("version of the workflow"), default=1)
    version = models.PositiveIntegerField(_("version of the case"), default=1)
    organization = models.ForeignKey(
        "organizations.Organization", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    opened_on = models.DateField(_("opened on"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    # What a page has read of the case's timeline, so that guards need not read it again; never set on a locked case.
    known_events = None

    class Meta:
        abstract = True

    def __str__(self):
        return self.case_no

    def clock_start(self, step: str) -> date | None:
        """The day from which the clock of a step runs where it is not the day of the state's beginning; None: that day."""
        return None

    def clock_rule(self, step: str) -> str:
        """The rule whose period holds for this case in place of the step's own; empty: the step's own."""
        return ""

    def own_date(self, step: str) -> date | None:
        """A day fixed by somebody for what this step asks, instead of the one that its rule would give; None: the rule's."""
        return None


def case_triggers(flow: Workflow) -> list:
    """Database guards of a case table, generated from its workflow: only listed moves, and no case is ever deleted."""
    return [
        pgtrigger.FSM(name="only_listed_moves", field="status", transitions=flow.edges()),
        pgtrigger.Protect(name="cases_stay", operation=pgtrigger.Delete),
    ]


class CaseEvent(models.Model):
    """One move of a case: who, when, from where to where, why. Append-only and sealed."""

    audit_protected = True

    kind = models.CharField(_("kind of case"), max_length=40)
    case_no = models.CharField(_("case number"), max_length=80)
    seq = models.PositiveIntegerField(_("place in the case"))
    action = models.CharField(_("action"), max_length=40)
    from_status = models.CharField(_("status before"), max_length=20, blank=True)
    to_status = models.CharField(_("status after"), max_length=20)
    at = models.DateTimeField(_("time"))
    actor_id = models.BigIntegerField(_("user number"), null=True, blank=True)
    actor_name = models.CharField(_("by"), max_length=120)
    reason = models.TextField(_("reason"), blank=True)
    data = models.JSONField(_("details"), default=dict, blank=True)
    xact = models.BigIntegerField(_("transaction"), db_default=CurrentTransaction(), db_index=True, editable=False)

    class Meta:
        verbose_name = _("case event")
        verbose_name_plural = _("case events")
        constraints = [models.UniqueConstraint(fields=["kind", "case_no", "seq"], name="case_event_order")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.case_no} {self.seq} {self.action}"


@tracked()
class Deadline(models.Model):
    """A clock of a case: computed once from rule and calendar, stored, never counted down (期限)."""

    kind = models.CharField(_("kind of case"), max_length=40)
    case_no = models.CharField(_("case number"), max_length=80)
    step = models.CharField(_("step of the case"), max_length=40)
    starts_on = models.DateField(_("from"))
    due_on = models.DateField(_("due"))
    rule_id = models.CharField(_("rule id"), max_length=60)
    rulebook_version = models.CharField(_("version of the rulebook"), max_length=64)
    is_estimated = models.BooleanField(_("estimated"), default=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        indexes = [models.Index(fields=["kind", "case_no"]), models.Index(fields=["due_on", "closed_at"])]

    def __str__(self):
        return f"{self.case_no} {self.step} {self.due_on}"


@tracked()
class Attachment(models.Model):
    """A paper of a case (附件): bytes on disk under their hash, name and type as given.

    `part` says to what in the case it belongs (`town-01/G101`: the figure that it proves); empty: to the case as a whole.
    A withdrawn paper stays on record and is not handed out.
    """

    kind = models.CharField(_("kind of case"), max_length=40)
    case_no = models.CharField(_("case number"), max_length=80)
    part = models.CharField(_("part of the case"), max_length=120, blank=True)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(_("type of the file"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    file = models.FileField(_("file"), upload_to="attachments/", max_length=200)
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    added_by_id_text = models.CharField(_("number of who added it"), max_length=40, blank=True)
    added_by_name = models.CharField(_("added by"), max_length=120)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by_name = models.CharField(_("withdrawn by"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "case_no", "part", "sha256"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_copy_per_part_of_a_case",
            )
        ]

    def __str__(self):
        return self.name


class NoticeQuerySet(ScopedQuerySet):
    """Notices to the staff of a unit who hold a permission."""

    def unresolved(self):
        """Still to be looked at."""
        return self.filter(resolved_at__isnull=True)


@tracked()
class Notice(models.Model):
    """A message to those who hold `permission` at the unit (通知). The text is made when it is read, in the reader's language.

    `key` removes duplicates: the same fact is told once; telling it again refreshes the parameters.
    """

    key = models.CharField(_("key"), max_length=120, unique=True)
    message = models.CharField(_("message"), max_length=60)
    params = models.JSONField(_("parameters"), default=dict, blank=True)
    severity = models.CharField(_("degree"), max_length=8, default="blue")
    permission = models.CharField(_("permission needed"), max_length=80)
    organization = models.ForeignKey(
        "organizations.Organization", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    url = models.CharField(_("address"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    resolved_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [models.Index(fields=["permission", "resolved_at"])]

    def __str__(self):
        return self.key
