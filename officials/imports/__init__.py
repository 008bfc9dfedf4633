"""Holders of posts from files. Pure: bytes were read before, the database comes after."""
