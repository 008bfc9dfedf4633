"""Fixtures for every room's tests."""

pytest_plugins = ["tests.support.people", "tests.support.databases"]
