"""Browser files of others are exactly those that were reviewed."""

import json
import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from tools import vendor

pytestmark = pytest.mark.unit
ROOT = Path(settings.BASE_DIR)
MANIFEST = json.loads(vendor.MANIFEST.read_text("utf-8"))
ICON_IN_TEMPLATE = re.compile(r"""{%\s*icon\s+"([a-z0-9-]+)\"""")
ICON_AS_ARGUMENT = re.compile(r"""(?:symbol|icon)="([a-z0-9-]+)\"""")


@pytest.fixture
def copy(tmp_path):
    """A copy of the static folder that a test may spoil."""
    shutil.copytree(vendor.STATIC, tmp_path / "static")
    return tmp_path / "static"


def test_every_vendored_file_has_its_recorded_hash_and_a_licence():
    assert vendor.problems(MANIFEST) == []


def test_check_works_offline_and_says_so():
    assert vendor.main(["--check"]) == 0


def test_a_changed_file_is_named(copy):
    changed = copy / "vendor" / "htmx.org-2.0.11" / "htmx.min.js"
    changed.write_bytes(changed.read_bytes() + b" ")
    assert vendor.problems(MANIFEST, copy) == ["vendor/htmx.org-2.0.11/htmx.min.js: differs from vendor.json"]


def test_a_missing_file_and_a_foreign_file_are_named(copy):
    (copy / "icons.svg").unlink()
    (copy / "vendor" / "extra.js").write_text("1")
    assert vendor.problems(MANIFEST, copy) == ["icons.svg: missing", "vendor/extra.js: not in vendor.json"]


def test_a_package_without_licence_is_named(copy):
    without = json.loads(json.dumps(MANIFEST))
    without["packages"][0]["files"] = [f for f in without["packages"][0]["files"] if f["file"] != "LICENSE"]
    assert f"{without['packages'][0]['folder']}: no LICENSE" in vendor.problems(without, copy)


def test_every_icon_in_use_is_in_the_sprite():
    used = set()
    for template in (ROOT / "templates").rglob("*.html"):
        text = template.read_text("utf-8")
        used |= set(ICON_IN_TEMPLATE.findall(text)) | set(ICON_AS_ARGUMENT.findall(text))
    sprite = vendor.SPRITE.read_text("utf-8")
    assert used
    assert sorted(name for name in used if f'<symbol id="{name}"' not in sprite) == []


def test_no_page_links_to_another_host():
    foreign = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""")
    found = [str(t) for t in (ROOT / "templates").rglob("*.html") if foreign.search(t.read_text("utf-8"))]
    assert found == []


def test_production_can_collect_and_name_every_file(tmp_path, settings):
    manifest = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": manifest}}
    call_command("collectstatic", "--noinput", verbosity=0)
    named = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text("utf-8"))["paths"]
    for name in ("app.css", "app.js", "print.css", "icons.svg", "favicon.svg", "admin-look.css"):
        assert (settings.STATIC_ROOT / named[name]).is_file()
