import foundation.audit.operations
from django.db import migrations, models

COLUMNS = {
    "rank": "officials_by_rank",
    "level": "officials_by_level",
    "politics": "officials_by_politics",
    "ethnicity": "officials_by_ethnicity",
    "full_education": "officials_by_full_education",
    "service_education": "officials_by_service_edu",
}


class Migration(migrations.Migration):
    dependencies = [("officials", "0007_roster_indexes")]

    operations = [
        foundation.audit.operations.AddIndex("official", models.Index(fields=[column], name=name)) for column, name in COLUMNS.items()
    ]
