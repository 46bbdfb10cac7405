"""The simulated register: what it holds, and that it speaks the register's own schemas."""

import os
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from employers.income_register.parser import reports_in
from employers.organisations.identifiers import is_personal_identity_code
from portal.sandbox.register.answers import Signer, write_answer
from portal.sandbox.register.data import Payer, identity_code, payer_reports, payslips
from tests.income_register.conftest import AT, TODAY

LARGE = Payer(business_id="9000007-0", employees=1001)
SCHEMAS = os.environ.get("INCOME_REGISTER_XSD")
EVER = (datetime(2019, 1, 1, tzinfo=UTC), AT)


@pytest.fixture(scope="module")
def year():
    return list(payer_reports(LARGE.business_id, LARGE.employees, TODAY))


def test_twelve_months_of_the_large_employer(year):
    assert len({slip.report_id for slip in year}) == 12 * 1001
    assert len({slip.month for slip in year}) == 12
    assert max(slip.payment_date for slip in year) == date(2026, 10, 28)


def test_the_same_again(year):
    assert list(payer_reports(LARGE.business_id, LARGE.employees, TODAY)) == year


def test_a_day_later_nothing_has_changed(year):
    """Reports are facts: what was told stays told, whenever one asks."""
    later = payslips(LARGE, since=year[0].month, received=(EVER[0], AT + timedelta(days=60)))
    assert set(year) <= set(later)


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 2, 28), date(2026, 7, 29), date(2026, 11, 30)])
def test_whenever_it_starts_some_claims_are_open_and_some_too_late(today):
    sick = [slip.sick for slip in payer_reports(LARGE.business_id, LARGE.employees, today) if slip.sick]
    long = [one for one in sick if (one.end - one.start).days > 12]
    assert 36 <= len(long) < 100
    assert len(sick) > 5 * len(long)
    assert sum(today - one.start < timedelta(days=59) for one in long) >= 3
    assert sum(today - one.start > timedelta(days=92) for one in long) >= 20
    assert sum(one.claimed for one in long) >= 6


def test_corrections_and_an_invalidation(year):
    assert sum(slip.version == 2 and not slip.invalidated for slip in year) >= 20
    assert any(slip.invalidated for slip in year)


def test_identity_codes_are_valid_synthetic_and_different():
    codes = [identity_code(serial) for serial in range(60_000)]
    assert len(set(codes)) == len(codes)
    assert all(int(code[7:10]) >= 900 for code in codes)
    assert all(is_personal_identity_code(code, allow_temporary=True) for code in codes[::61])


def test_an_answer_follows_the_schema(keys):
    slips = list(payslips(Payer(business_id="9000006-2", employees=200), since=date(2025, 11, 1), received=EVER))
    answer = BytesIO()
    write_answer(answer, slips, kind="401", span=EVER, count=len(slips), signer=Signer(keys))
    answer.seek(0)
    assert len(list(reports_in(answer))) == len(slips)
    answer.seek(0)
    schema("WageReportsFromIR.xsd").assertValid(etree.parse(answer))


def schema(name: str) -> etree.XMLSchema:
    if not SCHEMAS:
        pytest.skip("INCOME_REGISTER_XSD NAMES NO FOLDER: MESSAGES ARE NOT CHECKED AGAINST THE REGISTER'S OWN SCHEMAS")
    [path] = Path(SCHEMAS).rglob(name)
    return etree.XMLSchema(etree.parse(path))
