"""A generated record: people of many counties, written by SQL as the tables' owner, indexes built afterwards."""

import itertools
import re
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from bench.nation import _must_be_ours, _untriggered
from officials.models import Official
from officials.services.people import name_values

TABLES = ("officials_postholding", "officials_official", "organizations_post", "organizations_organization")
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢翟单仇解查区盖"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰志远小红大海建国文晓东春梅"
STEP = 50_000


def names() -> list[tuple]:
    """Some 25,000 names with what is stored for each."""
    given = [a + b for a, b in itertools.product(GIVEN, GIVEN[::2])][::2] + list(GIVEN)
    every = (surname + rest for surname in SURNAMES for rest in given[:430])
    return [(place, *name_values(name).values()) for place, name in enumerate(every)]


@contextmanager
def _unindexed(cursor, table):
    """The table without its plain indexes, which are built again at the end."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexdef NOT LIKE 'CREATE UNIQUE%%'",
        [table],
    )
    plain = cursor.fetchall()
    for name, _definition in plain:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    for _name, definition in plain:
        cursor.execute(definition)


def _empty_columns(sql: str) -> tuple[str, str]:
    """The text columns that the statement does not name, and as many empty texts."""
    named = set(re.findall(r"\w+", sql))
    texts = [
        field.column
        for field in Official._meta.concrete_fields
        if field.column not in named and field.get_internal_type() in ("CharField", "TextField")
    ]
    others = [
        field.column
        for field in Official._meta.concrete_fields
        if field.column not in named and field.get_internal_type() == "BinaryField"
    ]
    return ", ".join(texts + others), ", ".join(["''"] * len(texts + others))


def generate(people: int) -> None:
    """Fill the emptied tables. Refuses a database that is not for benchmarks."""
    statements = [one for one in Path(__file__).with_suffix(".sql").read_text("utf-8").split(";\n") if one.strip()]
    given = {"counties": max(1, people // 3500), "first": 1, "last": people}
    with connection.cursor() as cursor:
        _must_be_ours(cursor)
        with _untriggered(cursor, TABLES):
            cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
        cursor.execute("DROP TABLE IF EXISTS bench_names, bench_units")
        cursor.execute("CREATE TEMP TABLE bench_names (place int, name text, sort_key text, grams text[])")
        rows = names()
        for start in range(0, len(rows), 5000):
            cursor.executemany("INSERT INTO bench_names VALUES (%s, %s, %s, %s)", rows[start : start + 5000])
        cursor.execute("ANALYZE bench_names")
        with _untriggered(cursor, TABLES), _unindexed(cursor, "officials_official"):
            for statement in statements:
                if "officials_official (" not in statement:
                    cursor.execute(statement, given)
                    continue
                empty, blank = _empty_columns(statement)
                for first in range(1, people + 1, STEP):
                    part = given | {"first": first, "last": min(people, first + STEP - 1)}
                    cursor.execute(statement.format(empty=empty, blank=blank), part)
        cursor.execute("VACUUM ANALYZE")  # as the server does by itself some time after so many new rows
