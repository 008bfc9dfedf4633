"""Pictures of every page for every demo account, to be looked at: Chinese and English, two widths, and on paper.

`python -m tools.screenshots FOLDER` signs in at the running try-out (`./dev run`) with each demo account, follows the
links of its pages (one page of each shape) and writes `FOLDER/<language>-<width>/<account>/<page>.png`; `--print` adds
`FOLDER/<language>-print/…` (needs `pdftoppm`). Everything a machine can see wrong is listed in `FOLDER/findings.txt`:
refused pages and dead links, complaints of the browser, pages wider than the window, tables without a caption, and in
Chinese pages runs of English words.
`python -m tools.screenshots --readme docs/images` takes the pictures of the README,
`python -m tools.screenshots --guide docs/guide/images` those of the user guide.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from .crawl import ACCOUNTS, ARGUMENTS, LOCALES, open_window, walk
from .guide_pictures import make_guide

ADDRESS = "http://127.0.0.1:8000"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
TALLEST = 6000
README = {
    "ranking": "/assessments/440784/2024/ranking/ECONOMIC/",
    "how-the-score-came": "/assessments/440784/2024/units/HS-D29/",
}
# Runs of three and more English words in visible text, outside of what is data or code.
ENGLISH = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const box = walker.currentNode.parentElement;
    if (!box || box.closest('script,style,template,code,pre,.mono,[lang=en]')) continue;
    const words = walker.currentNode.textContent.match(/[A-Za-z]{2,}(?:[ ,.:;]+[A-Za-z]{2,}){2,}/g);
    if (words) found.push(...words.map((text) => text.slice(0, 80)));
  }
  return [...new Set(found)];
}"""
MEASURES = """() => ({
  wide: document.documentElement.scrollWidth - window.innerWidth,
  captions: [...document.querySelectorAll('main table')].filter((t) => !t.caption && !t.closest('.md')).length,
})"""


def file_name(url: str) -> str:
    """A readable file name for an address."""
    parts = urlsplit(url)
    name = re.sub(r"[^\w.=-]+", "_", f"{parts.path.strip('/')}_{parts.query}".strip("_"))
    return name[:100] or "home"


def say(text: str):
    """Tell the person who waits."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@dataclass
class Album:
    """Where pictures go, and what was found wrong on the way."""

    folder: Path
    address: str
    findings: list = field(default_factory=list)

    def note(self, *words):
        """Keep one finding."""
        line = " ".join(str(word) for word in words)
        self.findings.append(line)
        say(f"  ! {line}")

    def place(self, *names) -> Path:
        """Path of a picture; its folder exists."""
        path = self.folder.joinpath(*names)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def pages_of(page, album: Album, account: str, only: str) -> list[str]:
    """Addresses that the account reaches by links, one of each shape; dead links are noted."""
    found = walk(page, album.address, lambda status, path: album.note(status, account, path))
    return [path for path in found if re.search(only, path)]


def take(page, album: Album, path: str, names: tuple, language: str):
    """One picture of one page, and what a machine sees wrong with it."""
    heard = []

    def listen(message):
        if message.type in ("error", "warning"):
            heard.append(message.text)

    page.on("console", listen)
    page.goto(album.address + path)
    page.wait_for_load_state("load")
    window = page.viewport_size
    tall = page.evaluate("document.documentElement.scrollHeight")
    # a window as tall as the page, because what sticks to its edges would lie over the rows of a full-page picture
    page.set_viewport_size({"width": window["width"], "height": max(window["height"], min(tall, TALLEST))})
    page.screenshot(path=album.place(*names, f"{file_name(path)}.png"))
    page.set_viewport_size(window)
    page.remove_listener("console", listen)
    where = "/".join(names)
    for text in heard:
        album.note(where, path, "browser:", text)
    seen = page.evaluate(MEASURES)
    if seen["wide"] > 0:
        album.note(where, path, f"{seen['wide']} px wider than the window")
    if seen["captions"] and not path.startswith(("/admin/", "/api/")):
        album.note(where, path, f"{seen['captions']} tables without caption")
    if language == "zh" and not path.startswith("/api/"):
        for text in page.evaluate(ENGLISH):
            album.note(where, path, "English:", text)


def on_paper(page, album: Album, path: str, names: tuple):
    """The page as it is printed: one picture for each sheet of A4."""
    page.goto(album.address + path)
    pdf = album.place(*names, f"{file_name(path)}.pdf")
    page.pdf(path=pdf, format="A4", landscape=True, prefer_css_page_size=True, print_background=False)
    subprocess.run(["pdftoppm", "-r", "60", "-png", str(pdf), str(pdf.with_suffix(""))], check=True)  # noqa: S603, S607
    pdf.unlink()


def make_album(browser, album: Album, options):
    """Every page of every account in every language and width."""
    for account in options.accounts:
        first = open_window(browser, album.address, account, "zh", options.widths[0])
        paths = pages_of(first, album, account, options.only)
        first.context.close()
        say(f"{account}: {len(paths)} pages")
        for language in options.languages:
            for width in options.widths:
                page = open_window(browser, album.address, account, language, width)
                for path in paths:
                    take(page, album, path, (f"{language}-{width}", account), language)
                page.context.close()
            if options.print:
                page = open_window(browser, album.address, account, language, options.widths[0])
                for path in paths:
                    if not path.startswith(("/admin/", "/api/")):
                        on_paper(page, album, path, (f"{language}-print", account))
                page.context.close()
    album.place("findings.txt").write_text("\n".join(album.findings) + "\n", "utf-8")


def for_the_readme(browser, album: Album):
    """The pictures of the README: one window each, in Chinese."""
    page = open_window(browser, album.address, "kaohe", "zh", 1366, 820)
    for name, path in README.items():
        answer = page.goto(album.address + path)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        target = album.place(f"{name}.png")
        page.screenshot(path=target)
        say(f"{target}: {target.stat().st_size // 1024} KB")
    page.context.close()


def main(arguments=None) -> int:
    """Command line; 1 when something was found wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, prog="python -m tools.screenshots"
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--address", default=ADDRESS, help=f"the running site, default {ADDRESS}")
    parser.add_argument("--accounts", nargs="+", default=ACCOUNTS)
    parser.add_argument("--languages", nargs="+", default=list(LOCALES), choices=list(LOCALES))
    parser.add_argument("--widths", nargs="+", type=int, default=[1366, 1920])
    parser.add_argument("--only", default="", help="a pattern that addresses must contain")
    parser.add_argument("--print", action="store_true", help="also as it is printed")
    parser.add_argument("--readme", action="store_true", help="only the pictures of the README")
    parser.add_argument("--guide", action="store_true", help="only the pictures of the user guide (--only: by name)")
    options = parser.parse_args(arguments)
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        sys.exit("No Chromium found: ./dev browser installs it.")
    if options.print and not shutil.which("pdftoppm"):
        sys.exit("--print needs pdftoppm (Debian: poppler-utils).")
    album = Album(options.folder, options.address.rstrip("/"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        if options.readme:
            for_the_readme(browser, album)
        elif options.guide:
            for text in make_guide(browser, album.address, album.folder, options.only):
                album.note(text)
        else:
            make_album(browser, album, options)
        browser.close()
    return 1 if album.findings else 0


if __name__ == "__main__":
    sys.exit(main())
