"""Claims for property tests: sound ones of every benefit, and whatever a reader could make of what somebody sent."""

import os
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from employers.benefits.claim import (
    BENEFITS,
    CERTIFICATES,
    INSURER_CASES,
    OTHER_DAY_KINDS,
    PAY_BASES,
    Claim,
    Earlier,
    Employee,
    Employment,
    Income,
    OtherDays,
    PayPeriod,
    Period,
)
from employers.benefits.details import DETAILS, Detail, Kind

# The first look at a year's holidays is slow; `make proof` asks for more examples.
unhurried = settings(
    deadline=None, max_examples=int(os.environ.get("PROPERTY_EXAMPLES", min(60, settings().max_examples)))
)

FIRST_KNOWN, LAST_KNOWN = date(2024, 1, 1), date(2026, 12, 31)
BY_THE_WEEKDAY = BENEFITS[:10]
SUMS = BENEFITS[10:]
ONSETS = st.dates(FIRST_KNOWN, LAST_KNOWN)
MONEY = st.decimals(0, 200_000, places=2)
MONTHLY = st.decimals(0, 20_000, places=2)
DAY = timedelta(days=1)

any_day = st.dates() | st.dates(date(2018, 12, 1), date(2028, 1, 31))
maybe_day = st.none() | any_day
read_money = st.decimals(Decimal("-999999999999.99"), Decimal("999999999999.99"), places=2) | MONEY
short = st.text(max_size=3)


def value_of(detail: Detail) -> st.SearchStrategy[Any]:
    """What the reader of the kind lets through."""
    match detail.kind:
        case Kind.NUMBER:
            return st.decimals(0, detail.most or 10**9, places=2)
        case Kind.COUNT:
            return st.integers(0, 40) | st.integers(0, detail.most or 10**6)
        case Kind.CHOICE:
            return st.sampled_from(detail.choices)
        case Kind.TEXTS:
            return st.lists(st.sampled_from(detail.choices) | short, max_size=3).map(tuple)
        case Kind.OBJECT:
            return members_of(detail.members)
        case Kind.LIST:
            return st.lists(members_of(detail.members), max_size=4).map(tuple)
        case _:
            return PLAIN[detail.kind]


PLAIN: Mapping[Kind, st.SearchStrategy[Any]] = {
    Kind.DAY: any_day,
    Kind.MONTH: any_day.map(lambda day: day.isoformat()[:7]),
    Kind.MONEY: read_money,
    Kind.TRUTH: st.booleans(),
    Kind.IBAN: st.just("FI2112345600000785"),
}


def members_of(declared: Mapping[str, Detail]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of the members, each there or not."""
    return st.fixed_dictionaries({}, optional={name: value_of(detail) for name, detail in declared.items()})


def read_claims(benefit: str) -> st.SearchStrategy[Claim]:
    return st.builds(
        Claim,
        benefit=st.just(benefit),
        employer=short,
        reference=short,
        employee=st.none() | st.builds(Employee, **dict.fromkeys(Employee.__slots__, short | st.just("010190-9123"))),
        employment=st.none() | st.builds(Employment, start=any_day, end=maybe_day),
        absence=st.none() | st.builds(Period, start=any_day, end=any_day),
        continues_application=st.none() | st.just("0197f1a0-0000-7000-8000-000000000001"),
        previous_paid_day=maybe_day,
        pay_periods=st.lists(st.builds(PayPeriod, start=any_day, end=any_day, amount=read_money), max_size=3).map(
            tuple
        ),
        pay_basis=st.sampled_from([*PAY_BASES, ""]),
        pay_continues_from=maybe_day,
        other_days=st.lists(
            st.builds(OtherDays, start=any_day, end=any_day, kind=st.sampled_from(OTHER_DAY_KINDS)), max_size=3
        ).map(tuple),
        certificate=st.none() | st.sampled_from(CERTIFICATES),
        insurer_case=st.sampled_from(INSURER_CASES),
        payment_reference=st.none() | short,
        payment_specifier=st.none() | st.text(max_size=30),
        details=members_of(DETAILS[benefit]),
    )


any_read_claim = st.sampled_from(BENEFITS).flatmap(read_claims)
any_income = st.builds(Income, annual=st.none() | read_money, at_least=st.booleans()) | st.builds(
    Income, after_deduction=read_money
)
# How spells of each family of benefits wait; of a paid day that is merely named neither is known.
FAMILIES = (
    (None, None), ("sickness", "full"), ("parents", "none"), ("donor", "none"), ("infectious", "none"),
    ("rehabilitation", "none"), ("rehabilitation", "onset"), ("rehabilitation", "full"), ("rehabilitation", "thirty"),
)  # fmt: skip
used = {
    "pregnancy_days_used": st.integers(0, 60),
    "days_used": st.integers(0, 400),
    "raised_days_used": st.integers(0, 20),
}


def earlier_periods(**known: st.SearchStrategy[Any]) -> st.SearchStrategy[Earlier]:
    return st.sampled_from(FAMILIES).flatmap(
        lambda family: st.builds(Earlier, group=st.just(family[0]), wait=st.just(family[1]), **known, **used)
    )


def just_before(day: date) -> st.SearchStrategy[Earlier]:
    """A period of any benefit that ended within days, paid or not."""
    long_before, shortly_before = (
        st.integers(1, most).map(lambda days: day - timedelta(days=days)) for most in (40, 4)
    )
    return earlier_periods(last_paid_day=long_before, onset=long_before, period_end=shortly_before)


any_earlier = st.none() | earlier_periods(last_paid_day=any_day, period_end=maybe_day, onset=maybe_day)
hours = st.sampled_from(["0.40", "0.50", "0.60"]).map(Decimal)
rehabilitation = {
    "kind": st.sampled_from(["ordinary", "vocational"]),
    "waiting": st.sampled_from(["none", "onset", "full", "thirty"]),
}
SOUND_DETAILS: Mapping[str, st.SearchStrategy[dict[str, Any]]] = {
    "sickness_allowance": st.just({}),
    "partial_sickness_allowance": hours.map(
        lambda share: {"weekly_hours_before": Decimal("37.5"), "weekly_hours_agreed": Decimal("37.5") * share}
    ),
    "pregnancy_allowance": st.just({}),
    "special_pregnancy_allowance": st.just({"hazards": ("chemical",), "other_work_offered": False}),
    "parental_allowance": st.fixed_dictionaries(
        {}, optional={"days_used": st.integers(0, 30), "raised_days_used": st.integers(0, 20)}
    ),
    "partial_parental_allowance": st.just({"daily_hours_agreed": Decimal("5.00")}),
    "rehabilitation_allowance": st.fixed_dictionaries({}, optional=rehabilitation),
    "partial_rehabilitation_allowance": st.fixed_dictionaries(
        {"daily_hours_before": st.just(Decimal("7.5")), "daily_hours_agreed": st.just(Decimal("4.0"))},
        optional=rehabilitation,
    ),
    "infectious_disease_allowance": MONTHLY.map(lambda pay: {"monthly_pay": pay}),
    "donor_allowance": MONEY.map(lambda lost: {"earnings_lost": lost}),
}


@st.composite
def sound_claims(draw: st.DrawFn, benefits: tuple[str, ...] = BY_THE_WEEKDAY, most_days: int = 90) -> Claim:
    """Without errors: consecutive pay periods and other days, all inside the absence."""
    benefit, start = draw(st.sampled_from(benefits)), draw(ONSETS)
    least = 20 if benefit == "partial_sickness_allowance" else 0  # shorter part-time work is not planned
    end = start + timedelta(days=draw(st.integers(least, most_days)))
    stretches = cut(start, end, draw(st.lists(st.integers(0, most_days), max_size=4, unique=True)))
    paid = [stretch for stretch in stretches if draw(st.booleans())] or stretches[:1]
    return Claim(
        benefit=benefit,
        absence=Period(start=start, end=end),
        pay_periods=tuple(PayPeriod(start=first, end=last, amount=draw(MONTHLY)) for first, last in paid),
        other_days=tuple(
            OtherDays(start=first, end=first, kind=draw(st.sampled_from(OTHER_DAY_KINDS)))
            for first, _ in stretches
            if draw(st.booleans())
        ),
        pay_basis="full" if benefit.startswith("partial_") else draw(st.sampled_from(PAY_BASES)),
        details=draw(SOUND_DETAILS[benefit]),
    )


def cut(start: date, end: date, marks: list[int]) -> list[tuple[date, date]]:
    """The days from start to end in consecutive stretches."""
    firsts = sorted({start, *(day for mark in marks if (day := start + timedelta(days=mark)) <= end)})
    lasts = [*(first - DAY for first in firsts[1:]), end]
    return list(zip(firsts, lasts, strict=True))
