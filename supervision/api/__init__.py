"""Supervision by API."""
