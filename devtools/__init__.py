"""What stands behind `./dev`: set-up, private servers, the try-out, tests, checks.

Standard library only, because it runs before anything is installed. The two modules that need the installed
packages, `database` and `commands`, are started as programs of `.venv`.
"""
