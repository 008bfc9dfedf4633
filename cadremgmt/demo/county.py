"""The demo county 鹤山: imported from the office's own files, calculated and published by the same services as in use."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from django.conf import settings

from assessments.models import Appeal, Cycle, Measure, Opening, RunUnit
from assessments.selectors.appeals import objectionable
from assessments.services.appeals import file_appeal
from assessments.services.calculation import calculate
from assessments.services.openings import open_preview
from assessments.services.publish_requests import ask_to_publish, confirm
from assessments.services.scheme_issue import drafts_of, issue_schemes
from foundation.accounts.models import User
from foundation.casework.services.engine import perform
from foundation.common.decimals import plain
from foundation.exchange.packing import pack
from foundation.exchange.selectors import finding_lines
from foundation.exchange.services.batches import apply, stage
from foundation.organizations.models import Organization
from foundation.organizations.services.tree import create_jurisdiction

from .collecting import collect
from .measures import walk_measures
from .people import DEMO, make_people

FOLDER = Path(settings.BASE_DIR) / "demo" / "heshan"
ROSTER, FORMS = "roster.xlsx", "forms"
CODE, NAME, SHORT = "440784", "鹤山市", "鹤山"
YEARS = (2023, 2024, 2025)
OBJECTIONS = (
    ("T03", "120.5", "12月入库的非税收入120.5万元未计入，附国库对账单。"),
    ("T01", "0.4", "统计部门年报修订数高于考核采用的快报数，申请按修订数计算。"),
)
# Years that were assessed before the system came: the units had been heard on paper.
HEARD_ON_PAPER = "系统启用前的年度，初步结果已书面征求各单位意见，公示期满无异议。"
ANSWER = "经与国库对账，所述款项确已于12月30日入库，应予计入。"


def is_loaded() -> bool:
    """Was the demo loaded to its end before?"""
    return Cycle.objects.system().filter(jurisdiction__code=CODE, year=YEARS[-1], runs__isnull=False).exists()


def load(tell) -> None:
    """Load the county. Every step can be repeated: what is there already is left as it is. `tell` prints a line."""
    root = register(tell)
    take(tell, root, "schemes", "schemes.csv")
    for year in YEARS:
        take_year(tell, root, year)
    take(tell, root, "tolerance_effects", "events/tolerance.csv")
    office, leader = (User.objects.get(username=name) for name in ("kaohe", "lingdao"))
    for year in YEARS:
        issue(tell, root, year, office)
    for year in YEARS[:-1]:
        publish(tell, root, year, office, leader)
    cycle = Cycle.objects.system().get(jurisdiction=root, year=YEARS[-1])
    run = calculate(cycle, actor=office).run
    tell(f"{cycle.year}: run {run.number}")
    collect(tell, cycle)
    walk_measures(root, YEARS)
    _open_and_object(tell, root, run, office)


def register(tell) -> Organization:
    """The county with its units, its accounts, and who held which principal post."""
    root = create_jurisdiction(actor=DEMO, code=CODE, name=NAME, short_name=SHORT)
    take(tell, root, "units", "units.csv")
    tell(f"accounts: {make_people()} opened")
    take(tell, root, "posts", "principal-posts.csv")
    take_roster(tell, root)
    take_forms(tell, root)
    return root


def take_roster(tell, root: Organization) -> None:
    """The people of the county from the office's roster: its bad rows are left out and named, as the office would do."""
    data = (FOLDER / ROSTER).read_bytes()
    batch = stage(actor=DEMO, kind_code="roster", data=data, file_name=ROSTER, organization=root)
    batch = apply(batch, actor=DEMO, good_rows_only=True)
    tell(
        f"{ROSTER}: {batch.counts['rows']} rows, {batch.counts['left_out']} left out, {batch.counts['warnings']} warnings"
    )
    for line in finding_lines(batch):
        if line.level == "error":
            tell(f"  {line.place}: {line.text}")


def take_forms(tell, root: Organization) -> None:
    """People whose appointment forms another office has sent: several files chosen together, as on the page."""
    packed = BytesIO()
    pack([(path.name, BytesIO(path.read_bytes())) for path in (FOLDER / FORMS).glob("*.lrmx")], packed)
    take(tell, root, "person_cards", f"{FORMS}.zip", data=packed.getvalue())


def take(tell, root: Organization, kind: str, name: str, year=None, data: bytes | None = None):
    """Take in one of the office's files, or other bytes under its name."""
    data = (FOLDER / name).read_bytes() if data is None else data
    file_name = Path(name).name
    batch = stage(actor=DEMO, kind_code=kind, data=data, file_name=file_name, organization=root, year=year)
    batch = apply(batch, actor=DEMO)
    tell(f"{name}: {batch.counts['rows']} rows, {batch.counts['readings']} readings normalised")


def take_year(tell, root: Organization, year: int):
    """Indicators and figures of a year."""
    take(tell, root, "indicators", f"indicators-{year}.csv")
    take(tell, root, "scores", f"scores-{year}.xlsx", year)


def publish(tell, root: Organization, year: int, office, leader):
    """Calculate a year and publish it: the office asks, the leader signs. A published year is left as it is."""
    cycle = Cycle.objects.system().get(jurisdiction=root, year=year)
    run = calculate(cycle, actor=office).run
    if cycle.published_run_id is None:
        decided = f"市委考核委员会审定{year}年度考核结果"
        asked = ask_to_publish(run, actor=office, reason=decided, override_reason=HEARD_ON_PAPER)
        confirm(asked, actor=leader, reason="经核，同意发布。")
        opened = Measure.objects.system().filter(cycle=cycle).count()
        tell(f"{year}: run {run.number} published, {opened} measures opened")


def issue(tell, root: Organization, year: int, office):
    """The year's schemes are issued in spring, as the county does."""
    cycle = Cycle.objects.system().get(jurisdiction=root, year=year)
    if drafts_of(cycle):
        document = f"鹤考委〔{year}〕2号"
        made = issue_schemes(actor=office, cycle=cycle, document_no=document, issued_on=date(year, 3, 15))
        tell(f"{year}: {len(made)} schemes issued ({document})")


def _open_and_object(tell, root, run, office):
    """The latest year is open to the units; a town objects to two figures, and one department has answered."""
    if Opening.objects.system().filter(run=run).exists():
        return
    opening = open_preview(run, actor=office, reason=f"关于{YEARS[-1]}年度考核初步结果核对的通知")
    town = Organization.objects.system().get(code="HS-T05")
    row = RunUnit.objects.system().select_related("run__cycle__jurisdiction", "unit").get(run=run, unit=town)
    things = {thing.code: thing for thing in objectionable(row)}
    people = {name: User.objects.get(username=name) for name in ("zhishan", "caizheng")}
    for code, figure, grounds in OBJECTIONS:
        wanted = plain(Decimal(things[code].stated) + Decimal(figure))
        file_appeal(opening, town, actor=people["zhishan"], target=f"figure:{code}", wanted=wanted, grounds=grounds)
    answered = Appeal.objects.system().get(cycle=run.cycle, target=OBJECTIONS[0][0])
    perform(answered, "answer", actor=people["caizheng"], reason=ANSWER, agrees=True)
    tell(f"{YEARS[-1]}: preview open until {opening.due_on}, {len(OBJECTIONS)} appeals filed")
