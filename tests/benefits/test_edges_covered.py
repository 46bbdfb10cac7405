"""What a claim covers, so that nothing is claimed twice."""

from datetime import date
from typing import Any

import pytest

from employers.benefits.claim import Claim, Period
from employers.benefits.covered import covered, overlaps
from tests.benefits.golden import claim_of

ANNUAL, HEALTH = "annual_leave_compensation", "occupational_health_reimbursement"


def days(start: str, end: str) -> dict[str, date]:
    return {"start": date.fromisoformat(start), "end": date.fromisoformat(end)}


def away(start: str, end: str) -> Claim:
    return claim_of({"benefit": "sickness_allowance", "absence": days(start, end)})


def leave(*months: str) -> Claim:
    entries: list[dict[str, Any]] = [{"month": month} if month else {"paid_days": 20} for month in months]
    return claim_of({"benefit": ANNUAL, "details": {"months": entries}})


def care(start: str, end: str) -> Claim:
    return claim_of({"benefit": HEALTH, "details": {"accounting_period": days(start, end)}})


@pytest.mark.parametrize(
    ("claim", "periods"),
    [
        (away("2026-03-02", "2026-04-10"), [("2026-03-02", "2026-04-10")]),
        (leave("2026-02", "2026-12"), [("2026-02-01", "2026-02-28"), ("2026-12-01", "2026-12-31")]),
        (leave("", "2024-02"), [("2024-02-01", "2024-02-29")]),
        (care("2020-04-01", "2021-03-31"), [("2020-04-01", "2021-03-31")]),
        (care("2021-03-31", "2021-03-30"), []),
        (Claim(benefit=HEALTH), []),
    ],
)
def test_what_a_claim_covers(claim, periods):
    assert covered(claim) == [Period(**days(*period)) for period in periods]


@pytest.mark.parametrize(
    ("one", "other", "twice"),
    [
        (away("2026-03-02", "2026-04-10"), away("2026-04-10", "2026-04-20"), True),
        (away("2026-03-02", "2026-04-10"), away("2026-04-11", "2026-04-20"), False),
        (leave("2026-02", "2026-03"), leave("2026-05", "2026-03"), True),
        (leave("2026-02", "2026-03"), leave("2026-04"), False),
        (care("2020-01-01", "2020-12-31"), care("2020-12-31", "2021-12-30"), True),
        (care("2020-01-01", "2020-12-31"), care("2021-01-01", "2021-12-31"), False),
    ],
)
def test_what_is_claimed_twice(one, other, twice):
    assert overlaps(one, other) is twice
    assert overlaps(other, one) is twice
