"""Fixtures for every room's tests."""

import pytest
from django.utils import translation

pytest_plugins = ["tests.support.people", "tests.support.databases"]

LONGEST = ("test_accessibility.py", "test_tryout.py", "test_year_2025.py", "test_faults_worker.py")
"""Files that take minutes: begun first, so that processes that share the suite end at about the same time."""


def pytest_collection_modifyitems(items):
    """Put the longest files first; the order of all others stays."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


@pytest.fixture(autouse=True)
def _default_language():
    """Every test begins in the default language: a page asked for in English leaves its language behind."""
    translation.deactivate()
