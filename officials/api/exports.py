"""Forms and sheets of people by API: the same files as on the pages, with the same entry in the audit."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from foundation.common.api_files import FILE, FileView

from ..export_columns import COLUMNS, USUAL
from ..models import Official
from ..services.exports import EXPORT, FORM_ENDINGS, Order, export_forms
from ..services.roster_exports import MOST, SheetOrder, export_sheet

LAYOUTS = {"2003": False, "2025": True}


class FormQuery(serializers.Serializer):
    """Which file of the appointment form."""

    ending = serializers.ChoiceField(choices=FORM_ENDINGS, default="pdf")
    layout = serializers.ChoiceField(
        choices=list(LAYOUTS), required=False, help_text="As set for the county without it"
    )
    reason = serializers.CharField(
        max_length=200, default="", help_text="Why an interchange file must have the identity number in full"
    )


class SheetQuery(serializers.Serializer):
    """Which sheet, of whom, with which columns."""

    ids = serializers.CharField(help_text="Keys of people, with commas between them")
    kind = serializers.ChoiceField(choices=list(MOST), default="columns")
    columns = serializers.CharField(default=",".join(USUAL), help_text=f"With commas: {', '.join(COLUMNS)}")
    reason = serializers.CharField(max_length=200, default="", help_text="Why numbers are needed in full")

    def validate_ids(self, value):
        """Whole numbers."""
        words = [word.strip() for word in value.split(",") if word.strip()]
        return [serializers.IntegerField(min_value=1, max_value=2**63 - 1).run_validation(word) for word in words]


class PersonFormFile(FileView):
    """The appointment form (干部任免审批表) of a person as a file."""

    permission = EXPORT

    @extend_schema(tags=["officials"], parameters=[FormQuery], responses={200: FILE})
    def get(self, request, *args, **kwargs):
        """The form as PDF, docx or interchange file (.lrmx). Taking it out is recorded."""
        people = Official.objects.kept().select_related("home")
        person = people.get_visible(user=request.user, perm=EXPORT, pk=self.kwargs["pk"])
        asked = self.checked(FormQuery, request.query_params)
        order = Order(asked["ending"], LAYOUTS.get(asked.get("layout")), asked["reason"])
        paper = export_forms(actor=request.user, people=[person], order=order)
        return self.answer(paper.content, paper.name, paper.content_type)


class PeopleSheetFile(FileView):
    """A sheet of chosen people as a file."""

    permission = EXPORT

    @extend_schema(tags=["officials"], parameters=[SheetQuery], responses={200: FILE})
    def get(self, request, *args, **kwargs):
        """The people as xlsx, in the order given. Taking them out is recorded."""
        asked = self.checked(SheetQuery, request.query_params)
        columns = tuple(word.strip() for word in asked["columns"].split(",") if word.strip())
        order = SheetOrder(asked["kind"], columns, asked["reason"])
        paper = export_sheet(actor=request.user, keys=asked["ids"], order=order)
        return self.answer(paper.content, paper.name, paper.content_type)


urlpatterns = [
    path("officials/sheet/", PeopleSheetFile.as_view(), name="people-sheet"),
    path("officials/<int:pk>/form/", PersonFormFile.as_view(), name="person-form-file"),
]
