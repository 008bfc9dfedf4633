"""The left navigation as data: one entry per mechanism, in the words of the trade. A user sees what they may use."""

from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Entry:
    """A mechanism. Shown to those who hold one of `permissions`; to every signed-in user when there are none.

    `section` is the path under which pages count as this entry's (the entry's own address when empty).
    """

    label: Any
    icon: str
    url_name: str
    permissions: tuple[str, ...] = ()
    section: str = ""


@dataclass(frozen=True)
class Group:
    """Entries under one heading; no heading for those that stand alone."""

    label: Any
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Link:
    """An entry as the page shows it."""

    label: Any
    icon: str
    url: str
    is_current: bool


NAVIGATION = (
    Group(
        "",
        (
            Entry(pgettext_lazy("page", "Home"), "home", "home"),
            Entry(_("Alerts"), "alert-triangle", "alerts:list", ("casework.open_alert_centre",)),
        ),
    ),
    Group(
        _("Officials"),
        (
            Entry(_("Roster of officials"), "users", "officials:roster", ("officials.view_official",)),
            Entry(_("Lists of people"), "file-text", "officials:list-index", ("officials.view_official",)),
            Entry(_("Units and posts"), "sitemap", "organizations:tree", ("organizations.view_organization",)),
            Entry(_("Numbers of posts"), "calculator", "organizations:quotas", ("organizations.view_organization",)),
            Entry(
                pgettext_lazy("navigation", "Corrections"),
                "list-check",
                "officials:correction-list",
                ("officials.ask_correction", "officials.edit_official"),
            ),
        ),
    ),
    Group(
        _("Supervision"),
        (
            Entry(
                _("Talks and letters"),
                "list-check",
                "supervision:tools",
                (
                    "supervision.view_talk",
                    "supervision.view_reminder",
                    "supervision.view_inquiry",
                    "supervision.view_admonishment",
                    "supervision.view_revisit",
                    "supervision.view_hold",
                    "supervision.view_adjustmentlead",
                ),
            ),
            Entry(
                pgettext_lazy("navigation", "Sanctions"),
                "gavel",
                "supervision:handling-list",
                ("supervision.view_handling",),
            ),
            Entry(_("Personal matters"), "file-text", "supervision:matters", ("supervision.view_matterreport",)),
            Entry(_("Avoidance"), "users", "supervision:conflict-list", ("supervision.view_relationconflict",)),
            Entry(
                pgettext_lazy("page", "Influence periods"),
                "calendar",
                "supervision:period-list",
                ("officials.view_restriction",),
            ),
        ),
    ),
    Group(
        _("Shelter"),
        (
            Entry(
                pgettext_lazy("navigation", "Fault tolerance"),
                "shield-check",
                "tolerance:case-list",
                ("tolerance.view_tolerancecase",),
                section="/shelter/",
            ),
            Entry(
                pgettext_lazy("mechanism", "Clearance"),
                "circle-check",
                "clearances:board",
                ("tolerance.view_clearance",),
            ),
            Entry(_("Reports from the public"), "inbox", "complaints:list", ("tolerance.view_complaint",)),
            Entry(
                pgettext_lazy("navigation", "Clearance requests"),
                "list-check",
                "clearances:applications",
                ("tolerance.apply_for_clearance",),
            ),
            Entry(
                pgettext_lazy("navigation", "Visits and reuse"),
                "users",
                "supervision:reuse-desk",
                ("supervision.view_handling", "supervision.view_reuseproposal"),
            ),
        ),
    ),
    Group(
        _("Assessment"),
        (
            Entry(
                _("At a glance"),
                "report-search",
                "assessments:overview-latest",
                ("assessments.view_cycle",),
            ),
            Entry(_("Unit assessment"), "clipboard-data", "assessments:cycle-list", ("assessments.view_cycle",)),
            Entry(
                pgettext_lazy("navigation", "Submissions"),
                "list-check",
                "assessments:collection-list",
                ("assessments.view_collection",),
            ),
            Entry(
                pgettext_lazy("navigation", "Proposals"), "gavel", "assessments:item-list", ("assessments.view_item",)
            ),
            Entry(
                _("Calculations"),
                "calculator",
                "assessments:run-list",
                ("assessments.run_calculation", "assessments.publish_run"),
            ),
            Entry(_("Appeals"), "gavel", "assessments:appeal-list", ("assessments.view_appeal",)),
            Entry(_("Bottom rank"), "trending-down", "assessments:measure-list", ("assessments.view_measure",)),
        ),
    ),
    Group(
        "",
        (
            Entry(
                _("Imports"),
                "file-import",
                "exchange:batch-list",
                (
                    "assessments.import_scores",
                    "organizations.import_units",
                    "officials.import_posts",
                    "officials.import_officials",
                    "tolerance.import_effects",
                ),
            ),
            Entry(_("Rulebook"), "book-2", "regulations:rule-list", ("regulations.view_rule",)),
        ),
    ),
    Group(
        _("System"),
        (
            Entry(_("Accounts"), "users", "accounts:account-list", ("accounts.manage_accounts",)),
            Entry(_("Grants"), "user-shield", "accounts:grant-list", ("accounts.manage_grants",)),
            Entry(_("Audit"), "report-search", "admin:index", ("audit.view_entry",)),
        ),
    ),
)


def navigation_for(user, path: str) -> list[tuple[Any, list[Link]]]:
    """Groups with the links this user may use; the one that holds `path` most closely is current."""
    known = get_resolver().namespace_dict
    shown = [
        (group.label, [(entry, reverse(entry.url_name)) for entry in group.entries if _may_use(user, entry, known)])
        for group in NAVIGATION
    ]
    sections = [entry.section or url for _label, entries in shown for entry, url in entries]
    current = max((section for section in sections if path.startswith(section)), key=len, default="")
    if current == "/" and path != "/":
        current = ""
    return [
        (
            label,
            [Link(entry.label, entry.icon, url, (entry.section or url) == current) for entry, url in entries],
        )
        for label, entries in shown
        if entries
    ]


def _may_use(user, entry, known):
    room = entry.url_name.rpartition(":")[0]
    if room and room not in known:
        return False
    return not entry.permissions or any(user.has_perm(permission) for permission in entry.permissions)
