import pgtrigger.compiler
import foundation.audit.operations
from django.db import migrations, models

# The kinds of the posts that a person holds or held, as bits beside the person: written when holdings or posts are, by
# whomever. Which of them are held on a day is asked of the holdings; the bits leave few people to ask about.
KINDS = """
    coalesce(bit_or(
        (CASE WHEN post.is_principal THEN 1 ELSE 0 END)
        | (CASE WHEN post.is_team_member AND NOT post.is_principal THEN 2 ELSE 0 END)
        | (CASE WHEN post.is_team_member THEN 4 ELSE 0 END)
    ), 0)
"""
FILL = f"""
UPDATE officials_official AS person SET positions = found.positions FROM (
    SELECT held.official_id, {KINDS} AS positions
    FROM officials_postholding held JOIN organizations_post post ON post.id = held.post_id GROUP BY held.official_id
) found WHERE person.id = found.official_id AND person.positions <> found.positions
"""  # noqa: S608 - our own words
NOTE = f"""
CREATE FUNCTION officials_note_positions(people bigint[]) RETURNS void LANGUAGE sql AS $$
    UPDATE officials_official AS person SET positions = found.positions FROM (
        SELECT one.id, {KINDS} AS positions
        FROM unnest(people) AS one(id)
        LEFT JOIN officials_postholding held ON held.official_id = one.id
        LEFT JOIN organizations_post post ON post.id = held.post_id
        GROUP BY one.id
    ) found WHERE person.id = found.id AND person.positions <> found.positions
$$;
CREATE FUNCTION officials_note_positions_of_holdings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM officials_note_positions(ARRAY(SELECT DISTINCT official_id FROM touched));
    RETURN NULL;
END $$;
CREATE TRIGGER officials_note_positions_inserted AFTER INSERT ON officials_postholding
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION officials_note_positions_of_holdings();
CREATE TRIGGER officials_note_positions_updated AFTER UPDATE ON officials_postholding
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION officials_note_positions_of_holdings();
CREATE TRIGGER officials_note_positions_deleted AFTER DELETE ON officials_postholding
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION officials_note_positions_of_holdings();
CREATE FUNCTION officials_note_positions_of_posts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM officials_note_positions(ARRAY(
        SELECT DISTINCT held.official_id FROM officials_postholding held
        JOIN posts_after AS changed ON changed.id = held.post_id JOIN posts_before AS earlier ON earlier.id = changed.id
        WHERE (changed.is_principal, changed.is_team_member) IS DISTINCT FROM (earlier.is_principal, earlier.is_team_member)
    ));
    RETURN NULL;
END $$;
CREATE TRIGGER officials_note_positions_of_posts AFTER UPDATE ON organizations_post
    REFERENCING OLD TABLE AS posts_before NEW TABLE AS posts_after
    FOR EACH STATEMENT EXECUTE FUNCTION officials_note_positions_of_posts();
"""  # noqa: S608 - our own words
FORGET = """
DROP TRIGGER officials_note_positions_of_posts ON organizations_post;
DROP TRIGGER officials_note_positions_inserted ON officials_postholding;
DROP TRIGGER officials_note_positions_updated ON officials_postholding;
DROP TRIGGER officials_note_positions_deleted ON officials_postholding;
DROP FUNCTION officials_note_positions_of_posts();
DROP FUNCTION officials_note_positions_of_holdings();
DROP FUNCTION officials_note_positions(bigint[]);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('officials', '0009_indexes_of_the_roster'),
        ('organizations', '0002_reorganisations_and_approved_numbers'),
    ]

    operations = [
        foundation.audit.operations.RemoveTrigger(
            model_name='official',
            name='before_writing',
        ),
        migrations.RemoveIndex(
            model_name='official',
            name='officials_on_the_roster',
        ),
        foundation.audit.operations.AddField(
            model_name='official',
            name='positions',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False, verbose_name='kinds of posts held'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(NOTE, FORGET),
        foundation.audit.operations.AddIndex(
            model_name='official',
            index=models.Index(condition=models.Q(('left_note', ''), ('status', '1'), ('trashed_at__isnull', True)), fields=['org_path', 'team_order', 'sort_key', 'id'], include=('sex', 'has_grassroots_years', 'birth_on', 'post_on', 'rank_on', 'home_id', 'ethnicity', 'politics', 'party_on', 'level', 'rank', 'full_education', 'service_education', 'positions'), name='officials_on_the_roster'),
        ),
        foundation.audit.operations.AddIndex(
            model_name='official',
            index=models.Index(condition=models.Q(('positions__gt', 0)), fields=['positions'], name='officials_by_positions'),
        ),
        foundation.audit.operations.AddTrigger(
            model_name='official',
            trigger=pgtrigger.compiler.Trigger(name='before_writing', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nNEW.updated_at := now();\nIF TG_OP = 'INSERT' OR NEW.home_id IS DISTINCT FROM OLD.home_id OR NEW.org_path IS DISTINCT FROM OLD.org_path THEN\n    NEW.org_path := coalesce((SELECT o.path FROM organizations_organization o WHERE o.id = NEW.home_id), '');\nEND IF;\nIF TG_OP = 'UPDATE' AND pg_trigger_depth() < 2 THEN\n    NEW.positions := OLD.positions;\nEND IF;\nRETURN NEW;\n", hash='5ce4274cdb3c987601c222852283f193912059e6', operation='INSERT OR UPDATE', pgid='pgtrigger_before_writing_1b864', table='officials_official', when='BEFORE')),
        ),
    ]
