"""How long the sync of a large extract takes beside the bare minimum, and how much memory its worker needs.

The bare minimum: lxml passing over the same bytes and forgetting them, and COPY of the same rows into tables like ours,
with their indexes and without any. Every sync runs in a process of its own, so that the memory printed is its own.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

TODAY = date(2026, 11, 1)
AT = datetime(2026, 11, 1, tzinfo=UTC)
PAYER = "9000008-9"  # whose reports nobody reads unasked, so that nothing hangs on them
NOBODYS_SERIAL = 9_000_100  # from here on no demo employer has a Business ID
MOST_PAYERS = 100
TABLES = ("employers_person", "employers_employment", "employers_reportversion", "employers_paidabsence")
INDEXED, PLAIN = "INCLUDING ALL", "INCLUDING DEFAULTS"
BOTH = "lxml pass that reads nothing + COPY of the same rows into"
BESIDE, BESIDE_PLAIN = f"{BOTH} tables with our indexes", f"{BOTH} tables without any index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One sync, measured in its own process."""

    seconds: float
    megabytes: float  # at its peak
    new: int


@dataclass(frozen=True, slots=True)
class Memory:
    what: str
    megabytes: float

    def line(self) -> str:
        return f"{self.what:<34}{self.megabytes:>8,.0f} MB"


def figures(reports: int) -> list[Any]:
    """Without and with the signature, the same extract once more, and the worker's memory."""
    from portal.sandbox.figure import Figure

    with TemporaryDirectory() as folder:
        extract = Path(folder) / "extract.xml"
        count = write_extract(extract, at_most=reports)
        first, told_again = run(extract, "first"), run(extract, "again")
        signed, same = run(extract, "signed"), run(extract, "same")
        passed = _pass(extract)
        bare, plain = passed + _copy(INDEXED), passed + _copy(PLAIN)
        others = _other_people(Path(folder) / "others.xml", at_most=reports // 5)
        forget()
    return [
        Figure("reports synced", count, first.seconds, bare, BESIDE),
        Figure("  the same", count, first.seconds, plain, BESIDE_PLAIN),
        Figure("  the signature verified as well", count, signed.seconds, bare, BESIDE),
        Figure("  the same", count, signed.seconds, plain, BESIDE_PLAIN),
        *others,
        Figure("  the same octets once more", count, same.seconds, signed.seconds, "the first time"),
        Figure("  the same reports in other octets", count, told_again.seconds, first.seconds, "the first time"),
        Memory("  peak of the worker's memory", first.megabytes),
        Memory("  peak with the signature", signed.megabytes),
    ]


def _other_people(extract: Path, *, at_most: int) -> list[Any]:
    """An extract that repeats nobody: each report brings a person and an employment with it."""
    from portal.sandbox.figure import Figure

    count = write_extract(extract, at_most=at_most, months=1)
    first, passed = run(extract, "first"), _pass(extract)
    bare, plain = passed + _copy(INDEXED), passed + _copy(PLAIN)
    return [
        Figure("  each about another person", count, first.seconds, bare, BESIDE),
        Figure("  the same", count, first.seconds, plain, BESIDE_PLAIN),
    ]


def write_extract(path: Path, *, at_most: int, months: int = 12, payers: int = 1) -> int:
    """The last months of some payers, at most twelve, one payer after the other; how many reports. Never more than one
    of them in memory."""
    from django.conf import settings

    from portal.sandbox.register.answers import write_answer
    from portal.sandbox.register.data import Payslip, payer_reports
    from portal.sandbox.register.keys import make_keys
    from portal.sandbox.register.signatures import Signer

    each = at_most // payers

    def slips() -> Iterator[Payslip]:
        told = (islice(payer_reports(one, each // months + 1, TODAY), each) for one in business_ids(payers))
        return chain.from_iterable(told)

    make_keys(settings.REGISTER_FOLDER)
    number = sum(1 for _ in slips())
    span = (datetime(2025, 1, 1, tzinfo=UTC), AT)
    with path.open("wb") as file:
        write_answer(file, slips(), kind="401", span=span, count=number, signer=Signer(settings.REGISTER_FOLDER))
    return number


def business_ids(number: int) -> list[str]:
    """Of `PAYER` and of others that are in no demo."""
    from portal.sandbox import strangers

    return [PAYER, *islice(strangers.business_ids(NOBODYS_SERIAL), number - 1)]


def run(extract: Path, how: str) -> Run:
    """`how` is one of WAYS; first and signed begin with nothing known of the payer."""
    from django.conf import settings

    if how in ("first", "signed"):
        forget()
    command = [sys.executable, "-m", "portal.sandbox.syncing", str(extract), how]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, check=True)
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def forget() -> None:
    """As if the payers had never reported; and the workers beside this leave what they bring alone."""
    from django.db import connection

    from employers.income_register.models import PaidAbsence, QuarantinedReport, RegisterSync, ReportVersion
    from employers.people.models import Employment

    payers = _payers()
    payers.update(register_access=False)
    for model, path in (
        (PaidAbsence, "report__organisation"),
        (ReportVersion, "organisation"),
        (Employment, "organisation"),
        (QuarantinedReport, "organisation"),
    ):
        model._default_manager.filter(**{f"{path}__in": payers})._raw_delete(using="default")
    RegisterSync.objects.filter(organisation__in=payers).delete()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE employers_reportversion, employers_paidabsence, employers_employment")


def _payers() -> Any:
    """Those of them that the portal knows."""
    from employers.organisations.models import Organisation

    return Organisation.objects.filter(business_id__in=business_ids(MOST_PAYERS))


def _pass(extract: Path) -> float:
    from lxml import etree

    began = time.perf_counter()
    for _, element in etree.iterparse(str(extract), tag="Report"):
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
    return time.perf_counter() - began


def _copy(including: str) -> float:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        rows = {table: _rows(cursor, table) for table in TABLES}
        for table in TABLES:
            cursor.execute(f"CREATE TEMPORARY TABLE bare_{table} (LIKE {table} {including}) ON COMMIT DROP")
        began = time.perf_counter()
        for table in TABLES:
            with cursor.copy(f"COPY bare_{table} FROM STDIN") as copy:
                copy.write(rows[table])
        return time.perf_counter() - began


def _rows(cursor: Any, table: str) -> bytes:
    with cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(bytes(block) for block in copy)


def _sync(extract: IO[bytes], digest: str = "") -> int:
    """What a worker does with an extract once it is here; how many reports are new."""
    from django.db import transaction

    from employers.income_register.merge import settle
    from employers.income_register.models import RegisterSync
    from employers.income_register.parser import read
    from employers.income_register.stage import stage

    payers = dict(_payers().values_list("business_id", "pk"))
    sync = RegisterSync.objects.create(  # finished, or a worker would take it up
        organisation_id=payers[PAYER], requested_at=AT, finished_at=AT, status="finished", digest=digest
    )
    stage(read(extract), payers=payers)
    with transaction.atomic():
        return settle(sync=sync, at=AT).new


def _verified_sync(extract: IO[bytes]) -> int:
    """The same with the signature; octets that a sync has brought before are not read again."""
    from django.conf import settings

    from employers.income_register.models import RegisterSync
    from employers.income_register.verifying import copy_verified

    with TemporaryFile() as signed:
        digest = copy_verified(extract, signed, certificate=settings.REGISTER_FOLDER / "register.crt", at=AT)
        if RegisterSync.objects.filter(organisation__business_id=PAYER, digest=digest).exists():
            return 0
        return _sync(signed, digest)


WAYS = {"first": _sync, "again": _sync, "signed": _verified_sync, "same": _verified_sync}


def main(path: str, how: str) -> None:
    import django

    django.setup()
    with Path(path).open("rb") as extract:
        began = time.perf_counter()
        new = WAYS[how](extract)
        seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "megabytes": _peak(), "new": new}))


def _peak() -> float:
    """Of this program. What `getrusage` tells goes back to before it was started."""
    told = Path("/proc/self/status").read_text().partition("VmHWM:")[2]
    return int(told.split()[0]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
