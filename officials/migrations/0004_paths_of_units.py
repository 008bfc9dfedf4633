from django.db import migrations

# The trigger fills the path; people recorded before it existed get theirs by being written once.
FILL = "UPDATE officials_official SET org_path = ''"


class Migration(migrations.Migration):
    dependencies = [("officials", "0003_the_record"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
