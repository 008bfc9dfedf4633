"""One record by API with its information sets, and what changed since a moment, removals included."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from foundation.common.api_rows import Guarded, RowList, RowSerializer

from ..choices import Sex, Status
from ..models import Official
from ..selectors.person import VIEW, completeness_of, load_person
from ..selectors.record_sets import holdings_of, ranks_of, set_rows


class HoldingShape(serializers.Serializer):
    """A post held (A02); no `until` means still there."""

    unit = serializers.CharField(help_text="Code of the unit; empty outside the register")
    unit_name = serializers.CharField()
    title = serializers.CharField()
    is_main = serializers.BooleanField()
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True)
    document_no = serializers.CharField()


class RankShape(serializers.Serializer):
    """A rank (or level) held (A05)."""

    label = serializers.CharField()
    is_rank = serializers.BooleanField()
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)


class RecordShape(serializers.Serializer):
    """A record. Number and phone are masked; texts stand letter by letter beside the days read from them."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    sex = serializers.ChoiceField(choices=Sex.choices, allow_blank=True)
    number = serializers.CharField(source="id_masked")
    phone = serializers.CharField(source="phone_masked")
    birth_on = serializers.DateField(allow_null=True)
    birth_text = serializers.CharField()
    ethnicity = serializers.CharField()
    native_place = serializers.CharField()
    birth_place = serializers.CharField()
    politics = serializers.CharField()
    party_text = serializers.CharField()
    party_on = serializers.DateField(allow_null=True)
    work_text = serializers.CharField()
    work_on = serializers.DateField(allow_null=True)
    health = serializers.CharField()
    unit = serializers.CharField(source="home.code", default="")
    post = serializers.CharField(source="post_text")
    post_on = serializers.DateField(allow_null=True)
    level = serializers.CharField()
    rank = serializers.CharField()
    rank_on = serializers.DateField(allow_null=True)
    status = serializers.ChoiceField(choices=Status.choices)
    resume = serializers.CharField(source="resume_text")
    awards = serializers.CharField(source="awards_text")
    ratings = serializers.CharField(source="ratings_text")
    completeness = serializers.IntegerField(help_text="Percent")
    version = serializers.IntegerField()
    updated_at = serializers.DateTimeField()
    posts_held = HoldingShape(many=True)
    ranks_held = RankShape(many=True)
    sets = serializers.DictField(
        child=serializers.ListField(child=serializers.DictField()),
        help_text="education, titles, awards, ratings, family, entrance, exit, retirement: rows by field",
    )


@extend_schema(tags=["officials"])
class OfficialRecord(Guarded, GenericAPIView):
    """One record (干部信息) with its information sets."""

    permission = VIEW
    serializer_class = RecordShape
    http_method_names = ("get", "head")

    def get(self, request, pk):
        """The record."""
        person = load_person(request.user, pk)
        person.completeness = completeness_of(person).percent
        person.posts_held, person.ranks_held = holdings_of(person), ranks_of(person)
        person.sets = set_rows(person)
        return Response(self.get_serializer(person).data)


class ChangeRow(RowSerializer):
    """A record that changed: its version, and since when it lies in the trash, if it does."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    updated_at = serializers.DateTimeField()
    removed_at = serializers.DateTimeField(source="trashed_at", allow_null=True)
    unit = serializers.CharField(source="home__code", allow_null=True)


class ChangeFilterSet(filters.FilterSet):
    """Narrow the feed."""

    modified_after = filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gt", label=_("Changed after"))


@extend_schema(tags=["officials"])
class OfficialChanges(RowList):
    """Records that changed since a moment, those put in the trash among them (变更订阅)."""

    permission = VIEW
    serializer_class = ChangeRow
    filterset_class = ChangeFilterSet
    ordering = "pk"

    def get_queryset(self):
        """Records of the caller's scope, in the trash or not."""
        return Official.objects.visible_to(self.request.user, VIEW)


urlpatterns = [
    path("officials/changes/", OfficialChanges.as_view(), name="official-changes"),
    path("officials/<int:pk>/", OfficialRecord.as_view(), name="official"),
]
