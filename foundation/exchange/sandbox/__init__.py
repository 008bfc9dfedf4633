"""Reading files from outside: workbooks in a limited child process (`reader`), csv tables with limits (`tables`).

The child imports this package, so nothing here may import Django: keep this file without imports.
"""
