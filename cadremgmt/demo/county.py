"""The demo county 鹤山: imported from the office's own files, calculated and published by the same services as in use."""

from pathlib import Path

from django.conf import settings

from assessments.models import Cycle, Measure
from assessments.services.calculation import calculate
from assessments.services.publishing import publish
from foundation.accounts.models import User
from foundation.casework.services.engine import perform
from foundation.exchange.services.batches import apply, stage
from foundation.organizations.models import Organization
from foundation.organizations.services.tree import create_jurisdiction

from .collecting import collect
from .people import DEMO, make_people

FOLDER = Path(settings.BASE_DIR) / "demo" / "heshan"
CODE, NAME, SHORT = "440784", "鹤山市", "鹤山"
YEARS = (2023, 2024, 2025)
REASONS = {
    "review": "经核，考核结果、任职天数属实，拟按程序实施。",
    "approve": "同意，请干部监督科组织落实。",
    "execute": "已由分管部领导完成谈话，记录归档。",
    "close": "整改情况已复核，办结。",
    "decline": "该单位已获从轻认定且整改到位，经研究本次不予实施。",
}


def is_loaded() -> bool:
    """Was the demo loaded to its end before?"""
    return Cycle.objects.system().filter(jurisdiction__code=CODE, year=YEARS[-1], runs__isnull=False).exists()


def load(tell) -> None:
    """Load the county. Every step can be repeated: what is there already is left as it is. `tell` prints a line."""
    root = create_jurisdiction(actor=DEMO, code=CODE, name=NAME, short_name=SHORT)
    _take(tell, root, "units", "units.csv")
    tell(f"accounts: {make_people()} opened")
    _take(tell, root, "posts", "principal-posts.csv")
    _take(tell, root, "schemes", "schemes.csv")
    for year in YEARS:
        _take(tell, root, "indicators", f"indicators-{year}.csv")
        _take(tell, root, "scores", f"scores-{year}.xlsx", year)
    _take(tell, root, "tolerance_effects", "events/tolerance.csv")
    office = User.objects.get(username="kaohe")
    for year in YEARS:
        cycle = Cycle.objects.system().get(jurisdiction=root, year=year)
        run = calculate(cycle, actor=office).run
        if year != YEARS[-1] and cycle.published_run_id is None:
            counts = publish(run, actor=office, reason=f"市委考核委员会审定{year}年度考核结果")
            tell(f"{year}: run {run.number} published, {counts['opened']} measures opened")
        else:
            tell(f"{year}: run {run.number}")
    collect(tell, cycle)
    _walk_measures(root)


def _take(tell, root: Organization, kind: str, name: str, year=None):
    path = FOLDER / name
    batch = stage(actor=DEMO, kind_code=kind, data=path.read_bytes(), file_name=path.name, organization=root, year=year)
    batch = apply(batch, actor=DEMO)
    tell(f"{name}: {batch.counts['rows']} rows, {batch.counts['readings']} readings normalised")


def _walk_measures(root):
    """The measures of 2023 were carried out two years ago; those of 2024 stand in all states, as in a real office."""
    people = {name: User.objects.get(username=name) for name in ("jiandu", "lingdao", "ganbu")}
    acting = {"review": "jiandu", "approve": "lingdao", "decline": "lingdao", "execute": "ganbu", "close": "ganbu"}
    measures = Measure.objects.system().filter(organization__jurisdiction=root, status="proposed").order_by("pk")
    done_2024 = (("review", "approve", "execute"), ("review", "approve"), ("review",), ("review", "decline"))
    walks = [(case, ("review", "approve", "execute", "close")) for case in measures.filter(cycle__year=YEARS[0])]
    walks += list(zip(measures.filter(cycle__year=YEARS[1]), done_2024, strict=False))
    for case, steps in walks:
        for step in steps:
            perform(case, step, actor=people[acting[step]], reason=REASONS[step])
