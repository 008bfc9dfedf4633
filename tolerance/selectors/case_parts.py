"""The parts of a tolerance case read with the case itself: parties, verifiers, votes, points, effects, in one statement."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from ..models import CaseBallot, CaseParty, CasePoint, CaseVerifier, DecidedEffect
from ..workflows import TOLERANCE


def with_parts(cases):
    """Cases with `party_rows`, `verifier_rows`, `ballot_rows`, `point_rows`, `effect_rows`: lists of dictionaries."""
    own = {"case": OuterRef("pk")}
    return cases.annotate(
        party_rows=_rows(
            CaseParty.objects.system().filter(**own).order_by("pk"),
            pk=F("pk"),
            official=F("official"),
            name=F("official__name"),
            unit=F("unit__name"),
            unit_no=F("unit"),
        ),
        verifier_rows=_rows(CaseVerifier.objects.system().filter(**own).order_by("pk"), name=F("name"), post=F("post")),
        ballot_rows=_rows(
            CaseBallot.objects.system().filter(**own).order_by("sort"),
            sort=F("sort"),
            name=F("name"),
            post=F("post"),
            vote=F("vote"),
        ),
        point_rows=_rows(
            CasePoint.objects.system().filter(**own).order_by("pk"),
            table=F("table"),
            code=F("code"),
            stated=F("stated"),
            evidence=F("evidence"),
            found=F("found"),
            finding=F("finding"),
        ),
        effect_rows=_rows(
            DecidedEffect.objects.system()
            .filter(case_kind=TOLERANCE.kind, case_no=OuterRef("case_no"))
            .order_by("sort", "pk"),
            label=F("label"),
            before=F("before"),
            after=F("after"),
            rule_id=F("rule_id"),
            applied=F("applied_at__date"),
            reversed=F("reversed_at__date"),
        ),
    )


def _rows(query, **columns):
    return ArraySubquery(query.values(row=JSONObject(**columns)))
