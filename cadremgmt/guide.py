"""The user guide: Markdown under `docs/guide/`, shown inside the site. It is written in Chinese, like the paper it replaces."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

FOLDER = Path(settings.BASE_DIR) / "docs" / "guide"
START = "README"
PAGES = (
    START,
    "year",
    "office",
    "department",
    "unit",
    "leader",
    "auditor",
    "records",
    "supervision",
    "avoidance",
    "matters",
    "shelter",
    "alerts",
)
IMAGES = "images/"


@dataclass(frozen=True)
class GuidePage:
    """A page of the guide: its heading and the rest as HTML."""

    name: str
    title: str
    html: SafeString

    @property
    def url(self) -> str:
        """Where the page is shown."""
        return address(self.name)


def address(name: str) -> str:
    """Address of a page of the guide by the name of its file."""
    return reverse("help") if name == START else reverse("help-page", args=[name])


def _place(source: str) -> str:
    """Where a link or a picture of the files leads on the site; what leads outside stays."""
    if source.startswith(IMAGES):
        return static(f"guide/{source.removeprefix(IMAGES)}")
    path, mark, fragment = source.partition("#")
    name = path.removesuffix(".md")
    return address(name) + mark + fragment if name in PAGES and path.endswith(".md") else source


def _turn(tokens):
    """Point links and pictures at the site's addresses."""
    for token in tokens:
        for attribute in ("href", "src"):
            if attribute in token.attrs:
                token.attrs[attribute] = _place(token.attrs[attribute])
        _turn(token.children or [])


@lru_cache(maxsize=len(PAGES))
def guide_page(name: str) -> GuidePage:
    """The page, rendered once. Raises KeyError when the guide has none of this name."""
    if name not in PAGES:
        raise KeyError(name)
    reader = MarkdownIt("commonmark", {"html": False})
    tokens = reader.parse((FOLDER / f"{name}.md").read_text("utf-8"))
    title = tokens[1].content  # every page begins with its heading, which the frame shows
    body = tokens[3:]
    _turn(body)
    html = reader.renderer.render(body, reader.options, {})
    return GuidePage(name, title, mark_safe(html))  # noqa: S308 - the product's own text, and HTML in it is off


def guide_pages() -> list[GuidePage]:
    """All pages in their order."""
    return [guide_page(name) for name in PAGES]
