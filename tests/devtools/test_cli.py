"""The words after ./dev: help is shown, and a command without arguments is not started with some."""

import pytest

from devtools import cli

CALLED = []


@pytest.fixture(autouse=True)
def commands(monkeypatch):
    """Commands that note that they were called."""
    CALLED.clear()
    monkeypatch.setattr(cli, "COMMANDS", dict.fromkeys(cli.COMMANDS, CALLED.append))
    monkeypatch.setattr(cli.Stop, "install", lambda: None)


@pytest.mark.parametrize(
    "words", [["help"], ["--help"], [], ["browser", "--help"], ["lock", "-h"], ["check", "--help"]]
)
def test_help_is_shown_and_nothing_started(words, capsys):
    assert cli.run_command(words) == 0
    assert "./dev COMMAND" in capsys.readouterr().out
    assert CALLED == []


@pytest.mark.parametrize("command", ["stop", "browser", "lock"])
def test_arguments_of_a_command_without_any_are_refused(command, capsys):
    assert cli.run_command([command, "--fast", "now"]) == 2
    assert "--fast now" in capsys.readouterr().err
    assert CALLED == []


def test_arguments_of_other_commands_are_passed_on():
    cli.run_command(["manage", "migrate", "--help"])
    assert CALLED == [["migrate", "--help"]]


def test_an_unknown_command_says_where_the_known_ones_are(capsys):
    assert cli.run_command(["browse"]) == 2
    assert "./dev help" in capsys.readouterr().err
