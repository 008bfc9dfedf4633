"""Failing at the k-th SQL statement, for every k: the state is the one before or the one after, never between."""

from contextlib import contextmanager

from django.db import connection
from django.db.utils import OperationalError

MOST = 2000


class Planted(OperationalError):
    """The failure that was planted."""


@contextmanager
def failing_at(number: int, *, lose_connection: bool = False):
    """The `number`th statement fails before it is sent; yields a list that holds every statement that was asked for.

    `lose_connection` closes the connection under the hands of the service, as a restarted server does.
    """
    seen = []

    def fail(execute, sql, params, many, context):
        seen.append(sql)
        if len(seen) == number:
            if lose_connection:
                connection.connection.close()
            raise Planted(f"statement {number}: {sql[:80]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        yield seen


def fail_everywhere(act, state, *, lose_connection: bool = False) -> int:
    """Run `act` with a failure at statement 1, 2, 3, … until none is left to fail; check the state every time.

    Outside of a transaction of the test. Returns how many places were tried. The last run has no failure, so the act is
    done once: that the retry succeeds is part of the check.
    """
    before = state()
    for number in range(1, MOST):
        with failing_at(number, lose_connection=lose_connection) as seen:
            try:
                act()
            except Planted:
                failed = True
            else:
                failed = False
        if lose_connection:
            connection.close()
        if not failed:
            assert len(seen) < number, "the act swallowed the failure"
            assert state() != before, "the act did nothing"
            return number - 1
        after = state()
        if after != before:  # done already, and the failure came behind it: doing it again must add nothing
            act()
            changed = sorted(name for name, text in state().items() if text != after[name])
            assert not changed, f"failed at statement {number} ({seen[-1][:120]}) with {changed} half done"
            return number
    raise AssertionError(f"more than {MOST} statements")
