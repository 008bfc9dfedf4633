"""Import batches: the file as it came, its rows as read, what applying them changed."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from foundation.common.scoping import ScopedQuerySet


class BatchStatus(models.TextChoices):
    """Where a batch stands."""

    READING = "reading", _("being read")
    COLUMNS = "columns", _("waiting for its columns")
    STAGED = "staged", _("staged, not applied")
    APPLIED = "applied", _("applied")
    UNDONE = "undone", _("undone")


class Proposal(models.TextChoices):
    """What a row would do to what is recorded, found by the identity number; else a suggestion that waits for a person."""

    NEW = "new", pgettext_lazy("row", "new")
    UPDATE = "update", pgettext_lazy("row", "changes")
    SAME = "same", pgettext_lazy("row", "as recorded")
    ASK = "ask", pgettext_lazy("row", "to be decided")


class Decision(models.TextChoices):
    """What the user decided about a row, where it is not taken as proposed."""

    NEW = "new", _("take as a new person")
    UPDATE = "update", _("change the person found")
    SKIP = "skip", _("leave out")


class BatchQuerySet(ScopedQuerySet):
    """Batches belong to the jurisdiction into which they are imported."""


@tracked(exclude=["content", "progress"])
class ImportBatch(models.Model):
    """One uploaded file (导入批次). The same bytes for the same purpose are the same batch: a unique key, not luck.

    `content` keeps the bytes (encrypted: rosters hold identity numbers), so that a reading can be repeated and disputed;
    those of a large file are in `ImportPart`. `generation` counts how often the
    same file was taken up again after an undo. `progress` holds the act that the worker is to do, or why it could not: see
    `services.queue`.
    """

    number = models.CharField(_("batch number"), max_length=40, unique=True)
    kind = models.CharField(_("kind of import"), max_length=40)
    organization = models.ForeignKey(
        "organizations.Organization", verbose_name=_("jurisdiction"), on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    content = models.BinaryField(_("bytes of the file"))
    status = models.CharField(_("status"), max_length=10, choices=BatchStatus.choices, default=BatchStatus.STAGED)
    generation = models.PositiveSmallIntegerField(_("times taken up"), default=1)
    counts = models.JSONField(_("counts"), default=dict)
    findings = models.JSONField(_("findings"), default=list, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    created_by_name = models.CharField(_("by"), max_length=120)
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    applied_by_name = models.CharField(_("applied by"), max_length=120, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by_name = models.CharField(_("undone by"), max_length=120, blank=True)
    undo_reason = models.CharField(_("reason of the undoing"), max_length=300, blank=True)
    progress = models.JSONField(_("progress"), default=dict, blank=True)

    objects = BatchQuerySet.as_manager()
    encrypted_fields = ("content",)

    class Meta:
        verbose_name = _("import batch")
        verbose_name_plural = _("import batches")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "organization", "year", "sha256"],
                condition=~Q(status="undone"),
                nulls_distinct=False,
                name="same_bytes_same_batch",
            )
        ]
        indexes = [models.Index(fields=["-created_at"])]

    def __str__(self):
        return self.number

    @property
    def has_errors(self) -> bool:
        """Are there errors that must be mended before the batch can be applied?"""
        return bool(self.counts.get("errors"))

    @property
    def is_waiting(self) -> bool:
        """Is an act ordered that the worker has not ended?"""
        return bool(self.progress.get("act")) and not self.fault

    @property
    def fault(self) -> str:
        """Why the last ordered act could not be done, in the words of the one who ordered it; "" when it was done."""
        return self.progress.get("fault", "")


class ImportPart(models.Model):
    """A part of the bytes of a large file (文件分段, encrypted), so that nobody need hold all of them at once."""

    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("import batch"), on_delete=models.CASCADE, related_name="parts"
    )
    position = models.PositiveIntegerField(_("place in the file"))
    content = models.BinaryField(_("bytes of the file"))

    encrypted_fields = ("content",)

    class Meta:
        verbose_name = _("part of an imported file")
        verbose_name_plural = _("parts of imported files")
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="one_part_at_a_place")]

    def __str__(self):
        return f"{self.batch_id}:{self.position}"


class ImportRow(models.Model):
    """One thing read from the file: where it stood, what it means, which readings were normalised, what is wrong.

    Secret values (identity numbers) stand masked everywhere and complete only in `secret`, encrypted.
    """

    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("import batch"), on_delete=models.CASCADE, related_name="rows"
    )
    position = models.PositiveIntegerField(_("position"))
    kind = models.CharField(_("kind of row"), max_length=20)
    key = models.CharField(_("what it is about"), max_length=200)
    sheet = models.CharField(_("sheet"), max_length=80, blank=True)
    row = models.PositiveIntegerField(_("row"), null=True, blank=True)
    column = models.CharField(_("column"), max_length=60, blank=True)
    raw = models.JSONField(_("as it stood"), default=dict)
    values = models.JSONField(_("as it was read"), encoder=DjangoJSONEncoder)
    normalised = models.JSONField(_("readings"), default=list)
    findings = models.JSONField(_("findings"), default=list)
    has_error = models.BooleanField(_("has an error"), default=False)
    secret = models.BinaryField(_("encrypted values"), null=True, editable=False)
    proposal = models.CharField(_("would be"), max_length=8, choices=Proposal.choices, blank=True)
    target = models.BigIntegerField(_("number of the recorded object"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision.choices, blank=True)

    encrypted_fields = ("secret",)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="row_order_in_batch")]
        indexes = [models.Index(fields=["batch", "kind"]), models.Index(fields=["batch", "proposal"])]

    def __str__(self):
        return f"{self.batch_id} {self.sheet} {self.row}{self.column}"


class ImportChange(models.Model):
    """What applying a batch did to one stored row: before and after, so that the batch can be taken back."""

    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("import batch"), on_delete=models.PROTECT, related_name="changes"
    )
    model = models.CharField(_("kind of object"), max_length=60)
    object_pk = models.BigIntegerField(_("number of the object"))
    before = models.JSONField(_("before"), null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("change by an import")
        verbose_name_plural = _("changes by imports")
        indexes = [models.Index(fields=["batch"])]

    def __str__(self):
        return f"{self.model} {self.object_pk}"


@tracked()
class ColumnMapping(models.Model):
    """What a county decided about the columns of one form of header (列对应); the next file of that form is read by it."""

    organization = models.ForeignKey(
        "organizations.Organization", verbose_name=_("jurisdiction"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("kind of import"), max_length=40)
    signature = models.CharField(_("key of the header"), max_length=64)
    headers = models.JSONField(_("headers"), default=dict)
    columns = models.JSONField(_("columns"), default=dict)
    decided_by_name = models.CharField(_("decided by"), max_length=120)
    decided_at = models.DateTimeField(_("decided at"), auto_now=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("columns of a form of header")
        verbose_name_plural = _("columns of forms of headers")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "signature"], name="one_decision_per_header_and_county"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.signature[:8]}"
