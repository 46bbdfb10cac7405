"""Figures beside the bare minimum: the same work, on the same machine, in the same run, with nothing but a loop.

Nothing here asserts a time; it prints rates and ratios for people to judge.
"""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction
from lxml import etree

from employers.applications.models import Application
from employers.applications.submit import Filing, submit
from employers.benefits.claim import Claim, Employee, Employment, PayPeriod, Period
from employers.income_register.merge import merge
from employers.income_register.models import RegisterSync
from employers.income_register.parser import reports_in
from employers.income_register.schema import Report
from employers.organisations.access import Actor
from employers.organisations.models import Organisation, RegisterRole
from portal.sandbox import bench_batches, bench_findings, bench_http, bench_lists, estimating, syncing
from portal.sandbox.figure import Figure, timed
from portal.sandbox.register.answers import write_answer
from portal.sandbox.register.data import identity_code, payer_reports
from portal.sandbox.register.keys import make_keys
from portal.sandbox.register.signatures import Signer
from portal.sandbox.start_page import Latency, latency
from portal.sandbox.syncing import Memory

PAYER = syncing.PAYER
APPLICANT = "9000004-6"
START = date(2026, 3, 2)
ON_THE_START_PAGE = 10_000  # applications of the employer


def figures(
    *, reports: int, synced: int, absences: int, applications: int, listed: int
) -> Iterator[Figure | Latency | Memory]:
    """One after another, as they are measured."""
    make_keys(settings.REGISTER_FOLDER)
    with TemporaryFile() as extract:
        count = _write_extract(extract, at_most=reports)
        yield _parsing(extract, count)
        yield _merging(extract, count)
    yield from syncing.figures(synced)
    yield from bench_findings.figures(absences=absences)
    yield _submitting(applications)
    yield from estimating.figures(applications * 10)
    yield _start_page(ON_THE_START_PAGE)
    yield from bench_http.figures(applications=applications)
    yield from bench_batches.figures(rows=applications * 20)
    yield from bench_lists.figures(applications=listed)


def _write_extract(file: IO[bytes], *, at_most: int) -> int:
    slips = [slip for slip, _ in zip(payer_reports(PAYER, 1001, date(2026, 11, 1)), range(at_most), strict=False)]
    span = (datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC))
    write_answer(file, slips, kind="401", span=span, count=len(slips), signer=Signer(settings.REGISTER_FOLDER))
    return len(slips)


def _parsing(extract: IO[bytes], count: int) -> Figure:
    def ours() -> None:
        extract.seek(0)
        for _ in reports_in(extract):
            pass

    def bare() -> None:
        extract.seek(0)
        for _, element in etree.iterparse(extract, tag="Report"):
            element.clear()

    return Figure("register reports parsed", count, timed(ours), timed(bare), "lxml iterparse that reads nothing")


def _merging(extract: IO[bytes], count: int) -> Figure:
    organisation = Organisation.objects.get(business_id=PAYER)
    at = datetime(2026, 11, 1, tzinfo=UTC)
    extract.seek(0)
    parsed = [report for report in reports_in(extract) if isinstance(report, Report)]

    def ours() -> None:
        with transaction.atomic():
            sync = RegisterSync.objects.create(organisation=organisation, requested_at=at)
            merge(parsed, sync=sync, at=at)
            transaction.set_rollback(True)

    rows = [(report.report_id, report.version, report.payment_date) for report in parsed]
    return Figure("register reports merged", count, timed(ours), timed(lambda: _copy(rows)), "COPY of three columns")


def _copy(rows: list[tuple[Any, ...]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bare (report text, version int, paid date) ON COMMIT DROP")
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _start_page(count: int) -> Latency:
    filing = _filing()
    like = Application.objects.filter(organisation=filing.by.principal).latest("id")
    assert filing.by.user
    return latency(applications=count, visits=100, like=like, user=filing.by.user, filing=filing)


def _filing() -> Filing:
    organisation = Organisation.objects.get(business_id=APPLICANT)
    user = RegisterRole.objects.filter(organisation=organisation).select_related("user")[0].user
    by = Actor(role="employer", user=user, principal=organisation)
    return Filing(channel="web", by=by, at=datetime(2026, 4, 15, tzinfo=UTC))


def _submitting(count: int) -> Figure:
    filing, organisation = _filing(), Organisation.objects.get(business_id=APPLICANT)
    there = Application.objects.count()  # people nobody has applied for yet
    claims = [_claim(there + number) for number in range(count)]

    def ours() -> None:
        for claim in claims:
            submit(organisation=organisation, claim=claim, filing=filing)

    return Figure(
        "applications sent (one process)", count, timed(ours), timed(lambda: _insert(count)), "five bare INSERTs each"
    )


def _insert(count: int) -> None:
    """As many rows a transaction as sending writes: person, application, version, history, event."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bare_row (id serial PRIMARY KEY, content text)")
    content = io.StringIO("x" * 400).getvalue()
    for _ in range(count):
        with transaction.atomic(), connection.cursor() as cursor:
            for _ in range(5):
                cursor.execute("INSERT INTO bare_row (content) VALUES (%s)", [content])


def _claim(number: int) -> Claim:
    end = START + timedelta(days=39)
    return replace(
        EXAMPLE,
        reference=f"bench-{number}",
        employee=Employee(personal_identity_code=identity_code(100_000 + number), given_name="B", family_name="M"),
        absence=Period(start=START, end=end),
        pay_periods=(PayPeriod(start=START, end=end, amount=Decimal("3600.00")),),
    )


EXAMPLE = Claim(
    benefit="sickness_allowance",
    employer=APPLICANT,
    employment=Employment(start=date(2019, 5, 2)),
    certificate="electronic",
)
