"""Nobody finds an informer: searches for parts of planted identities, and what the search for leaks itself would notice.

The matrix of addresses (`test_urls`) looks for the planted identities in each of its answers. Here everything that can be
searched is asked for parts of them, and lines of the matrix are asked with a part of an identity in every query and form:
`CADRE_LEAK_REQUESTS=10000 ./dev test tests/contracts/test_leaks.py` makes so many requests instead of a hundred and says so.
"""

import base64
import gzip
import io
import os
import random
import sys
import zipfile

import pytest
from django.db import transaction

from . import url_matrix
from .leaks import body_of, leaks_in, parts_of, spelled, words
from .sheltered import INFORMERS
from .test_urls import CASES, MULTIPART, PAYLOADS, address_of, client, may_be_told, world  # noqa: F401 - the fixture

ASKED = int(os.environ.get("CADRE_LEAK_REQUESTS", "100"))
SEARCHES = (
    "/officials/?q={}", "/officials/suggestions/?q={}", "/reports/?number={}", "/reports/?unit={}", "/reports/requests/?number={}",
    "/clearances/list/?name={}", "/clearances/false-accusations/?name={}", "/alerts/?q={}", "/inbox/?q={}", "/shelter/cases/?name={}",
    "/admin/audit/entry/?q={}", "/admin/tolerance/complaint/?q={}", "/admin/tolerance/identityrequest/?q={}",
    "/admin/casework/caseevent/?q={}", "/api/v1/officials/?q={}", "/api/v1/alerts/?q={}", "/rulebook/?q={}", "/nothing/{}/",
    "/reports/case/{}/", "/help/?q={}",
)  # fmt: skip
ASKERS = ("anonymous", "supervision_section", "auditor", "system_admin", "audit_admin", "discipline_commission")


def halves() -> list[str]:
    """Parts of what is planted: an answer that repeats what was asked holds no whole word."""
    return [half for one in INFORMERS for word in (one.name, one.phone) for half in (word[: len(word) // 2], word[-2:])]


@pytest.mark.django_db
@pytest.mark.parametrize("address", SEARCHES)
def test_no_search_for_a_part_of_an_identity_finds_the_rest(world, address):  # noqa: F811
    for who in ASKERS:
        for half in halves()[:4]:
            with transaction.atomic():
                told = leaks_in(body_of(client(world, who).get(address.format(half))))
                transaction.set_rollback(True)
            assert told == set(), (who, address)


@pytest.mark.django_db
def test_so_many_requests_tell_nobody(world, caplog, capsys):  # noqa: F811
    seed = random.Random(20261128)  # noqa: S311 - which part is asked for, and in which order
    lines = [(case.values[0], case.values[1], who) for case in CASES for who in url_matrix.COLUMNS]
    asked = [line for _round in range(-(-ASKED // len(lines))) for line in seed.sample(lines, len(lines))][:ASKED]
    for row, place, who in asked:
        with transaction.atomic():
            answer = _send(client(world, who), row, address_of(row, place, world), seed.choice(halves()))
            told = leaks_in(body_of(answer))
            transaction.set_rollback(True)
        assert told == may_be_told(row).get(who, set()), (who, str(row))
    assert leaks_in(caplog.text.encode()) == set()
    with capsys.disabled():
        sys.stdout.write(f"\n{len(asked)} requests, no informer told\n")


def _send(browser, row, address, half):
    """The request of a line, with a part of an identity in its query, and in its form where one is sent."""
    joint = "&" if "?" in address else "?"
    if row.method == "GET":
        return browser.get(f"{address}{joint}q={half}&name={half}&number={half}")
    values = {**PAYLOADS.get(row.name, {"x": "1"}), "q": half, "note": half}
    is_json = row.key.startswith("v1:") and row.name not in MULTIPART
    options = {"content_type": "application/json"} if is_json else {}
    return getattr(browser, row.method.lower())(address, values, **options)


# --- the search for leaks finds what is planted -----------------------------------------------------------------------
NAME = INFORMERS[0].name


def workbook(text: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<t>{text}</t>")
    return held.getvalue()


@pytest.mark.unit
@pytest.mark.parametrize(
    "data",
    [
        f"<p>{NAME}</p>".encode(),
        f"<p>{NAME}</p>".encode("gbk"),
        "".join(f"&#x{ord(sign):x};" for sign in NAME).encode(),
        b'{"name": "\\u6b27\\u9633\\u82e5\\u6960"}',
        b"?next=%E6%AC%A7%E9%98%B3%E8%8B%A5%E6%A5%A0",
        "欧 阳 若·楠".encode(),
        base64.b64encode(NAME.encode()),
        NAME.encode().hex().encode(),
        workbook(NAME),
        b"%PDF-1.7 header then " + workbook(NAME),
    ],
)
def test_a_name_is_found_however_it_is_written(data):
    assert NAME in leaks_in(data)


@pytest.mark.unit
def test_every_word_that_is_planted_is_looked_for():
    assert len(words()) == 13
    assert leaks_in(" ".join(words()).encode()) == set(words())
    assert leaks_in(b"OuYang RuoNan") == {"ouyangruonan"}
    assert all(leaks_in(name.encode()) for name in spelled())
    assert leaks_in("沙坪街道前进路，欧阳楠".encode()) == set()
    assert leaks_in(gzip.compress(b"x")) == set()
    assert len(parts_of(b"PK\x03\x04 no archive")) == 1
