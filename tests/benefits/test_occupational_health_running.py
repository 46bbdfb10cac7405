"""The running total is what the estimate reckons with; and which years are open."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from employers.benefits import occupational_health as rules
from employers.benefits.claim import Claim, Income, Period
from employers.benefits.law import Law
from employers.benefits.occupational_health_running import running
from employers.benefits.occupational_health_years import following, last_day, open_periods

CENTS = st.integers(0, 3_000_000).map(lambda cents: Decimal(cents) / 100)
KINDS = st.sampled_from(["physician", "nurse", "laboratory", "base_fee"])
COSTS = st.lists(st.tuples(st.sampled_from(["I", "II"]), KINDS, CENTS), max_size=8)


def claim(costs, *, year: int = 2020, employees: int | None = 25, income=None) -> Claim:
    details = {
        "accounting_period": {"start": date(year, 1, 1), "end": date(year, 12, 31)},
        "employees": employees,
        "costs": tuple({"class": name, "kind": kind, "amount": amount} for name, kind, amount in costs),
        "deductible_income": income or {},
    }
    return Claim(benefit="occupational_health_reimbursement", details=details)


@given(COSTS, st.integers(1, 40), st.integers(0, 100), st.sampled_from([2020, 2022]))
def test_the_totals_are_those_of_the_estimate(costs, employees: int, part: int, year: int) -> None:
    gross = sum((amount for name, _kind, amount in costs if name == "I"), start=Decimal(0))
    income = {"I": (gross * part / 100).quantize(Decimal("0.01"), rounding="ROUND_DOWN")}
    said, law = claim(costs, employees=employees, income=income, year=year), Law.on(date(year, 1, 1))
    estimate = rules.RULES.estimate(said, law=law, income=Income())
    found = running(said, law=law)
    if estimate.to_employer is None or not costs:
        return
    accepted = {line.code: Decimal(line.quantity) for line in estimate.lines}
    for one in found.classes:
        assert abs(accepted.get(rules.LINES[one.name], Decimal(0)) - one.accepted) <= Decimal("0.005")
        assert one.accepted + one.over == one.net
        assert one.left == one.most - one.accepted
    assert found.accepted <= found.ceiling.total
    assert found.ceiling.confirmed is (year == 2020)


def test_the_worked_example_over_the_second_class() -> None:
    found = running(
        claim([("I", "nurse", Decimal(5200)), ("II", "nurse", Decimal(6000))]), law=Law.on(date(2020, 1, 1))
    )
    first, second = found.classes
    assert found.ceiling.total == Decimal("10590.00")
    assert (first.left, first.over) == (Decimal("5390.00"), 0)
    assert (second.most, second.left, second.over) == (Decimal("4236.0000"), 0, Decimal("1764.00"))


def test_a_ceiling_that_is_not_confirmed_has_its_bounds() -> None:
    ceiling = running(claim([], year=2021, employees=10), law=Law.on(date(2021, 1, 1))).ceiling
    assert (ceiling.confirmed, ceiling.low, ceiling.high) == (False, Decimal("4236.0"), Decimal("4490"))


def test_nothing_is_invented_where_nothing_is_known() -> None:
    for said, law in (
        (claim([("I", "nurse", Decimal(10))], year=2025), Law.on(date(2025, 1, 1))),
        (claim([("I", "nurse", Decimal(10))], employees=None), Law.on(date(2020, 1, 1))),
        (claim([("I", "nurse", Decimal(10))]), Law.on(date.min)),
    ):
        found = running(said, law=law)
        assert (found.ceiling, found.accepted) == (None, None)
        assert found.classes[0].costs == Decimal(10)
        assert {(one.most, one.left, one.over) for one in found.classes} == {(None, None, None)}


def test_periods_follow_each_other_and_end() -> None:
    broken = Period(start=date(2024, 5, 1), end=date(2025, 4, 30))
    assert following(broken) == Period(start=date(2025, 5, 1), end=date(2026, 4, 30))
    assert last_day(broken, months=6) == date(2025, 10, 30)


def test_open_is_what_has_ended_and_is_not_late() -> None:
    year = Period(start=date(2025, 1, 1), end=date(2025, 12, 31))
    for on, found in (
        (date(2025, 12, 31), []),
        (date(2026, 1, 1), [year]),
        (date(2026, 6, 30), [year]),
        (date(2026, 7, 1), []),
    ):
        assert list(open_periods(None, on=on, months=6)) == found
        assert list(open_periods(Period(start=date(2024, 1, 1), end=date(2024, 12, 31)), on=on, months=6)) == found
    assert list(open_periods(year, on=date(2026, 4, 1), months=6)) == []
