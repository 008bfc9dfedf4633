"""The ways from the page of a person to new talks and letters."""

from django.utils.translation import gettext_lazy as _

from officials.person_links import PersonLink, add_link

from ..workflows import REUSE
from ..workflows.reuse import PROPOSE
from .matters import KEEP
from .tools import TOOLS

for _tool in TOOLS.values():
    if _tool.create:
        add_link(PersonLink(_tool.flow.label, "supervision:tool-new", _tool.create, (_tool.slug,)))

add_link(PersonLink(_("Change of personal matters"), "supervision:matters-change-new", KEEP))
add_link(PersonLink(_("Key check of personal matters"), "supervision:matters-key-check", KEEP))
add_link(PersonLink(REUSE.label, "supervision:reuse-new", PROPOSE))
