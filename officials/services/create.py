"""A new person, entered by hand."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.crypto import keyed_hash
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require, scope_of
from foundation.organizations.models import Organization

from ..models import Official
from .people import identity_values
from .readings import read_values
from .records import EDIT


@transaction.atomic
def create_official(*, actor, organization: Organization, id_number: str, values: dict) -> Official:
    """Enter a person into the record of a unit. `values` are those of section identity.

    Raises PermissionDenied; DomainError when somebody with this number stands in the record already, in the trash too.
    """
    require(actor, EDIT, organization.path)
    known = Official.objects.system().filter(id_hash=keyed_hash(id_number)).select_related("home").first()
    if known:
        raise _taken(actor, known)
    fields = identity_values(id_number, values["name"]) | read_values(values, id_number)
    try:
        with transaction.atomic():
            person = Official.objects.create(home=organization, org_path=organization.path, **fields)
    except IntegrityError as error:
        raise DomainError("NUMBER_TAKEN", _("Somebody with this identity number was entered just now.")) from error
    record(
        actor=actor,
        action="officials.record.created",
        target_kind="officials.official",
        target_no=person.pk,
        target_label=person.name,
        org_path=organization.path,
    )
    return person


def _taken(actor, known: Official) -> DomainError:
    """Who has the number: by name where the actor may see it, else only that it is taken."""
    if scope_of(actor, "officials.view_official").covers(known.org_path):
        where = _("in the trash") if known.trashed_at else (known.home.name if known.home else "")
        text = _("This identity number belongs to %(name)s (%(where)s).") % {"name": known.name, "where": where}
    else:
        text = _("This identity number stands in the record of another county.")
    return DomainError("NUMBER_TAKEN", text, [Reason("NUMBER_TAKEN", {"field": "id_number"}, text=text)], status=400)
