import datetime

import django.contrib.postgres.indexes
import django.db.models.functions.comparison
import foundation.audit.operations
from django.db import migrations, models

import officials.search_functions as search


def known(column):
    latest = models.Value(datetime.date(9999, 12, 31), models.DateField())
    return django.db.models.functions.comparison.Coalesce(models.F(column), latest)


class Migration(migrations.Migration):
    dependencies = [("officials", "0006_corrections_and_kin")]

    operations = [
        migrations.RunSQL(search.PAIRS_SQL, "DROP FUNCTION officials_pairs(text)"),
        migrations.RemoveIndex(model_name="official", name="officials_o_sort_ke_f4982d_idx"),
        foundation.audit.operations.AddIndex("official", models.Index(fields=["sort_key", "id"], name="officials_by_name")),
        foundation.audit.operations.AddIndex("official", models.Index(known("birth_on"), models.F("id"), name="officials_by_birth")),
        foundation.audit.operations.AddIndex("official", models.Index(known("post_on"), models.F("id"), name="officials_by_post_day")),
        foundation.audit.operations.AddIndex("official", models.Index(known("rank_on"), models.F("id"), name="officials_by_rank_day")),
        foundation.audit.operations.AddIndex(
            "official",
            django.contrib.postgres.indexes.GinIndex(search.Pairs("post_text"), name="officials_by_post_pairs"),
        ),
        foundation.audit.operations.AddIndex(
            "official",
            django.contrib.postgres.indexes.GinIndex(
                search.Pairs(search.Joined(models.F("full_school"), models.F("service_school"))),
                name="officials_by_school_pairs",
            ),
        ),
    ]
