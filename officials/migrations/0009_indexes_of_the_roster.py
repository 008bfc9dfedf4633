import django.contrib.postgres.indexes
import foundation.audit.operations
from django.db import migrations, models

import officials.search_functions as search


class Migration(migrations.Migration):
    dependencies = [("officials", "0008_indexes_of_conditions")]

    operations = [
        migrations.RemoveIndex("official", "officials_by_school_pairs"),
        foundation.audit.operations.AddIndex(
            "official",
            django.contrib.postgres.indexes.GinIndex(
                search.Pairs(
                    search.Joined(
                        models.F("full_school"), models.Value(" ", models.CharField()), models.F("service_school")
                    )
                ),
                name="officials_by_school_pairs",
            ),
        ),
        foundation.audit.operations.AddIndex(
            "official",
            models.Index(
                fields=["org_path", "team_order", "sort_key", "id"],
                include=[
                    "sex", "has_grassroots_years", "birth_on", "post_on", "rank_on", "home_id", "ethnicity", "politics",
                    "party_on", "level", "rank", "full_education", "service_education",
                ],
                condition=models.Q(trashed_at__isnull=True, status="1", left_note=""),
                name="officials_on_the_roster",
            ),
        ),
        foundation.audit.operations.AddIndex(
            "official",
            models.Index(
                fields=["id"], condition=~models.Q(ethnicity__in=("汉族", "")), name="officials_of_minorities"
            ),
        ),
        foundation.audit.operations.AddIndex(
            "official",
            models.Index(
                fields=["id"],
                condition=~models.Q(
                    politics__in=(
                        "中共党员", "中国共产党党员", "中共预备党员", "中国共产党预备党员", "预备党员", "",
                    )
                )
                | models.Q(politics="", party_text="", party_on__isnull=True),
                name="officials_outside_the_party",
            ),
        ),
    ]
