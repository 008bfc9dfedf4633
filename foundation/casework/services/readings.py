"""Noting who looks at confidential cases, and forgetting it after the time for which it is kept."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connections, router, transaction
from django.utils import timezone

from foundation.audit.services.entries import record
from foundation.common.dates import add_months
from foundation.regulations.services.rulebook import rulebook

from ..models import CaseReading

ONE_LOOK = timedelta(minutes=1)
"""Loading the page again within a minute (after a step, by “back”) is the same look."""
MOST = 50
NOTE = """
WITH noted AS (
    INSERT INTO casework_casereading AS known (kind, case_no, reader_id, reader_name, first_at, last_at, times)
    VALUES (%(kind)s, %(case_no)s, %(reader)s, %(name)s, %(now)s, %(now)s, 1)
    ON CONFLICT (kind, case_no, reader_id) DO UPDATE
    SET last_at = EXCLUDED.last_at, times = known.times + 1, reader_name = EXCLUDED.reader_name
    WHERE known.last_at < %(before)s
    RETURNING reader_id, reader_name, last_at, times
), others AS (
    SELECT reader_id, reader_name, last_at, times FROM casework_casereading
    WHERE kind = %(kind)s AND case_no = %(case_no)s AND reader_id NOT IN (SELECT reader_id FROM noted)
)
SELECT reader_name, last_at, times FROM (SELECT * FROM noted UNION ALL SELECT * FROM others) AS readers
ORDER BY last_at DESC, reader_id DESC LIMIT %(most)s
"""


@dataclass(frozen=True)
class Reading:
    """Somebody who has read a case: name, time of the last look, number of looks."""

    reader_name: str
    last_at: datetime
    times: int


def note_reading(*, reader, kind: str, case_no: str) -> list[Reading]:
    """Somebody looks at a case: one statement, outside of any transaction of the page, which holds no lock afterwards.

    Returns the latest readers, this one among them: the same statement reads them, as a page may ask ten times only. It goes to the database that is written to, also where pages read from another one. When it cannot be written the page
    is not shown: a confidential page that nobody knows to have been read would be worse than none.
    """
    now = timezone.now()
    given = {"kind": kind, "case_no": case_no, "reader": reader.pk, "name": str(reader)[:120]}
    with connections[router.db_for_write(CaseReading)].cursor() as cursor:
        cursor.execute(NOTE, given | {"now": now, "before": now - ONE_LOOK, "most": MOST})
        return [Reading(*row) for row in cursor.fetchall()]


@transaction.atomic
def forget_readings(*, actor, day: date) -> int:
    """Delete what is older than CASE-READINGS-MONTHS; one entry when anything went. Returns how many rows."""
    months = int(rulebook(on=day).value("CASE-READINGS-MONTHS"))
    first = timezone.make_aware(datetime.combine(add_months(day, -months), time.min))
    number, _each = CaseReading.objects.filter(last_at__lt=first).delete()
    if number:
        record(
            actor=actor,
            action="casework.readings.forgotten",
            target_kind="readings",
            target_no=day.isoformat(),
            data={"rows": number, "months": months},
        )
    return number
