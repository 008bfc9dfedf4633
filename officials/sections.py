"""The sections of a record as staff edit them: which fields, which are read from a text, which rows.

One description serves the form, the service that writes, the correction that a unit asks for, and the completeness meter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .models import AnnualRating, Award, Education, Entrance, Exit, FamilyMember, ProfessionalTitle, Retirement


@dataclass(frozen=True)
class Section:
    """One group of fields of the person's own row (A01), edited together.

    `lines` are those that take several lines; `tables` names the code table from which a field's labels are offered.
    """

    code: str
    label: Any
    fields: tuple[str, ...]
    lines: tuple[str, ...] = ()
    tables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RowSection:
    """One information set with rows. `none_code` stands among a person's `none_declared` when there are none such."""

    code: str
    label: Any
    model: type
    fields: tuple[str, ...]
    required: tuple[str, ...]
    tables: Mapping[str, str] = field(default_factory=dict)
    none_code: str = ""
    most: int = 60


IDENTITY = Section(
    "identity",
    _("Identity"),
    ("name", "sex", "birth_text", "ethnicity", "native_place", "birth_place", "raised_in", "health"),
    tables={
        "ethnicity": "ethnic_gbt3304",
        "native_place": "native_place_editor_zb01",
        "birth_place": "native_place_editor_zb01",
        "health": "health_editor",
    },
)
PARTY_AND_WORK = Section(
    "party-and-work",
    _("Party and work"),
    (
        "politics",
        "party_text",
        "second_party",
        "third_party",
        "work_text",
        "has_grassroots_years",
        "registered_on",
        "is_recruited_by_exam",
        "recruited_on",
        "is_selected_graduate",
        "selected_on",
    ),
    tables={
        "politics": "political_gb4762_short",
        "second_party": "political_gb4762_short",
        "third_party": "political_gb4762_short",
    },
)
ABILITIES = Section(
    "abilities",
    _("Education and abilities as printed"),
    (
        "full_education",
        "full_degree",
        "full_school",
        "full_degree_school",
        "service_education",
        "service_degree",
        "service_school",
        "service_degree_school",
        "title_text",
        "speciality",
    ),
    tables={
        "full_education": "education_zb64",
        "service_education": "education_zb64",
        "full_degree": "degree_gbt6864",
        "service_degree": "degree_gbt6864",
    },
)
PLACE = Section(
    "place",
    _("Post and management"),
    (
        "post_text",
        "post_short",
        "post_on",
        "level",
        "level_on",
        "rank",
        "rank_on",
        "category",
        "status",
        "managed_by",
        "establishment",
        "salary_grade",
        "technical_rank",
        "team_order",
        "left_note",
        "remark",
    ),
    tables={
        "level": "post_level_zb09_2017",
        "rank": "rank_zb148",
        "category": "person_category_zb125_2017",
        "managed_by": "manage_category_zb130",
        "establishment": "establishment_zb135",
        "salary_grade": "salary_grade_zb134",
        "technical_rank": "tech_civil_qual_zb139",
    },
)
RESUME = Section("resume", _("Résumé"), ("resume_text",), lines=("resume_text",))
TEXTS = Section(
    "texts",
    _("Awards and ratings as printed"),
    ("awards_text", "ratings_text"),
    lines=("awards_text", "ratings_text"),
)
SECTIONS = {s.code: s for s in (IDENTITY, PARTY_AND_WORK, ABILITIES, PLACE, RESUME, TEXTS)}

ROW_SECTIONS = {
    s.code: s
    for s in (
        RowSection(
            "education",
            pgettext_lazy("plural", "education"),
            Education,
            ("mode", "education", "degree", "school", "subject", "starts_text", "ends_text", "degree_text", "is_shown"),
            ("mode", "education"),
            tables={"mode": "edu_type_zb123", "education": "education_zb64", "degree": "degree_gbt6864"},
        ),
        RowSection(
            "titles",
            _("professional titles"),
            ProfessionalTitle,
            ("title", "acquired_text", "route", "body", "is_shown"),
            ("title",),
            tables={"title": "pro_title_gb8561", "route": "qual_route_zb24"},
            none_code="titles",
        ),
        RowSection(
            "awards",
            _("awards and sanctions"),
            Award,
            ("is_sanction", "label", "approved_text", "approved_by", "approver_level", "level_then", "revoked_text"),
            ("label",),
            tables={"label": "reward_punish_zb65", "level_then": "post_level_zb09_2017"},
            none_code="awards",
        ),
        RowSection(
            "ratings",
            _("annual ratings"),
            AnnualRating,
            ("year", "grade"),
            ("year", "grade"),
            tables={"grade": "assess_zb18"},
            none_code="ratings",
        ),
        RowSection(
            "family",
            _("family members"),
            FamilyMember,
            ("relation", "name", "birth_text", "politics", "work"),
            ("relation", "name"),
            tables={"relation": "family_gb4761_editor", "politics": "political_gb4762_short"},
            none_code="family",
        ),
        RowSection(
            "entrance",
            _("entrance"),
            Entrance,
            ("entered_text", "method", "former_unit", "former_post", "former_level", "service_text"),
            ("entered_text",),
            tables={"method": "enter_zb77"},
        ),
        RowSection(
            "exit",
            _("leaving"),
            Exit,
            ("method", "left_on", "to_unit", "document_no", "remark"),
            ("method",),
            tables={"method": "exit_zb78"},
        ),
        RowSection(
            "retirement",
            _("retirement"),
            Retirement,
            ("kind", "approved_on", "former_level", "managed_by"),
            ("kind",),
            tables={"kind": "retire_kind_zb132"},
        ),
    )
}
