"""Papers of every room: tables as xlsx, docx and PDF, official letters. Pure: data in, bytes out, no database.

A room describes *what* stands on the paper (`content`, `letters`); how it looks in each format is said once, here.
"""
