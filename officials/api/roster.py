"""Officials by API: the roster's questions, keyset pages, numbers masked; lists of people."""

import json

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers

from foundation.common.api_rows import PAGE_PARAMETERS, RowList, RowSerializer

from ..choices import ListKind, Sex, Status
from ..models import Official, SavedList
from ..rules.questions import Question, QuestionError, parse_question
from ..selectors.lists import people_on
from ..selectors.roster import VIEW, people_for

LONGEST = 8000


class OfficialRow(RowSerializer):
    """A person as lists show one. The identity number is masked."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    sex = serializers.ChoiceField(choices=Sex.choices, allow_blank=True)
    number = serializers.CharField(source="id_masked", help_text="Identity number, masked")
    birth_on = serializers.DateField(allow_null=True)
    ethnicity = serializers.CharField()
    native_place = serializers.CharField()
    politics = serializers.CharField()
    party_on = serializers.DateField(allow_null=True)
    work_on = serializers.DateField(allow_null=True)
    full_education = serializers.CharField()
    full_degree = serializers.CharField()
    service_education = serializers.CharField()
    service_degree = serializers.CharField()
    unit = serializers.CharField(source="home__code", allow_null=True)
    unit_name = serializers.CharField(source="home__name", allow_null=True)
    post = serializers.CharField(source="post_text", help_text="工作单位及职务, letter by letter")
    post_on = serializers.DateField(allow_null=True)
    level = serializers.CharField(help_text="职务层次")
    level_on = serializers.DateField(allow_null=True)
    rank = serializers.CharField(help_text="职级")
    rank_on = serializers.DateField(allow_null=True)
    category = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)
    version = serializers.IntegerField()
    updated_at = serializers.DateTimeField()


class ListRow(RowSerializer):
    """A list of people (名单). `question` is what a live one asks."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    folder = serializers.CharField()
    kind = serializers.ChoiceField(choices=ListKind.choices)
    question = serializers.JSONField()
    note = serializers.CharField()
    owner = serializers.CharField(source="owner__username")
    unit = serializers.CharField(source="organization__code")
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()


QUESTION = OpenApiParameter(
    "question",
    str,
    description='JSON, as the roster keeps it: {"q": "…", "unit": "…", "groups": [{"sex": ["2"], "age_to": "40"}]}',
)
Q_PARAMETER = OpenApiParameter("q", str, description="Name, pinyin, initials, number or its last four, unit, post")
UNIT = OpenApiParameter("unit", str, description="Code of a unit; those below it belong to it")
STATUS = OpenApiParameter("status", str, description="Code of person_status, or all; in post when left out")


class AskedRows(RowList):
    """Rows whose parameters are read by the view itself."""

    known_parameters: tuple[str, ...] = ()

    def refuse_unknown_parameters(self, request):
        """A misspelt parameter must not give the whole list."""
        unknown = sorted(set(request.query_params) - PAGE_PARAMETERS - set(self.known_parameters))
        if unknown:
            raise exceptions.ValidationError({name: [_("This list has no such filter.")] for name in unknown})


@extend_schema(tags=["officials"], parameters=[QUESTION, Q_PARAMETER, UNIT, STATUS])
class OfficialList(AskedRows):
    """People who answer a question (干部名册)."""

    permission = VIEW
    serializer_class = OfficialRow
    ordering = "pk"
    known_parameters = ("question", "q", "unit", "status")

    def get_queryset(self):
        """People of the caller's scope who answer the question."""
        if getattr(self, "swagger_fake_view", False):
            return Official.objects.none()
        return people_for(self.request.user, self._question(), today=timezone.localdate())

    def _question(self) -> Question:
        given = self.request.query_params
        try:
            asked = json.loads(given.get("question", "{}")[:LONGEST])
        except ValueError as error:
            raise exceptions.ValidationError({"question": [_("This is not JSON.")]}) from error
        if isinstance(asked, dict):
            asked |= {name: given[name] for name in ("q", "unit") if name in given}
            asked |= {"status": given.getlist("status")} if "status" in given else {}
        try:
            return parse_question(asked)
        except QuestionError as error:
            places = [place or "question" for place, _code in error.faults]
            message = _("This cannot be asked: an unknown condition, or a value that is not written as its kind is.")
            raise exceptions.ValidationError({place: [message] for place in places}) from error


@extend_schema(tags=["officials"])
class SavedListList(AskedRows):
    """Lists of people that the caller reads."""

    permission = VIEW
    serializer_class = ListRow
    ordering = "-pk"

    def get_queryset(self):
        """The caller's lists and those shared."""
        if getattr(self, "swagger_fake_view", False):
            return SavedList.objects.none()
        return SavedList.objects.visible_to(self.request.user, VIEW).kept()


@extend_schema(tags=["officials"])
class SavedListPeople(AskedRows):
    """People of a list, of those whom the caller may see; pages go by key, the order of a fixed list is on its page."""

    permission = VIEW
    serializer_class = OfficialRow
    ordering = "pk"

    def get_queryset(self):
        """People of the list."""
        if getattr(self, "swagger_fake_view", False):
            return Official.objects.none()
        saved = SavedList.objects.get_visible(user=self.request.user, perm=VIEW, pk=self.kwargs["pk"])
        return people_on(self.request.user, saved, timezone.localdate())


urlpatterns = [
    path("officials/", OfficialList.as_view(), name="official-list"),
    path("lists/", SavedListList.as_view(), name="list-list"),
    path("lists/<int:pk>/officials/", SavedListPeople.as_view(), name="list-people"),
]
