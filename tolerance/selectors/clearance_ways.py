"""The ways from the page of a person to clearance, its application, and a hold."""

from django.utils.translation import gettext_lazy as _

from officials.person_links import PersonLink, add_link

from ..workflows.clearance import APPLY, PROPOSE

add_link(PersonLink(_("Clear of a report (澄清正名)"), "clearances:new", PROPOSE))
add_link(PersonLink(_("Hold for a report (举报待核)"), "clearances:hold-new", PROPOSE))
add_link(PersonLink(_("Apply for clearance (澄清申请)"), "clearances:apply", APPLY))
