"""Row security of the table of informers' identities: the second wall, below everything that the application does."""

from django.db import migrations

TABLE = "tolerance_reporteridentity"
OWNER = f"pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = '{TABLE}'::regclass), 'MEMBER')"  # noqa: S608 - a name of ours
# Changing the key rewrites every value without opening one: by the tables' owner alone, and only where it says so.
CHANGING_THE_KEY = f"(SELECT current_setting('app.field_key_rotation', true) = 'on' AND {OWNER})"
# The transaction names a request; whether it stands open, who approved it and until when, is looked up here. One look-up a
# statement, as both are computed before the rows are read; without the setting there is no request and no row.
OPENED = """
complaint_id = ANY (ARRAY(
    SELECT asked.complaint_id
      FROM tolerance_identityrequest asked
     WHERE asked.case_no = nullif(current_setting('app.identity_grant', true), '')
       AND asked.status = 'open'
       AND asked.valid_until > clock_timestamp()
       AND cardinality(asked.approvals) > 0
       AND asked.asked_by_id <> ALL (asked.approvals)))
"""


class Migration(migrations.Migration):
    dependencies = [("tolerance", "0005_informers")]

    operations = [
        migrations.RunSQL(
            [
                f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY",
                f"CREATE POLICY kept_unseen ON {TABLE} FOR INSERT WITH CHECK (true)",
                f"CREATE POLICY opened_by_request ON {TABLE} FOR SELECT USING ({OPENED})",
                f"CREATE POLICY key_changed_read ON {TABLE} FOR SELECT USING ({CHANGING_THE_KEY})",
                f"CREATE POLICY key_changed ON {TABLE} FOR UPDATE USING ({CHANGING_THE_KEY}) WITH CHECK ({CHANGING_THE_KEY})",
            ],
            [
                f"DROP POLICY {name} ON {TABLE}"
                for name in ("kept_unseen", "opened_by_request", "key_changed_read", "key_changed")
            ]
            + [f"ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY", f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY"],
        )
    ]
