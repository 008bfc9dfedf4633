"""Fixtures for every room's tests."""

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.support.people", "tests.support.databases"]

# No test judges seconds: a loaded machine takes longer for an example, or for making one up, and nothing is wrong.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

LONGEST = ("test_tryout.py", "test_year_2025.py", "test_faults_worker.py")
"""Files that take minutes: begun early, so that processes that share the suite end at about the same time."""


def pytest_collection_modifyitems(items):
    """Begin with the longest file; the order of all others stays where nothing speaks for another.

    While the process that got the longest makes the database and the demo county for all, the others have what needs neither:
    pure tests, then tests of the regulations' database.
    """
    pure = _files_of_which_all(items, lambda item: item.get_closest_marker("unit"))
    modest = _files_of_which_all(items, lambda item: "heshan_copy" not in item.fixturenames)

    def place(item):
        name = item.path.name
        if name == "test_accessibility.py":
            return 0
        if item.path in pure:
            return 1
        if name == "test_urls.py":
            return 2
        if name in LONGEST:
            return 3 + (item.path not in modest)
        return 5

    items.sort(key=place)


def _files_of_which_all(items, holds) -> set:
    return {item.path for item in items} - {item.path for item in items if not holds(item)}


@pytest.fixture(autouse=True)
def _default_language():
    """Every test begins in the default language: a page asked for in English leaves its language behind."""
    translation.deactivate()
