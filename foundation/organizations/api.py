"""Units and posts by API, read-only."""

from django.db.models import Exists, OuterRef, Q
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_rows import RowDetail, RowList, RowSerializer, YearFilter

from .choices import Kind
from .models import Organization, OrganizationName, Post, UnitCategory

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
    leader_quota = serializers.IntegerField(allow_null=True)
    staffing = serializers.IntegerField(allow_null=True)
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


class UnitDetail(UnitRow):
    """A unit with its categories by year and the names it bore."""

    categories = CategoryOfYear(many=True, source="*")
    names = FormerName(many=True, source="*")


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
        """Categories and names."""
        categories = UnitCategory.objects.visible_to(self.request.user, VIEW).filter(organization=row["pk"])
        names = OrganizationName.objects.filter(organization=row["pk"])
        shown["categories"] = list(categories.order_by("year").values(*CategoryOfYear.columns()))
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


urlpatterns = [
    path("units/", UnitList.as_view(), name="unit-list"),
    path("units/<str:code>/", UnitView.as_view(), name="unit"),
    path("posts/", PostList.as_view(), name="post-list"),
]
