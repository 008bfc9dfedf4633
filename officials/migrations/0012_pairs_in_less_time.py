from django.db import migrations

# The same pairs as before in a fraction of the time: of every person written, and of every row that is looked through.
PAIRS = """
CREATE OR REPLACE FUNCTION officials_pairs(words text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT COST 100 AS $$
DECLARE
    signs text[] := string_to_array(lower(words), NULL);
    pairs text[] := '{}';
BEGIN
    FOR place IN 1..cardinality(signs) - 1 LOOP
        pairs[place] := signs[place] || signs[place + 1];
    END LOOP;
    RETURN pairs;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("officials", "0011_restrictions")]

    operations = [migrations.RunSQL(PAIRS, migrations.RunSQL.noop)]
