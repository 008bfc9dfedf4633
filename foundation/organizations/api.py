"""Units and posts by API, read-only."""

from django.db.models import Exists, OuterRef, Q
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import RowDetail, RowList, RowSerializer, YearFilter

from .choices import Act, Kind
from .models import (
    ApprovedNumbers,
    Organization,
    OrganizationName,
    Post,
    Reorganisation,
    Succession,
    UnitCategory,
)

VIEW = "organizations.view_organization"


class UnitRow(RowSerializer):
    """A unit. `parent` and `jurisdiction` are codes; a jurisdiction has none itself."""

    code = serializers.CharField()
    name = serializers.CharField()
    short_name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    parent = serializers.CharField(source="parent__code", allow_null=True)
    jurisdiction = serializers.CharField(source="jurisdiction__code", allow_null=True)
    division_code = serializers.CharField(help_text="GB/T 2260")
    level = serializers.CharField(help_text="机构级别, ZB03")
    nature = serializers.CharField(help_text="机构类型, ZB04")
    leader_quota = serializers.IntegerField(
        allow_null=True, help_text="As a file brought it; from the first of `approved` on, that holds."
    )
    staffing = serializers.IntegerField(allow_null=True, help_text="As `leader_quota`.")
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True, help_text="Last day; null: still there.")


class CategoryOfYear(RowSerializer):
    """Assessment category (考核类别) of a unit in a year."""

    year = serializers.IntegerField()
    category = serializers.CharField()


class FormerName(RowSerializer):
    """A name that the unit bore, with its first and last day."""

    name = serializers.CharField()
    short_name = serializers.CharField()
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    basis = serializers.CharField(help_text="Document")


class NumbersOfDay(RowSerializer):
    """Leaders (职数) and staff (编制) approved from a day on, until the next row begins; null: nothing was said."""

    starts_on = serializers.DateField()
    leaders = serializers.IntegerField(allow_null=True)
    principals = serializers.IntegerField(allow_null=True)
    deputies = serializers.IntegerField(allow_null=True)
    staffing = serializers.IntegerField(allow_null=True)
    administrative = serializers.IntegerField(allow_null=True)
    reference = serializers.IntegerField(allow_null=True)
    institution = serializers.IntegerField(allow_null=True)
    logistics = serializers.IntegerField(allow_null=True)
    other = serializers.IntegerField(allow_null=True)
    document_no = serializers.CharField()


class UnitDetail(UnitRow):
    """A unit with its categories by year, the names it bore, and the numbers approved for it."""

    categories = CategoryOfYear(many=True, source="*")
    names = FormerName(many=True, source="*")
    approved = NumbersOfDay(many=True, source="*")


class UnitFilter(filters.FilterSet):
    """Narrow the list of units."""

    kind = filters.ChoiceFilter(choices=Kind.choices)
    jurisdiction = filters.CharFilter(method="of_jurisdiction", label=_("Code of a jurisdiction"))
    parent = filters.CharFilter(field_name="parent__code", label=_("Code of the unit directly above"))
    below = filters.CharFilter(method="in_subtree", label=_("Code of a unit: it and everything under it"))
    name = filters.CharFilter(method="named", label=_("Part of the name or short name"))
    on = filters.DateFilter(method="existing", label=_("Units that existed on this day"))
    year = YearFilter(method="keep", label=_("Units that have a category in this year"))
    category = filters.CharFilter(method="keep", label=_("Units of this category (in the year, when one is given)"))

    def of_jurisdiction(self, queryset, name, value):
        """The jurisdiction itself and its units."""
        return queryset.filter(Q(jurisdiction__code=value) | Q(code=value, kind=Kind.JURISDICTION))

    def in_subtree(self, queryset, name, value):
        """The unit and everything under it; nothing when the caller cannot see the unit."""
        node = Organization.objects.visible_to(self.request.user, VIEW).filter(code=value).first()
        return queryset.below(node) if node else queryset.none()

    def named(self, queryset, name, value):
        """By part of a name."""
        return queryset.filter(Q(name__icontains=value) | Q(short_name__icontains=value))

    def existing(self, queryset, name, value):
        """On a day."""
        return queryset.on_date(value)

    def keep(self, queryset, name, value):
        """Year and category belong together: see `filter_queryset`."""
        return queryset

    def filter_queryset(self, queryset):
        """All filters; year and category must hold for one and the same category of a unit."""
        queryset = super().filter_queryset(queryset)
        asked = {name: self.form.cleaned_data[name] for name in ("year", "category")}
        asked = {name: value for name, value in asked.items() if value not in (None, "")}
        if not asked:
            return queryset
        return queryset.filter(Exists(UnitCategory.objects.system().filter(organization=OuterRef("pk"), **asked)))


@extend_schema(tags=["units"])
class UnitList(RowList):
    """Units (机构) in the order of the tree: a unit comes right before what is under it."""

    permission = VIEW
    serializer_class = UnitRow
    filterset_class = UnitFilter
    ordering = "path"

    def get_queryset(self):
        """Units in the caller's scope."""
        return Organization.objects.visible_to(self.request.user, VIEW)


@extend_schema(tags=["units"])
class UnitView(RowDetail):
    """One unit by its code."""

    permission = VIEW
    serializer_class = UnitDetail

    def get_object(self):
        """The unit, found inside the caller's scope."""
        rows = Organization.objects.values("pk", *UnitDetail.columns())
        return rows.get_visible(user=self.request.user, perm=VIEW, code=self.kwargs["code"])

    def complete(self, shown, row):
        """Categories, names and numbers."""
        categories = UnitCategory.objects.visible_to(self.request.user, VIEW).filter(organization=row["pk"])
        names = OrganizationName.objects.filter(organization=row["pk"])
        shown["categories"] = list(categories.order_by("year").values(*CategoryOfYear.columns()))
        numbers = ApprovedNumbers.objects.visible_to(self.request.user, VIEW).filter(organization=row["pk"])
        shown["approved"] = list(numbers.order_by("starts_on").values(*NumbersOfDay.columns()))
        shown["names"] = list(names.order_by("starts_on", "pk").values(*FormerName.columns()))
        return shown


class PostRow(RowSerializer):
    """A post (岗位): named by its unit and title."""

    unit = serializers.CharField(source="organization__code")
    unit_name = serializers.CharField(source="organization__name")
    title = serializers.CharField()
    level = serializers.CharField()
    is_principal = serializers.BooleanField(help_text="Principal leader (主要领导)")
    is_team_member = serializers.BooleanField()
    is_sensitive = serializers.BooleanField()
    counts_quota = serializers.BooleanField()
    seats = serializers.IntegerField(allow_null=True, help_text="How many hold it together; null: not fixed.")
    sort = serializers.IntegerField(help_text="Order in the team")
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)


class PostFilter(filters.FilterSet):
    """Narrow the list of posts."""

    unit = filters.CharFilter(field_name="organization__code", label=_("Code of the unit"))
    jurisdiction = filters.CharFilter(field_name="organization__jurisdiction__code", label=_("Code of a jurisdiction"))
    title = filters.CharFilter(lookup_expr="icontains", label=_("Part of the title"))
    level = filters.CharFilter()
    is_principal = filters.BooleanFilter()
    is_team_member = filters.BooleanFilter()
    is_sensitive = filters.BooleanFilter()
    on = filters.DateFilter(method="existing", label=_("Posts that existed on this day"))

    def existing(self, queryset, name, value):
        """On a day."""
        return queryset.on_date(value)


@extend_schema(tags=["units"])
class PostList(RowList):
    """Posts (岗位) of units, whether or not somebody holds them."""

    permission = VIEW
    serializer_class = PostRow
    filterset_class = PostFilter
    ordering = "pk"

    def get_queryset(self):
        """Posts of units in the caller's scope."""
        return Post.objects.visible_to(self.request.user, VIEW)


class SuccessionRow(RowSerializer):
    """A unit follows another (机构沿革) from a day on."""

    predecessor = serializers.CharField(source="predecessor__code")
    predecessor_name = serializers.CharField(source="predecessor__name")
    successor = serializers.CharField(source="successor__code")
    successor_name = serializers.CharField(source="successor__name")
    act = serializers.ChoiceField(choices=Act.choices, source="kind")
    effective_on = serializers.DateField()
    document_no = serializers.CharField()


class SuccessionFilter(filters.FilterSet):
    """Narrow the list of successions."""

    predecessor = filters.CharFilter(field_name="predecessor__code", label=_("Code of the unit before"))
    successor = filters.CharFilter(field_name="successor__code", label=_("Code of the unit after"))
    since = filters.DateFilter(field_name="effective_on", lookup_expr="gte", label=_("Effective on this day or later"))


@extend_schema(tags=["units"])
class SuccessionList(RowList):
    """Which unit follows which."""

    permission = VIEW
    serializer_class = SuccessionRow
    filterset_class = SuccessionFilter
    ordering = "pk"

    def get_queryset(self):
        """Successions of units in the caller's scope."""
        return Succession.objects.visible_to(self.request.user, VIEW)


class ReorganisationRow(RowSerializer):
    """An act that changed units (机构变动)."""

    number = serializers.CharField()
    act = serializers.ChoiceField(choices=Act.choices, source="kind")
    unit = serializers.CharField(source="unit__code")
    unit_name = serializers.CharField(source="unit__name")
    effective_on = serializers.DateField()
    document_no = serializers.CharField()
    reason = serializers.CharField()
    done_at = serializers.DateTimeField()
    undoes = serializers.CharField(source="undoes__number", allow_null=True)


class ReorganisationFilter(filters.FilterSet):
    """Narrow the list of acts."""

    unit = filters.CharFilter(field_name="unit__code", label=_("Code of the unit"))
    act = filters.ChoiceFilter(field_name="kind", choices=Act.choices)
    since = filters.DateFilter(field_name="effective_on", lookup_expr="gte", label=_("Effective on this day or later"))


@extend_schema(tags=["units"])
class ReorganisationList(RowList):
    """Acts that changed units, in the order in which they were entered."""

    permission = VIEW
    serializer_class = ReorganisationRow
    filterset_class = ReorganisationFilter
    ordering = "pk"

    def get_queryset(self):
        """Acts on units in the caller's scope."""
        return Reorganisation.objects.visible_to(self.request.user, VIEW)


urlpatterns = [
    path("units/", UnitList.as_view(), name="unit-list"),
    path("units/<str:code>/", UnitView.as_view(), name="unit"),
    path("posts/", PostList.as_view(), name="post-list"),
    path("successions/", SuccessionList.as_view(), name="succession-list"),
    path("reorganisations/", ReorganisationList.as_view(), name="reorganisation-list"),
]
