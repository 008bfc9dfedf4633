"""Shelter by API."""
