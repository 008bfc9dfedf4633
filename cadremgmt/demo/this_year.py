"""Heart-to-heart talks of the running year: the county's list ends before it, and a year without any talk shows nobody anything."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from foundation.casework.services.engine import perform
from foundation.organizations.models import Organization
from supervision.selectors.coverage import members_in
from supervision.services.talks import plan_talk

from .county import CODE
from .talks import SAID, Hands

MATTER = "了解思想、工作和生活情况，听取意见建议"
CONTENT = "交流了思想和工作情况，本人表示将继续做好本职工作。"
SHARE = 5
"""One of so many members of leading teams has been talked to: enough to see both, and a first start does not wait for more."""


@transaction.atomic
def begin_talks(tell) -> int:
    """Talks with the members who had none this year, one in five of them; spread over the year so far. Returns how many."""
    today, county = timezone.localdate(), Organization.objects.system().get(code=CODE)
    first, section = date(today.year, 1, 1), Hands.of_demo().section
    waiting = list(members_in(county, today.year, today).filter(talks=0).order_by("org_path", "pk"))
    chosen = [person for place, person in enumerate(waiting) if place % SHARE == 0]
    for place, person in enumerate(chosen):
        day = first + timedelta(days=(today - first).days * place // len(chosen))
        plan = {"topic": "YEARLY", "planned_on": day, "talkers": SAID["talkers"], "on": day}
        case = plan_talk(actor=section, official=person, summary=MATTER, **plan)
        case = perform(case, "hold", actor=section, held_on=day, content=CONTENT, **SAID)
        perform(case, "close", actor=section)
    tell(f"talks of {today.year}: {len(chosen)} of {len(waiting)} members of leading teams")
    return len(chosen)
