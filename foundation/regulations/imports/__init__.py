"""Readers of the files of this room: bytes and text in, dataclasses out, no database."""
