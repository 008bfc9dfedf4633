"""The user guide: every page is there, every link and picture leads somewhere, and the pictures stay light."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import resolve, reverse

from cadremgmt.guide import FOLDER, PAGES, guide_page
from tests.support.people import client_of
from tools.guide_pictures import PICTURES

HEAVIEST = 4 * 2**20
TARGET = re.compile(r'(?:href|src)="([^"]+)"')


def links(name: str) -> list[str]:
    """Addresses that the rendered page names, without their fragments."""
    return [target.partition("#")[0] for target in TARGET.findall(guide_page(name).html)]


@pytest.mark.unit
def test_every_file_of_the_guide_is_a_page_and_has_a_heading():
    assert {path.stem for path in FOLDER.glob("*.md")} == set(PAGES)
    assert all(guide_page(name).title for name in PAGES)


@pytest.mark.unit
@pytest.mark.parametrize("name", PAGES)
def test_links_and_pictures_of_the_guide_lead_somewhere(name):
    for target in links(name):
        if target.startswith(settings.STATIC_URL):
            assert finders.find(target.removeprefix(settings.STATIC_URL)), target
        else:
            resolve(target)


@pytest.mark.unit
def test_the_start_leads_to_every_page():
    assert {reverse("help-page", args=[name]) for name in PAGES[1:]} <= set(links(PAGES[0]))


@pytest.mark.unit
def test_every_picture_of_the_guide_is_made_by_the_script_and_shown_by_a_page():
    shown = {Path(target).stem for name in PAGES for target in links(name) if target.endswith(".png")}
    kept = {path.stem for path in (FOLDER / "images").glob("*.png")}
    assert shown == kept == {picture.name for picture in PICTURES}


@pytest.mark.unit
def test_the_pictures_stay_light():
    assert sum(path.stat().st_size for path in (FOLDER / "images").iterdir()) < HEAVIEST


def test_the_guide_opens_from_the_menu_of_the_person(unit_liaison):
    client = client_of(unit_liaison)
    assert f'href="{reverse("help")}"' in client.get(reverse("home")).content.decode()
    page = client.get(reverse("help-page", args=["unit"]))
    assert guide_page("unit").title in page.content.decode()
    assert client.get(reverse("help-page", args=["nothing"])).status_code == 404
