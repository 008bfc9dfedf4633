"""What this room records, in words."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import name_actions

name_actions(
    {
        "organizations.jurisdiction.created": _("County registered"),
        "organizations.unit.reorganised": _("Unit reorganised"),
        "organizations.unit.described": _("Level and type of a unit set"),
        "organizations.units.ordered": _("Units put in order"),
        "organizations.numbers.approved": _("Approved numbers of a unit set"),
        "organizations.post.added": _("Post set up"),
        "organizations.post.changed": _("Post changed"),
        "organizations.post.abolished": _("Post abolished"),
        "organizations.posts.ordered": _("Posts put in order"),
        "organizations.quotas.exported": _("Numbers of leaders and staff exported"),
    }
)
