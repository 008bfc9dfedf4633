"""Schemes, indicators and score workbooks from files. Pure: bytes were read before, the database comes after."""
