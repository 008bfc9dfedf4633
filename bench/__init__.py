"""Measurements: what a thing costs, next to its floor or its promise."""
