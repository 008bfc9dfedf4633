"""Units of a county from a file: tree, names, approved numbers, category per year."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.common.results import DomainError
from foundation.exchange.kinds import ImportKind, register
from foundation.exchange.sandbox.tables import read_csv
from foundation.organizations.choices import Kind
from foundation.organizations.models import ApprovedNumbers, Organization, OrganizationName, UnitCategory
from foundation.organizations.services.tree import PathGiver
from foundation.regulations.services.codes import codes

from ..imports.units import parse_units
from ..selectors.quotas import numbers_on


def parse(data, file_name, organization, year):
    """Read a table of units; parents may be units that are registered already."""
    known = Organization.objects.system().below(organization).values_list("code", "name", "kind")
    kinds = {code: row.parent for code, row in codes("unit_category").items()}
    return parse_units(
        read_csv(data, filename=file_name), {code: (name, kind) for code, name, kind in known}, categories=kinds
    )


def _day(text):
    return date.fromisoformat(text) if text else None


def apply(batch, rows, changes):
    """Create or update units level by level, so that every parent has its path before its children."""
    root = batch.organization
    stored = {unit.code: unit for unit in Organization.objects.system().below(root)}
    _refuse_foreign(rows, stored, root)
    old_names = {code: unit.name for code, unit in stored.items()}
    dated = numbers_on(timezone.localdate(), [unit.pk for unit in stored.values()])
    paths = PathGiver()
    pending = [row.values for row in rows]
    while pending:
        ready = [v for v in pending if v["kind"] == Kind.JURISDICTION or v["parent"] in stored]
        if not ready:
            raise DomainError(
                "UNITS_WITHOUT_PARENT", _("Units remain whose parent is not in the file and not registered.")
            )
        wanted = {v["code"]: _unit_values(v, stored, root, paths, dated) for v in ready}
        stored |= changes.merge(Organization, stored, wanted)
        done = {v["code"] for v in ready}
        pending = [v for v in pending if v["code"] not in done]
    _set_numbers(rows, stored, dated, changes, batch)
    _keep_names(rows, stored, old_names, changes, batch)
    _set_categories(rows, stored, changes)


def _refuse_foreign(rows, stored, root):
    """A file must not bring a second root, nor take over codes of another county."""
    for row in rows:
        if row.values["kind"] == Kind.JURISDICTION and row.values["code"] != root.code:
            raise DomainError(
                "FOREIGN_ROOT",
                _("Row %(row)s is another jurisdiction (%(code)s) than the one you import into.")
                % {"row": row.row, "code": row.values["code"]},
            )
    missing = [row.values["code"] for row in rows if row.values["code"] not in stored]
    taken = list(Organization.objects.system().filter(code__in=missing).values_list("code", flat=True)[:5])
    if taken:
        raise DomainError(
            "CODE_ELSEWHERE",
            _("These codes belong to units of another county: %(codes)s.") % {"codes": ", ".join(taken)},
        )


def _unit_values(values, stored, root, paths, dated) -> dict:
    unit = stored.get(values["code"])
    wanted = {
        "code": values["code"],
        "name": values["name"],
        "short_name": values["short_name"],
        "kind": values["kind"],
        "division_code": values["division_code"] or "",
        "leader_quota": values["leader_quota"],
        "staffing": values["staffing"],
        "starts_on": _day(values["valid_from"]),
    }
    if values["kind"] != Kind.JURISDICTION:
        parent = stored[values["parent"]]
        if unit and unit.parent_id != parent.pk:
            raise DomainError(
                "UNIT_MOVED",
                _("Unit %(code)s stands below another unit today. Move it there first; an import does not move units.")
                % {"code": unit.code},
            )
        wanted |= {"parent": parent, "jurisdiction": root}
        if unit is None:
            path, rank = paths.below(parent)
            wanted |= {"path": path, "sort": rank}
    if unit is not None:
        wanted |= {"path": unit.path, "sort": unit.sort}
        if unit.pk in dated:  # numbers that were approved from a day on are followed by others from a day on
            wanted |= {"leader_quota": unit.leader_quota, "staffing": unit.staffing}
    return wanted


def _set_numbers(rows, stored, dated, changes, batch):
    """Other numbers than the ones approved so far hold from the day of the import, by the batch's number."""
    today, fresh = timezone.localdate(), {}
    for row in rows:
        unit = stored[row.values["code"]]
        now, file = dated.get(unit.pk), (row.values["leader_quota"], row.values["staffing"])
        if now is not None and file != (None, None) and file != (now.leaders, now.staffing):
            fresh[unit.pk] = {
                "organization_id": unit.pk,
                "starts_on": today,
                "leaders": file[0],
                "staffing": file[1],
                "document_no": batch.number,
                "decided_by": batch.number,
            }
    known = ApprovedNumbers.objects.system().filter(organization__in=fresh, starts_on=today)
    changes.merge(ApprovedNumbers, {row.organization_id: row for row in known}, fresh)


def _keep_names(rows, stored, old_names, changes, batch):
    """Every name with the days it was borne: a new unit's first name, and old and new name of a renamed one."""
    today = timezone.localdate()
    fresh, renamed = [], {}
    for row in rows:
        unit = stored[row.values["code"]]
        before = old_names.get(unit.code)
        if before == unit.name and unit.kind != Kind.JURISDICTION:
            continue
        if before and before != unit.name:
            renamed[unit.pk] = unit
        start = unit.starts_on if not before or before == unit.name else today
        fresh.append(
            OrganizationName(
                organization=unit, name=unit.name, short_name=unit.short_name, starts_on=start, basis=batch.number
            )
        )
    open_names = {n.organization_id: n for n in OrganizationName.objects.filter(organization__in=renamed, ends_on=None)}
    known = set(
        OrganizationName.objects.filter(organization__in=[n.organization_id for n in fresh], ends_on=None).values_list(
            "organization_id", "name"
        )
    )
    wanted = {
        key: {"organization_id": key, "name": name.name, "short_name": name.short_name, "starts_on": name.starts_on,
              "basis": name.basis, "ends_on": today - timedelta(days=1)}
        for key, name in open_names.items()
    }  # fmt: skip
    changes.merge(OrganizationName, open_names, wanted)
    changes.create([name for name in fresh if (name.organization_id, name.name) not in known])


def _set_categories(rows, stored, changes):
    wanted = {}
    for row in rows:
        unit = stored[row.values["code"]]
        for year, category in row.values["categories"].items():
            wanted[unit.pk, int(year)] = {"organization_id": unit.pk, "year": int(year), "category": category}
    existing = {
        (c.organization_id, c.year): c
        for c in UnitCategory.objects.system().filter(organization__in={unit for unit, _year in wanted})
    }
    changes.merge(UnitCategory, existing, wanted)


register(
    ImportKind(
        code="units",
        label=_("Units and their categories"),
        hint=_(
            "A csv table: code, name, short_name, kind, parent, category_YYYY and so on; parents before or after children."
        ),
        permission="organizations.import_units",
        extensions=(".csv",),
        needs_year=False,
        parse=parse,
        apply=apply,
        order=10,
        words=lambda batch: {"kind": dict(Kind.choices)},
    )
)
