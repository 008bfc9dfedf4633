"""Ten thousand random deeds behind the seals: each must be named by row, and nothing else may be.

Rows of four tables are written in many transactions and sealed. Then, round after round, the tables' owner switches
triggers off, changes a random column, deletes or inserts rows, and switches triggers on again; the verification must
name exactly those rows; they are put back. Also printed: what sealing and verifying cost per row.

    ./dev bench tamper [--deeds 10000] [--rows 20000] [--seed 1]
"""

import argparse
import sys
import time
from collections import Counter

import django
from tqdm import tqdm

django.setup()

from django.db import transaction  # noqa: E402 - after setup

from foundation.audit.services.entries import record  # noqa: E402
from foundation.audit.services.seals import seal_now  # noqa: E402
from foundation.audit.services.verification import examine  # noqa: E402
from foundation.casework.models import CaseEvent  # noqa: E402
from foundation.organizations.models import Organization, OrganizationName  # noqa: E402
from tests.audit.tampering import Tamperer  # noqa: E402

PER_ROUND = 50
PER_TRANSACTION = 100


def main():
    """Fill, seal, tamper, verify; exit code 1 when a deed was missed or something else was named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deeds", type=int, default=10_000)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    fill(options.rows, mark := f"{time.time_ns()}")
    rows = seal(options.rows)
    tamperer, missed, extra, kinds = Tamperer(options.seed), 0, 0, Counter()
    with tqdm(total=options.deeds, unit=" deeds") as bar:
        while kinds.total() < options.deeds:
            done = tamperer.tamper(min(PER_ROUND, options.deeds - kinds.total()))
            found = {(f.kind, f.table, f.row_id) for f in examine().findings}
            expected = {(deed.kind, deed.table, deed.row) for deed in done}
            missed, extra = missed + len(expected - found), extra + len(found - expected)
            tamperer.put_back(done)
            kinds.update(deed.kind.value for deed in done)
            bar.update(len(done))
    green = examine()
    print(
        f"rows {rows}, fill {mark}; deeds {dict(kinds)}: missed {missed}, wrongly named {extra}; green again: {green.is_green}"
    )
    return int(bool(missed or extra or not green.is_green))


def fill(rows, mark):
    """Write about so many rows in transactions of a hundred, spread over the four tables."""
    units = Organization.objects.bulk_create(
        Organization(code=f"T{mark}-{n}", name="t", kind="jurisdiction", path=f"{mark}{n:06d}")
        for n in range(PER_TRANSACTION)
    )
    for start in tqdm(range(0, rows, 4 * PER_TRANSACTION), desc="filling", unit=" transactions"):
        with transaction.atomic():
            numbers = range(start, start + PER_TRANSACTION)
            names = [OrganizationName(organization=units[0], name=f"旧名 {n}", starts_on="2020-02-29") for n in numbers]
            OrganizationName.objects.bulk_create(names)
            CaseEvent.objects.bulk_create(
                CaseEvent(
                    kind="t", case_no=mark, seq=n, action="a", to_status="b", at="2024-05-01T08:00Z", actor_name="n"
                )
                for n in numbers
            )
            Organization.objects.filter(code__startswith=f"T{mark}-").update(sort=start + 1)
            for number in numbers:
                record(actor="bench", action="bench.row.made", target_no=number, data={"n": number})


def seal(rows):
    """Seal and verify once, printing seconds per 50,000 rows."""
    began = time.perf_counter()
    seals = seal_now()
    sealed = time.perf_counter()
    report = examine()
    ended = time.perf_counter()
    if not report.is_green:
        sys.exit("\n".join(str(finding) for finding in report.findings))
    fresh = max(rows, 1)
    print(
        f"sealed about {rows} rows in {sealed - began:.2f} s ({(sealed - began) * 50_000 / fresh:.2f} s per 50,000), {len(seals)} seals"
    )
    print(
        f"verified {report.rows} rows in {ended - sealed:.2f} s ({(ended - sealed) * 50_000 / max(report.rows, 1):.2f} s per 50,000)"
    )
    return report.rows


if __name__ == "__main__":
    sys.exit(main())
