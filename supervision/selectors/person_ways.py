"""The ways from the page of a person to new talks and letters."""

from officials.person_links import PersonLink, add_link

from .tools import TOOLS

for _tool in TOOLS.values():
    if _tool.create:
        add_link(PersonLink(_tool.flow.label, "supervision:tool-new", _tool.create, (_tool.slug,)))
