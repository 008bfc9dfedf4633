"""The pictures of the user guide: which page of which account, and the part of it that matters."""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from .crawl import open_window

WIDTH, HEIGHT = 1366, 800
COLOURS = 96
PRESENT, LAST = "/assessments/440784/2025/", "/assessments/440784/2024/"


@dataclass(frozen=True)
class Picture:
    """A picture: its name, whose page it is and where; then the links to follow one after another, and what to open."""

    name: str
    account: str
    path: str
    follow: tuple[str, ...] = ()
    open: str = ""
    top: str = ""


PICTURES = (
    Picture("home", "kaohe", "/"),
    Picture("schemes", "kaohe", f"{PRESENT}schemes/"),
    Picture("scheme-edit", "kaohe", f"{PRESENT}schemes/ECONOMIC/amend/"),
    Picture("scheme-difference", "kaohe", f"{PRESENT}schemes/difference/"),
    Picture("scheme-trial", "kaohe", f"{PRESENT}schemes/ECONOMIC/trial/"),
    Picture("collection-board", "kaohe", "/collections/440784/2025/"),
    Picture("collection", "kaohe", "/collections/440784/2025/", ("main tbody th a",)),
    Picture("items", "kaohe", "/items/"),
    Picture("item", "kaohe", "/items/", ("main tbody a[href*='/items/']",)),
    Picture("import", "kaohe", "/imports/", ("main tbody a[href*='/imports/IMP-']",)),
    Picture("run", "kaohe", "/assessments/runs/", ("main tbody a[href*='/runs/440784-2025']",)),
    Picture("appeals", "kaohe", "/appeals/"),
    Picture("appeal", "kaohe", "/inbox/", ("main a[href*='/appeals/']",)),
    Picture("ranking", "kaohe", f"{LAST}ranking/ECONOMIC/"),
    Picture("heat", "kaohe", f"{LAST}heat/ECONOMIC/"),
    Picture("letters", "kaohe", f"{LAST}letters/"),
    Picture("bottom", "kaohe", f"{LAST}bottom/"),
    Picture("measure", "jiandu", "/measures/", ("main tbody a[href*='/measures/MB-']",)),
    Picture("department-collection", "caizheng", "/collections/", ("main tbody a[href*='/collections/SB-']",)),
    Picture("grid", "caizheng", "/collections/", ("main tbody a[href*='/collections/SB-']", "main a[href$='/figures/']")),
    Picture("papers", "caizheng", "/collections/", ("main tbody a[href*='/collections/SB-']", "main a[href*='read=1']")),
    Picture("item-new", "caizheng", "/items/440784/2025/new/"),
    Picture("department-appeal", "caizheng", "/appeals/", ("main tbody a[href*='/appeals/']",)),
    Picture("unit-result", "zhishan", f"{PRESENT}units/HS-T05/"),
    Picture("explain", "zhishan", f"{PRESENT}units/HS-T05/", open="main table details.explain", top="main table"),
    Picture("gaps", "zhishan", f"{LAST}units/HS-T05/gaps/"),
    Picture("years", "zhishan", f"{LAST}units/HS-T05/years/"),
    Picture("appeal-new", "zhishan", f"{PRESENT}units/HS-T05/appeal/"),
    Picture("alerts", "ganbu", "/alerts/"),
    Picture("overview", "lingdao", "/assessments/overview/440784/2024/"),
    Picture("publish-request", "lingdao", "/assessments/runs/440784-2024-01/", ("main a[href*='/publish-requests/']",)),
    Picture("leader-measure", "lingdao", "/measures/?status=reviewed", ("main tbody a[href*='/measures/MB-']",)),
    Picture("leader-bottom", "lingdao", f"{LAST}bottom/"),
    Picture("compare", "lingdao", f"{LAST}compare/?unit=HS-T04&unit=HS-T05&unit=HS-T06"),
    Picture("audit-home", "shenji", "/admin/"),
    Picture("audit-entries", "shenji", "/admin/audit/entry/"),
    Picture("audit-entry", "shenji", "/admin/audit/entry/?q=SS-440784-2025-001", ("#result_list tbody a",)),
    Picture("rulebook", "shenji", "/rulebook/"),
)  # fmt: skip


def go(page, address: str, picture: Picture):
    """Stand on the page of the picture. Raises RuntimeError when it is refused or a link is missing."""
    steps = [address + picture.path]
    for selector in (*picture.follow, None):
        answer = page.goto(steps[-1])
        if answer.status != 200:
            raise RuntimeError(f"{picture.name}: {steps[-1]}: {answer.status}")
        if selector is None:
            break
        link = page.locator(selector).first
        if not link.count():
            raise RuntimeError(f"{picture.name}: {steps[-1]} has no {selector}")
        steps.append(link.evaluate("(link) => link.href"))
    if picture.top:
        page.locator(picture.top).first.evaluate("(e) => window.scrollTo(0, e.getBoundingClientRect().top - 90)")
    if picture.open:
        page.locator(f"{picture.open} > summary").first.click()


def make_guide(browser, address: str, folder: Path, only: str = "") -> list[str]:
    """Take the pictures into the folder; returns what could not be taken, in words."""
    folder.mkdir(parents=True, exist_ok=True)
    windows, failed = {}, []
    for picture in PICTURES:
        if only not in picture.name:
            continue
        if picture.account not in windows:
            windows[picture.account] = open_window(browser, address, picture.account, "zh", WIDTH, HEIGHT)
        page = windows[picture.account]
        try:
            go(page, address, picture)
        except RuntimeError as error:
            failed.append(str(error))
            continue
        tall = min(
            HEIGHT, page.evaluate("Math.ceil(document.querySelector('main, #content').getBoundingClientRect().bottom)")
        )
        data = page.screenshot(clip={"x": 0, "y": 0, "width": WIDTH, "height": max(tall, 300)})
        image = Image.open(io.BytesIO(data)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        image.save(folder / f"{picture.name}.png", optimize=True)
    for page in windows.values():
        page.context.close()
    return failed
