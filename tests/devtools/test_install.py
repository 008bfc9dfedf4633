"""What gets installed where."""

import pytest

from devtools import install

pytestmark = pytest.mark.unit


def test_the_lock_without_servers_lacks_only_their_entries():
    whole = install.LOCK.read_text()
    rest = install.without_servers(whole)
    names = {line.partition("==")[0] for line in whole.splitlines() if "==" in line and line[0].isalnum()}
    kept = {line.partition("==")[0] for line in rest.splitlines() if "==" in line and line[0].isalnum()}
    assert names - kept == set(install.SERVERS)
    assert all(line in whole for line in rest.splitlines())


def test_the_locks_name_no_host_and_every_entry_has_a_hash():
    for path in (install.LOCK, install.UV_LOCK, install.ROOT / "requirements.txt"):
        text = path.read_text()
        assert "://" not in text
        entries = [entry for entry in text.split("\n") if "==" in entry]
        assert all(entry.endswith("\\") for entry in entries), "each goes on with its hashes"


def test_what_production_needs_is_locked_alike_for_development():
    def versions(path):
        return {line.partition(" ")[0] for line in path.read_text().splitlines() if line[:1].isalnum()}

    assert versions(install.ROOT / "requirements.txt") <= versions(install.LOCK)


def test_uv_uses_the_index_pip_is_configured_for(monkeypatch):
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    mirror = "https://mirror.example.org/simple"
    env = {"PIP_INDEX_URL": mirror, "PATH": "/usr/bin"}
    assert install._uv_environment(env)["UV_DEFAULT_INDEX"] == mirror
    assert "UV_DEFAULT_INDEX" not in install._uv_environment(env | {"UV_DEFAULT_INDEX": "mine"})
    assert install._uv_environment(env)["UV_PYTHON_DOWNLOADS"] == "never"
