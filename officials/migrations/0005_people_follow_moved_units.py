from django.db import migrations

# People carry a copy of their unit's path. When units move, whoever moved them, the copies follow in the same statement.
FOLLOW = """
CREATE FUNCTION officials_follow_moved_units() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE officials_official AS person SET org_path = ''
    FROM units_after AS moved JOIN units_before AS earlier ON earlier.id = moved.id
    WHERE moved.path <> earlier.path AND person.home_id = moved.id;
    RETURN NULL;
END $$;
CREATE TRIGGER officials_follow_moved_units AFTER UPDATE ON organizations_organization
    REFERENCING OLD TABLE AS units_before NEW TABLE AS units_after
    FOR EACH STATEMENT EXECUTE FUNCTION officials_follow_moved_units();
"""
STAY = """
DROP TRIGGER officials_follow_moved_units ON organizations_organization;
DROP FUNCTION officials_follow_moved_units();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("officials", "0004_paths_of_units"),
        ("organizations", "0002_reorganisations_and_approved_numbers"),
    ]

    operations = [migrations.RunSQL(FOLLOW, STAY)]
