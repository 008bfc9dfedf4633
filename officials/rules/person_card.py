"""One person as an interchange file tells it: the fields of the appointment form (干部任免审批表), all as raw text. Pure.

The reader of `.lrmx` and `.lrm` makes such a card, the writer and the printed form take one. Values are the texts of the
file, labels and dates included; what they mean is read by the rules beside this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class CardField:
    """A field of the form: its tag, its name on the card, its label, and the longest text the editor takes (None: any).

    `kind`: text (one line), lines (several), date, or verbatim (never touched). `is_2025`: only on the form of 2025.
    """

    tag: str
    name: str
    label: str
    longest: int | None = None
    kind: str = "text"
    is_2025: bool = False


FIELDS = (
    CardField("XingMing", "name", "姓名", 18),
    CardField("XingBie", "sex", "性别", 1),
    CardField("ChuShengNianYue", "birth", "出生年月", 8, "date"),
    CardField("MinZu", "ethnicity", "民族", 18),
    CardField("JiGuan", "native_place", "籍贯", 18),
    CardField("ChuShengDi", "birth_place", "出生地", 18),
    CardField("RuDangShiJian", "party_joined", "入党时间", 18),
    CardField("CanJiaGongZuoShiJian", "work_started", "参加工作时间", 8, "date"),
    CardField("DaoLingNianYue", "reaching_month", "到龄年月", 8, "date", is_2025=True),
    CardField("JianKangZhuangKuang", "health", "健康状况", 18),
    CardField("ZhuanYeJiShuZhiWu", "professional_title", "专业技术职务", 90),
    CardField("ShuXiZhuanYeYouHeZhuanChang", "speciality", "熟悉专业有何专长", 110),
    CardField("QuanRiZhiJiaoYu_XueLi", "full_time_education", "全日制教育学历", 54),
    CardField("QuanRiZhiJiaoYu_XueWei", "full_time_degree", "全日制教育学位", 54),
    CardField(
        "QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "full_time_education_school", "全日制教育学历毕业院校系及专业", 90
    ),
    CardField("QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", "full_time_degree_school", "全日制教育学位毕业院校系及专业", 90),
    CardField("ZaiZhiJiaoYu_XueLi", "in_service_education", "在职教育学历", 54),
    CardField("ZaiZhiJiaoYu_XueWei", "in_service_degree", "在职教育学位", 54),
    CardField("ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "in_service_education_school", "在职教育学历毕业院校系及专业", 90),
    CardField("ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", "in_service_degree_school", "在职教育学位毕业院校系及专业", 90),
    CardField("XianRenZhiWu", "current_post", "现任职务", 324),
    CardField("NiRenZhiWu", "proposed_post", "拟任职务", 324),
    CardField("NiMianZhiWu", "post_to_leave", "拟免职务", 324),
    CardField("JianLi", "resume", "简历", None, "verbatim"),
    CardField("JiangChengQingKuang", "rewards_and_sanctions", "奖惩情况", 552, "lines"),
    CardField("NianDuKaoHeJieGuo", "annual_assessments", "年度考核结果", 414, "lines"),
    CardField("RenMianLiYou", "reason", "任免理由", 552, "lines"),
    CardField("ChengBaoDanWei", "reporting_unit", "呈报单位", 252),
    CardField("GaiGeQianRenZhiNianLingJieXian", "former_age_limit", "改革前任职年龄界限", 54, is_2025=True),
    CardField("JiSuanNianLingShiJian", "age_counted_on", "计算年龄时间", 8, "date"),
    CardField("TianBiaoShiJian", "filled_on", "填表时间", 8, "date"),
    CardField("TianBiaoRen", "filled_by", "填表人", 18),
    CardField("ShenFenZheng", "identity_number", "身份证", 18),
    CardField("Version", "version", "版本"),
)
"""All fields that hold a text, in the official order; family stands behind 任免理由, the photo behind 身份证."""
BY_TAG = {field.tag: field for field in FIELDS}
BY_NAME = {field.name: field for field in FIELDS}

MEMBER_FIELDS = (
    CardField("ChengWei", "relation", "称谓", 18),
    CardField("XingMing", "name", "姓名", 18),
    CardField("ChuShengRiQi", "birth", "出生日期", 8, "date"),
    CardField("ZhengZhiMianMao", "politics", "政治面貌", 18),
    CardField("GongZuoDanWeiJiZhiWu", "post", "工作单位及职务", 124),
)
FAMILY, ITEM, PHOTO = "JiaTingChengYuan", "Item", "ZhaoPian"
FAMILY_LABEL, PHOTO_LABEL = "家庭主要成员及重要社会关系", "照片"
MOST_MEMBERS = 10


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """A family member or other close relation (家庭主要成员及重要社会关系)."""

    relation: str = ""
    name: str = ""
    birth: str = ""
    politics: str = ""
    post: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing but blanks in all five fields."""
        return not any(getattr(self, field.name).strip() for field in MEMBER_FIELDS)


@dataclass(frozen=True, slots=True)
class UnknownElement:
    """A tag that the form does not have, kept to be written back: its text, or the elements in it."""

    tag: str
    text: str = ""
    children: tuple[UnknownElement, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {"tag": self.tag, "text": self.text, "children": [child.as_dict() for child in self.children]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> UnknownElement:
        return cls(data["tag"], data["text"], tuple(cls.from_dict(child) for child in data["children"]))


@dataclass(frozen=True, slots=True)
class CardSource:
    """Of what make the file was: format (lrmx or lrm), encoding as read, as declared, byte order mark, tags in its order."""

    format: str = "lrmx"
    encoding: str = "utf-8"
    declared: str = ""
    has_mark: bool = False
    tags: tuple[str, ...] = ()

    @property
    def producer(self) -> str:
        """The family of programs it came from, told by its habits: old_editor, editor, hzb (no version, family last) or other."""
        if self.format == "lrm":
            return "old_editor"
        last = [tag for tag in self.tags if tag != PHOTO][-1:]
        if "Version" not in self.tags and last == [FAMILY]:
            return "hzb"
        return "editor" if last == ["Version"] and len(self.tags) >= len(FIELDS) - 2 else "other"


@dataclass(frozen=True, slots=True)
class PersonCard:
    """The appointment form of one person. Dates, labels and the résumé stand as in the file; `photo` is the image file."""

    name: str = ""
    sex: str = ""
    birth: str = ""
    ethnicity: str = ""
    native_place: str = ""
    birth_place: str = ""
    party_joined: str = ""
    work_started: str = ""
    reaching_month: str = ""
    health: str = ""
    professional_title: str = ""
    speciality: str = ""
    full_time_education: str = ""
    full_time_degree: str = ""
    full_time_education_school: str = ""
    full_time_degree_school: str = ""
    in_service_education: str = ""
    in_service_degree: str = ""
    in_service_education_school: str = ""
    in_service_degree_school: str = ""
    current_post: str = ""
    proposed_post: str = ""
    post_to_leave: str = ""
    resume: str = ""
    rewards_and_sanctions: str = ""
    annual_assessments: str = ""
    reason: str = ""
    reporting_unit: str = ""
    former_age_limit: str = ""
    age_counted_on: str = ""
    filled_on: str = ""
    filled_by: str = ""
    identity_number: str = ""
    version: str = ""
    family: tuple[FamilyMember, ...] = ()
    photo: bytes = b""
    unknown: tuple[UnknownElement, ...] = ()
    source: CardSource = CardSource()

    @property
    def texts(self) -> dict[str, str]:
        """All fields that hold a text, by name, in the official order."""
        return {field.name: getattr(self, field.name) for field in FIELDS}

    @property
    def has_2025_fields(self) -> bool:
        """Is anything filled in that only the form of 2025 has?"""
        return any(getattr(self, field.name) for field in FIELDS if field.is_2025)

    def unknown_text(self, tag: str) -> str:
        """The text of a tag that the form does not have, as ZhengZhiMianMao of some programs; empty without it."""
        return next((element.text for element in self.unknown if element.tag == tag), "")

    def says_the_same(self, other: PersonCard) -> bool:
        """Equal in every field, photo, family and unknown tag, whatever program made the files."""
        return replace(self, source=CardSource()) == replace(other, source=CardSource())

    def as_dict(self) -> dict[str, Any]:
        """JSON types, without the photo, which is kept as a file."""
        return self.texts | {
            "family": [{field.name: getattr(m, field.name) for field in MEMBER_FIELDS} for m in self.family],
            "unknown": [element.as_dict() for element in self.unknown],
            "source": {field.name: getattr(self.source, field.name) for field in fields(CardSource)}
            | {"tags": list(self.source.tags)},
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], photo: bytes = b"") -> PersonCard:
        """Back from `as_dict`."""
        return cls(
            **{field.name: data.get(field.name, "") for field in FIELDS},
            family=tuple(FamilyMember(**member) for member in data.get("family", ())),
            unknown=tuple(UnknownElement.from_dict(element) for element in data.get("unknown", ())),
            source=CardSource(**(data["source"] | {"tags": tuple(data["source"]["tags"])})),
            photo=photo,
        )
