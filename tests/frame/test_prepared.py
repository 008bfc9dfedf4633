"""Statements that are planned once per connection."""

import pytest
from django.db import connection, transaction

from foundation.common.prepared import Prepared

ADD = Prepared("test_add", "SELECT %(a)s + %(b)s * %(a)s", {"a": "int", "b": "int", "other": "text"})


def plans(cursor):
    cursor.execute("SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE name = %s", [ADD.name])
    return cursor.fetchone()


@pytest.mark.django_db
def test_a_parameter_may_stand_twice_and_arguments_go_by_name():
    with connection.cursor() as cursor:
        ADD.execute(cursor, {"b": 3, "a": 2, "other": "passed over"})
        assert cursor.fetchone() == (8,)


@pytest.mark.django_db
def test_it_is_prepared_once_and_outlives_a_rollback():
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                ADD.execute(cursor, {"a": 1, "b": 1})
                raise RuntimeError("rolled back")
        except RuntimeError:
            pass
        generic, custom = plans(cursor)
        ADD.execute(cursor, {"a": 1, "b": 2})
        assert cursor.fetchone() == (3,)
        assert plans(cursor) == (generic + 1, custom)
        assert custom == 0


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_prepares_anew():
    with connection.cursor() as cursor:
        ADD.execute(cursor, {"a": 1, "b": 1})
    connection.close()
    with connection.cursor() as cursor:
        ADD.execute(cursor, {"a": 2, "b": 2})
        assert cursor.fetchone() == (6,)


def test_a_parameter_without_a_type_is_a_programming_error():
    with pytest.raises(KeyError, match="b"):
        Prepared("test_bad", "SELECT %(a)s, %(b)s", {"a": "int"})
