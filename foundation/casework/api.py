"""Papers of cases (附件) by API: the list, adding one, taking one out, withdrawing one. Who sees the case sees its papers."""

from django.urls import path, reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from foundation.common.api import reasons_as_json
from foundation.common.api_files import FILE, FileView
from foundation.common.api_rows import Act, RowSerializer

from .loading import kind_with_papers, load_case, load_paper
from .paper_shelf import shelf_of
from .selectors import papers_of
from .services import attachments

KIND = OpenApiParameter(
    "kind", OpenApiTypes.STR, OpenApiParameter.PATH, description="Kind of case, such as assessments.measure"
)
LOST = OpenApiResponse(description="The store has lost the file, or holds other bytes than were taken in.")


class PaperRow(RowSerializer):
    """A paper of a case. `part` says what in the case it proves (`town-01/G101`); empty: the case as a whole."""

    id = serializers.IntegerField(source="pk")
    part = serializers.CharField()
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes")
    sha256 = serializers.CharField(help_text="Of the content, hexadecimal")
    added_at = serializers.DateTimeField()
    added_by = serializers.CharField(source="added_by_name")


class Papers(serializers.Serializer):
    """The papers of a case, and whether the caller may add one to it now."""

    results = PaperRow(many=True)
    may_add = serializers.BooleanField(help_text="The caller may bring papers into this case")
    reasons = serializers.ListField(child=serializers.JSONField(), help_text="What stands against it now")
    types = serializers.ListField(child=serializers.CharField(), help_text="Endings that are taken")
    megabytes = serializers.IntegerField(help_text="Largest size of a paper")


@extend_schema_field(OpenApiTypes.BINARY)
class BytesField(serializers.FileField):
    """A file in a form."""


class PaperOrder(serializers.Serializer):
    """A new paper."""

    file = BytesField()
    part = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")


class WithdrawOrder(serializers.Serializer):
    """Why a paper is taken out."""

    reason = serializers.CharField(max_length=300)


class OfPapers:
    """An address below a case. The permission is the one that the kind of case asks for seeing its papers."""

    def permission_of(self, method: str) -> str:
        """The permission to see the kind's papers. Raises Http404 for a kind that has none."""
        return kind_with_papers(self.kwargs["kind"]).papers.view

    def load(self):
        """The case. Raises Http404, PermissionDenied."""
        return load_case(self.request.user, self.kwargs["kind"], self.kwargs["case_no"])

    def load_paper(self):
        """The paper that the address names. Raises Http404."""
        return load_paper(self.kwargs["kind"], self.kwargs["case_no"], self.kwargs["pk"])


@extend_schema(tags=["papers"], parameters=[KIND])
class CasePapers(OfPapers, Act):
    """The papers of a case."""

    parser_classes = (MultiPartParser,)
    serializer_class = PaperOrder

    @extend_schema(operation_id="cases_papers_list", responses=Papers)
    def get(self, request, *args, **kwargs):
        """Papers that were not withdrawn, of the case and of its parts, the first first."""
        case = self.load()
        shelf = shelf_of(case, request.user, papers=())
        megabytes, types = attachments.limits_for(case)
        rows = papers_of(self.kwargs["kind"], case.case_no).values(*PaperRow.columns())
        return Response(
            {
                "results": PaperRow(rows, many=True).data,
                "may_add": shelf.may_add,
                "reasons": reasons_as_json(shelf.refusals),
                "types": types,
                "megabytes": megabytes,
            }
        )

    @extend_schema(request={"multipart/form-data": PaperOrder}, responses={201: PaperRow})
    def post(self, request, *args, **kwargs):
        """Add a paper: 201 with its row, and its file's address in Location. The same bytes are kept once.

        400: the file is missing, empty, too large, of a type that is not taken, or not what its name says. 409: the case takes
        no papers now.
        """
        case = self.load()
        attachments.refusals(case, actor=request.user)  # who may not add one is told so before the file is read
        order = self.checked(PaperOrder, request.data)
        paper = attachments.add(actor=request.user, case=case, **order)
        names = [self.kwargs["kind"], case.case_no, paper.pk]
        address = request.build_absolute_uri(reverse("v1:case-paper", args=names))
        return Response(_row(paper), status=201, headers={"Location": address})


def _row(paper) -> dict:
    return PaperRow({column: getattr(paper, column) for column in PaperRow.columns()}).data


@extend_schema(tags=["papers"], parameters=[KIND], responses={200: FILE, 410: LOST})
class CasePaper(OfPapers, FileView):
    """A paper."""

    def get(self, request, *args, **kwargs):
        """The bytes as they were taken in. Taking them out is recorded."""
        case, paper = self.load(), self.load_paper()
        data = attachments.take_out(actor=request.user, attachment=paper, case=case)
        return self.answer(data, paper.name, paper.content_type)


@extend_schema(tags=["papers"], parameters=[KIND], request=WithdrawOrder, responses=PaperRow)
class CasePaperWithdraw(OfPapers, Act):
    """Withdrawing a paper."""

    serializer_class = WithdrawOrder

    def post(self, request, *args, **kwargs):
        """Take a paper out of the case: it stays on record with the reason, and is not handed out any more."""
        case, paper = self.load(), self.load_paper()
        reason = self.checked(WithdrawOrder, request.data)["reason"]
        return Response(_row(attachments.withdraw(actor=request.user, attachment=paper, case=case, reason=reason)))


urlpatterns = [
    path("cases/<str:kind>/<str:case_no>/papers/", CasePapers.as_view(), name="case-papers"),
    path("cases/<str:kind>/<str:case_no>/papers/<int:pk>/", CasePaper.as_view(), name="case-paper"),
    path(
        "cases/<str:kind>/<str:case_no>/papers/<int:pk>/withdraw/",
        CasePaperWithdraw.as_view(),
        name="case-paper-withdraw",
    ),
]
