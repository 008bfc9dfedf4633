"""Roles in code: who may do what. Where they may do it is said by `RoleGrant`.

Roles are synchronised to Django groups after every migration (see `groups`), but the permissions that count are the
ones written here: editing a group in the database opens nothing.
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language

from .choices import Duty
from .permissions import declared_permissions, is_view


@dataclass(frozen=True)
class Role:
    """A role: its names, its permissions, and which duty it belongs to.

    `named`: permissions by codename. `reads`: rooms of which the role may view every record (the auditors' admin).
    `everywhere`: may be granted without a unit (the whole installation). `reads_admin`: opens the read-only admin.
    """

    code: str
    label_zh: str
    label_en: str
    named: frozenset[str]
    reads: frozenset[str] = frozenset()
    duty: Duty = Duty.BUSINESS
    everywhere: bool = False
    reads_admin: bool = False

    @cached_property
    def permissions(self) -> frozenset[str]:
        """Everything that the role may do: `app.codename`."""
        views = {perm for perm in declared_permissions() if is_view(perm) and perm.partition(".")[0] in self.reads}
        return self.named | views

    @property
    def label(self) -> str:
        """Name of the role in the reader's language."""
        return self.label_zh if (get_language() or "zh").startswith("zh") else self.label_en

    def __str__(self):
        return self.label

    def excludes(self, other: "Role") -> bool:
        """May nobody hold both roles at once? True for two different duties."""
        return self.duty != other.duty


LOOK_AT_UNITS = frozenset({"organizations.view_organization", "regulations.view_rule"})
LOOK_AT_ASSESSMENTS = frozenset(
    {
        "assessments.view_cycle",
        "assessments.view_result",
        "assessments.view_collection",
        "assessments.view_appeal",
    }
)
LOOK_AT_LEADERS = frozenset(
    {
        "officials.view_official",
        "tolerance.view_assessmenteffect",
        "assessments.view_measure",
        "assessments.view_publishrequest",
    }
)
# What sections of the organization department do with the record besides looking at it.
KEEP_RECORDS = frozenset(
    {
        "officials.edit_official",
        "officials.import_officials",
        "officials.export_officials",
        "officials.unmask_official",
        "officials.trash_official",
        "officials.share_savedlist",
    }
)
LOOK_AT_SUPERVISION = frozenset(
    {
        "officials.view_restriction",
        "officials.view_ratingconstraint",
        "supervision.view_handling",
        "supervision.view_talk",
        "supervision.view_reminder",
        "supervision.view_inquiry",
        "supervision.view_admonishment",
        "supervision.view_revisit",
        "supervision.view_hold",
        "supervision.view_adjustmentlead",
        "supervision.view_matterreport",
        "supervision.view_mattercheck",
        "supervision.view_relationconflict",
        "supervision.view_reuseproposal",
    }
)
LOOK_AT_CLEARANCES = frozenset(
    {
        "tolerance.view_clearance",
        "tolerance.view_clearanceannouncement",
        "tolerance.view_falseaccusation",
    }
)
# Clearing who was falsely reported; who has proposed a clearance never approves it.
CLEAR = frozenset({"tolerance.propose_clearance", "tolerance.carry_out_clearance", "tolerance.keep_accusation"})
# The daily work of supervision; who has entered or proposed something never decides on it.
SUPERVISE = frozenset(
    {
        "supervision.enter_handling",
        "supervision.confirm_handling",
        "supervision.import_handlings",
        "supervision.propose_tool",
        "supervision.carry_out_tool",
        "supervision.import_talks",
        "supervision.keep_talk",
        "supervision.follow_up",
        "supervision.keep_matters",
        "supervision.resolve_conflict",
    }
)
# Reports from the public: the matter may be read; who reported is asked for, and whoever asks never answers (R-CON-04).
LOOK_AT_REPORTS = frozenset({"tolerance.view_complaint", "tolerance.view_identityrequest"})
HANDLE_REPORTS = LOOK_AT_REPORTS | {
    "tolerance.register_complaint",
    "tolerance.handle_complaint",
    "tolerance.ask_identity",
    "tolerance.answer_identity",
}
# Shelter: who applies never accepts, verifies or decides.
LOOK_AT_SHELTER = frozenset(
    {"tolerance.view_tolerancecase", "tolerance.view_decidedeffect", "tolerance.view_priorfiling"}
)
HANDLE_TOLERANCE = LOOK_AT_SHELTER | {
    "tolerance.apply_for_tolerance",
    "tolerance.accept_case",
    "tolerance.verify_case",
    "tolerance.follow_case",
}
LOOK_AT_ALL = (
    LOOK_AT_UNITS | LOOK_AT_ASSESSMENTS | LOOK_AT_LEADERS | {"casework.view_alert", "casework.open_alert_centre"}
)

_ALL = (
    Role(
        "assessment_office",
        "考核办",
        "Assessment office",
        LOOK_AT_ALL
        | {
            "organizations.import_units",
            "officials.import_posts",
            "tolerance.import_effects",
            "assessments.edit_scheme",
            "assessments.edit_score",
            "assessments.import_scores",
            "assessments.open_collection",
            "assessments.verify_collection",
            "assessments.view_item",
            "assessments.propose_item",
            "assessments.decide_item",
            "assessments.run_calculation",
            "assessments.publish_run",
            "assessments.sign_run",
            "assessments.answer_appeal",
            "assessments.decide_appeal",
            "regulations.change_override",
        },
    ),
    Role(
        "cadre_section",
        "干部科",
        "Cadre section",
        LOOK_AT_ALL
        | KEEP_RECORDS
        | LOOK_AT_SHELTER
        | {
            "casework.change_lead_times",
            "assessments.execute_measure",
            "organizations.reorganise_units",
            "officials.view_restriction",
            "officials.view_ratingconstraint",
            "supervision.view_handling",
            "supervision.view_hold",
            "supervision.view_admonishment",
            "supervision.view_adjustmentlead",
            "supervision.view_relationconflict",
            "supervision.view_revisit",
            "supervision.view_reuseproposal",
            "supervision.propose_reuse",
            "tolerance.view_clearance",
        },
    ),
    Role(
        "supervision_section",
        "干部监督科",
        "Cadre supervision section",
        LOOK_AT_ALL
        | LOOK_AT_SUPERVISION
        | LOOK_AT_CLEARANCES
        | SUPERVISE
        | HANDLE_TOLERANCE
        | CLEAR
        | LOOK_AT_REPORTS
        | {
            "casework.change_lead_times",
            "assessments.review_measure",
            "tolerance.import_effects",
            "officials.export_officials",
            "officials.share_savedlist",
        },
    ),
    Role(
        "department_leader",
        "部领导",
        "Leader of the department",
        LOOK_AT_ALL
        | LOOK_AT_SUPERVISION
        | LOOK_AT_SHELTER
        | LOOK_AT_CLEARANCES
        | {
            "casework.view_casereading",
            "tolerance.decide_case",
            "assessments.decide_measure",
            "assessments.view_item",
            "assessments.sign_run",
            "supervision.review_tool",
            "supervision.agree_tool",
            "supervision.agree_reuse",
            "supervision.confirm_handling",
            "supervision.keep_talk",
            "tolerance.approve_clearance",
            "tolerance.conclude_accusation",
            "officials.export_officials",
            "officials.share_savedlist",
        },
    ),
    # Sees its own cases and what it is asked, never the whole record: whom a case is about is found by the case.
    Role(
        "discipline_commission",
        "纪委监委",
        "Discipline commission",
        LOOK_AT_UNITS
        | HANDLE_REPORTS
        | {"casework.open_alert_centre", "supervision.view_reuseproposal", "supervision.give_reuse_opinion"},
    ),
    Role(
        "unit_liaison",
        "单位联络员",
        "Liaison of a unit",
        LOOK_AT_UNITS
        | LOOK_AT_ASSESSMENTS
        | LOOK_AT_SHELTER
        | {
            "tolerance.apply_for_tolerance",
            "officials.view_official",
            "officials.ask_correction",
            "tolerance.apply_for_clearance",
            "casework.open_alert_centre",
            "assessments.edit_score",
            "assessments.submit_collection",
            "assessments.view_item",
            "assessments.propose_item",
            "assessments.file_appeal",
            "assessments.answer_appeal",
        },
    ),
    Role(
        "auditor",
        "审计员",
        "Auditor",
        LOOK_AT_ALL | {"audit.verify"},
        reads=frozenset(
            {
                "accounts",
                "assessments",
                "audit",
                "casework",
                "exchange",
                "officials",
                "organizations",
                "regulations",
                "supervision",
                "tolerance",
            }
        ),
        everywhere=True,
        reads_admin=True,
    ),
    Role(
        "system_admin",
        "系统管理员",
        "System administrator",
        frozenset({"accounts.manage_accounts"}),
        duty=Duty.SYSTEM,
        everywhere=True,
    ),
    Role(
        "security_admin",
        "安全保密管理员",
        "Security administrator",
        frozenset({"accounts.manage_grants"}),
        duty=Duty.SECURITY,
        everywhere=True,
    ),
    Role(
        "audit_admin",
        "安全审计员",
        "Security auditor",
        frozenset({"audit.verify"}),
        reads=frozenset({"accounts", "audit"}),
        duty=Duty.AUDIT,
        everywhere=True,
        reads_admin=True,
    ),
)
ROLES = {role.code: role for role in _ALL}


def all_roles() -> tuple[Role, ...]:
    """Every role, in the order in which lists show them."""
    return _ALL


def role(code: str) -> Role:
    """The role with this code. Raises KeyError for a code that no release knows."""
    return ROLES[code]


def all_permissions() -> frozenset[str]:
    """Every permission that some role holds."""
    return frozenset().union(*(each.permissions for each in _ALL))
