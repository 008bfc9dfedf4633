"""Run several Django management commands in one process (a program of `.venv`): starting Django is the dear part.

Usage: `python -m devtools.commands migrate --noinput , load_regulations` - a lone comma separates the commands.
Each command's output follows a line of its own with `TITLE` and the command, so that a caller can tell them apart.
"""

import sys
from itertools import groupby

import django
from django.core.management import execute_from_command_line

TITLE = "=== manage.py"


def main(words):
    """Run the commands one after another; the first that fails ends the process with its status."""
    django.setup()
    for is_comma, group in groupby(words, lambda word: word == ","):
        if not is_comma:
            command = list(group)
            sys.stdout.write(f"{TITLE} {' '.join(command)}\n")
            sys.stdout.flush()
            execute_from_command_line(["manage.py", *command])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
