import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.functions.datetime
import foundation.audit.functions
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(unique=True, verbose_name="number")),
                ("prev", models.BinaryField(max_length=32, verbose_name="digest before")),
                ("from_xact", models.BigIntegerField(verbose_name="from transaction")),
                ("to_xact", models.BigIntegerField(verbose_name="before transaction")),
                (
                    "tables",
                    models.JSONField(
                        help_text="Per table: name, key column, hashed columns, number of rows.", verbose_name="tables"
                    ),
                ),
                ("rows", models.BigIntegerField(verbose_name="rows")),
                ("leaves", models.BinaryField(verbose_name="digests of the rows")),
                ("digest", models.BinaryField(max_length=32, verbose_name="digest")),
                ("sealed_at", models.DateTimeField(verbose_name="sealed at")),
            ],
            options={
                "verbose_name": "seal",
                "verbose_name_plural": "seals",
                "ordering": ["number"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="time"
                    ),
                ),
                ("actor_id", models.BigIntegerField(blank=True, null=True, verbose_name="user number")),
                ("actor_name", models.CharField(max_length=150, verbose_name="acting person")),
                (
                    "actor_roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="roles",
                    ),
                ),
                (
                    "org_path",
                    models.CharField(blank=True, db_collation="C", max_length=120, verbose_name="path of the unit"),
                ),
                ("action", models.CharField(max_length=80, verbose_name="action")),
                ("target_kind", models.CharField(blank=True, max_length=40, verbose_name="kind of object")),
                ("target_no", models.CharField(blank=True, max_length=80, verbose_name="number of the object")),
                ("target_label", models.CharField(blank=True, max_length=200, verbose_name="object")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("basis", models.TextField(blank=True, verbose_name="legal basis")),
                (
                    "rulebook_version",
                    models.CharField(blank=True, max_length=64, verbose_name="version of the rulebook"),
                ),
                (
                    "data",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="details",
                    ),
                ),
                ("request_id", models.CharField(blank=True, max_length=64, verbose_name="request")),
                (
                    "xact",
                    models.BigIntegerField(
                        db_default=foundation.audit.functions.CurrentTransaction(),
                        db_index=True,
                        editable=False,
                        verbose_name="transaction",
                    ),
                ),
            ],
            options={
                "verbose_name": "audit entry",
                "verbose_name_plural": "audit entries",
                "permissions": [("verify", "Verify the audit trail")],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(fields=["target_kind", "target_no"], name="entry_target"),
                    models.Index(fields=["at"], name="entry_at"),
                    models.Index(fields=["actor_id"], name="entry_actor"),
                    models.Index(fields=["action", "at"], name="entry_action"),
                    models.Index(fields=["org_path"], name="entry_org_path"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1b389f8260e22d0fbf38b4ff1e20214212b176ee",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a6b88",
                    table="audit_entry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seal",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="425da599b8e4cf7384a383a64e17697a9d08a345",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4de12",
                    table="audit_seal",
                    when="BEFORE",
                ),
            ),
        ),
    ]
