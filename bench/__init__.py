"""Benchmarks: each prints a ratio against a floor measured in the same run and writes a JSON line. Not tests."""
