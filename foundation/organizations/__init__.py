"""Jurisdictions and units as a tree with a path, their names in history, posts (岗位), category per year, staffing."""
