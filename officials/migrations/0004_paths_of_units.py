from django.db import migrations

from officials.rules.name_search import search_grams
from officials.rules.names import sort_key

# The trigger fills the path; people recorded before it existed get theirs by being written once.
FILL = "UPDATE officials_official SET org_path = ''"


def fill_search_keys(apps, schema_editor):
    """Search keys and key of order, which is written in another form now, of the people recorded before."""
    official = apps.get_model("officials", "Official")
    people = list(official.objects.only("name", "id_masked"))
    for person in people:
        person.sort_key = sort_key(person.name)
        person.grams = [*search_grams(person.name), *([f"#{person.id_masked[-4:].lower()}"] if person.id_masked else [])]
    official.objects.bulk_update(people, ["grams", "sort_key"], batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [("officials", "0003_the_record"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunPython(fill_search_keys, migrations.RunPython.noop),
    ]
