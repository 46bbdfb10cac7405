"""What the simulated register knows of a rich payer: every kind of leave, told as payers would tell it."""

import tracemalloc
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import islice, pairwise

import pytest
from lxml import etree

from employers.income_register.parser import reports_in
from employers.income_register.schema import Report
from portal.sandbox.register import leaves
from portal.sandbox.register.answers import Extract, Signer, Spool, write_extract
from portal.sandbox.register.data import SHARED, Payer, payslips, person
from portal.sandbox.register.knowledge import Asked, Knowledge
from portal.sandbox.register.memory import Memory
from portal.sandbox.register.reports import report
from portal.sandbox.register.rules import report_errors
from portal.sandbox.register.server import cast
from tests.income_register.conftest import AT, TODAY
from tests.income_register.schemas import schema

SINCE, EVER = date(2025, 11, 1), (datetime(2019, 1, 1, tzinfo=UTC), AT)
RICH = Payer(business_id="9000007-0", employees=1001, rich=True)


@pytest.fixture(scope="module")
def slips():
    return list(payslips(RICH, since=SINCE, received=EVER))


@pytest.fixture(scope="module")
def told(slips):
    return [etree.fromstring(report(slip)) for slip in slips[:: len(slips) // 3000 or 1]]


def test_every_cause_is_there_and_some_are_claimed(slips):
    causes = Counter(leave.cause for slip in slips for leave in slip.leaves)
    assert set(causes) == {*range(1, 7), 8, 17, 20, 21, 22, 23}
    claimed = {(leave.cause, leave.claimed) for slip in slips for leave in slip.leaves}
    assert {(3, (1,)), (3, (1, 2)), (3, ()), (5, (1,)), (5, ())} <= claimed
    assert sum(slip.sick is not None for slip in slips) > 300


def test_special_pregnancy_leave_is_a_womans(slips):
    people = {slip.person for slip in slips if any(leave.cause == leaves.SPECIAL for leave in slip.leaves)}
    assert people
    assert all(int(one.identity_code[7:10]) % 2 == 0 for one in people)


def test_a_plain_payer_is_what_it_was_and_a_rich_one_has_the_same_people(slips):
    plain = Payer(business_id=RICH.business_id, employees=RICH.employees)
    ill = [slip for slip in payslips(plain, since=SINCE, received=EVER) if slip.leaves]
    assert ill == []
    assert all(person(plain, number) == person(RICH, number) for number in range(40) if number != SHARED)


def test_a_leave_is_told_month_by_month_without_gap_or_overlap(slips):
    spells: dict[tuple[int, int], list] = {}
    for slip in slips:
        if slip.version == 1 and slip.number != SHARED:
            for leave in slip.leaves:
                spells.setdefault((slip.number, leave.cause), []).append(leave)
    goes_on = [(one, other) for parts in spells.values() for one, other in pairwise(parts) if one.until]
    assert len(goes_on) > 50
    assert all(other.start == one.end + timedelta(days=1) for one, other in goes_on)


def test_what_is_generated_keeps_the_registers_own_rules(told):
    found = [error for root in told for error in report_errors(root.find("DeliveryData"), root)]
    assert found == []


def test_it_is_told_by_the_schema_and_read_by_the_parser(slips, keys):
    some = [slip for slip in slips if slip.leaves or slip.version > 1][:600]
    answer = BytesIO()
    told = Extract(kind="302", span=EVER, at=AT, profile="full", references=("a" * 32, "b" * 32, "main", "part"))
    write_extract(answer, told, Spool(map(report, some)), signer=Signer(keys))
    answer.seek(0)
    read = list(reports_in(answer))
    assert len(read) == len(some)
    assert all(isinstance(one, Report) for one in read)
    answer.seek(0)
    schema("WageReportsFromIR.xsd").assertValid(etree.parse(answer))


def test_part_time_hourly_and_fixed_term_people(told):
    def some(path, text):
        return any(one.text == text for root in told for one in root.iterfind(f"IncomeEarner/Employment/{path}"))

    for path, text in (
        ("EmploymentCode", "2"),
        ("TermCode", "2"),
        ("PaymentTypes/PaymentType", "2"),
        ("PartTime", "60.00"),
    ):
        assert some(path, text), path
    assert any(root.find(".//UnitWage/UnitPrice") is not None for root in told)
    assert any(code.text == "304" for root in told for code in root.iter("TransactionCode"))


def test_one_person_works_for_two_and_is_ill_at_both_at_once():
    neighbours = [Payer(business_id=one, employees=20, rich=True) for one in ("9000006-2", "9000007-0")]
    assert person(neighbours[0], SHARED).identity_code == person(neighbours[1], SHARED).identity_code
    ill = [
        {leave for slip in payslips(one, since=SINCE, received=EVER, numbers=[SHARED]) for leave in slip.leaves}
        for one in neighbours
    ]
    assert ill[0] == ill[1] != set()


def test_corrected_and_cancelled_illnesses(slips):
    second = {(slip.number, slip.month): slip for slip in slips if slip.version == 2}
    first = {key: slip for slip in slips if slip.version == 1 and (key := (slip.number, slip.month)) in second}
    shortened = [key for key in second if second[key].sick and first[key].sick.end > second[key].sick.end]
    cancelled = [key for key in second if second[key].invalidated and first[key].sick and first[key].sick.claimed]
    assert shortened
    assert cancelled


def test_the_sandbox_is_rich():
    assert all(payer.rich for payer in cast().values())


def test_any_size_in_constant_memory(keys, tmp_path):
    """Reports are written as they are made: ten times as many take no more memory."""
    payers = {RICH.business_id: Payer(business_id=RICH.business_id, employees=100_000, rich=True)}
    knowledge = Knowledge(payers=payers, memory=Memory(tmp_path), today=TODAY)
    asked = Asked(received=(AT - timedelta(days=40), AT))
    peaks = []
    for size in (300, 3000):
        tracemalloc.start()
        with (tmp_path / "extract").open("wb") as file:
            reports = Spool(islice(knowledge.told(asked), size))
            write_extract(file, Extract(kind="302", span=EVER, at=AT), reports, signer=Signer(keys))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert len(reports) == 3000
    assert (tmp_path / "extract").stat().st_size > 5_000_000
    assert peaks[1] - peaks[0] < 500_000  # bytes, of five million written
