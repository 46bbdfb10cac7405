"""What is wrong with a claim: every code, its severity and the member it points at."""

from datetime import date
from decimal import Decimal

import pytest

from employers.benefits import rules
from employers.benefits.claim import Claim, Earlier, Employee, Employment, OtherDays, PayPeriod, Period
from employers.benefits.law import Law
from employers.benefits.problems import CATALOGUE
from tests.benefits.claims import CLAIM, END, START, absent, claim

LAW = Law.on(START)
FILED = date(2026, 4, 20)


def day(text: str) -> date:
    return date.fromisoformat(text)


def pay(start: str, end: str, amount: str = "100.00") -> PayPeriod:
    return PayPeriod(start=day(start), end=day(end), amount=Decimal(amount))


def other(start: str, end: str, kind: str = "unpaid") -> OtherDays:
    return OtherDays(start=day(start), end=day(end), kind=kind)


def found(claim: Claim, **given) -> list[tuple[str, str, str]]:
    problems = rules.check(claim, law=LAW, **{"submitted_on": FILED, **given})
    return sorted((problem.pointer, problem.code, problem.severity) for problem in problems)


CHANGES = [
    ({"employer": ""}, "/employer required error"),
    ({"reference": ""}, "/reference required error"),
    ({"employee": None}, "/employee required error"),
    (
        {"employee": Employee(personal_identity_code="010190-9123", given_name=" ", family_name="E")},
        "/employee/given_name required error",
    ),
    ({"employment": None}, "/employment/start required error"),
    ({"pay_basis": ""}, "/pay_basis required error"),
    ({"pay_periods": ()}, "/pay_periods pay_periods_missing error"),
    ({"benefit": "no_such_thing"}, "/benefit benefit_not_supported error"),
    ({"pay_basis": "half"}, "/pay_basis invalid_choice error"),
    ({"certificate": "lost"}, "/certificate invalid_choice error"),
    ({"insurer_case": "fire"}, "/insurer_case invalid_choice error"),
    ({"details": {"due_date": "2026-04-13"}}, "/details/due_date unknown_field error"),
    ({"pay_periods": (pay("2026-03-20", "2026-03-02"),)}, "/pay_periods/0/end before_start error"),
    ({"other_days": (other("2026-03-20", "2026-03-19"),)}, "/other_days/0/end before_start error"),
    ({"pay_periods": (pay("2026-03-01", "2026-04-10"),)}, "/pay_periods/0/start outside_absence error"),
    (
        {"pay_periods": (pay("2026-03-02", "2026-03-31"), pay("2026-04-01", "2026-04-11"))},
        "/pay_periods/1/end outside_absence error",
    ),
    ({"other_days": (other("2026-04-10", "2026-04-11"),)}, "/other_days/0/end outside_absence error"),
    (
        {"pay_periods": (pay("2026-03-16", "2026-04-10"), pay("2026-03-02", "2026-03-16"))},
        "/pay_periods/1 overlapping_periods error",
    ),
    (
        {"other_days": (other("2026-03-16", "2026-03-16"), other("2026-03-02", "2026-03-16"))},
        "/other_days/1 overlapping_periods error",
    ),
    ({"pay_periods": (pay("2026-03-02", "2026-04-10", "-0.01"),)}, "/pay_periods/0/amount amount_negative error"),
    ({"pay_periods": (pay("2026-03-02", "2026-04-10", "NaN"),)}, "/pay_periods/0/amount amount_invalid error"),
    ({"pay_periods": (pay("2026-03-02", "2026-04-10", "1E+99"),)}, "/pay_periods/0/amount amount_invalid error"),
    ({"previous_paid_day": START}, "/previous_paid_day not_before_absence error"),
    ({"previous_paid_day": day("2018-12-31")}, "/previous_paid_day date_out_of_range error"),
    ({"pay_continues_from": date.max}, "/pay_continues_from date_out_of_range error"),
    ({"employment": Employment(start=date.min)}, "/employment/start date_out_of_range error"),
    ({"employment": Employment(start=date.max)}, "/employment/start date_out_of_range error"),
    ({"employment": Employment(start=day("2026-03-03"))}, "/employment/start before_employment error"),
    (
        {"employment": Employment(start=day("2019-05-02"), end=day("2026-03-01"))},
        "/employment/end after_employment error",
    ),
    (
        {"employment": Employment(start=day("2019-05-02"), end=day("2026-04-09"))},
        "/employment/end ends_after_employment warning",
    ),
    (
        {"employment": Employment(start=day("2019-05-02"), end=day("2019-05-01"))},
        "/employment/end before_start error",
    ),
    (
        {"payment_reference": "1232", "payment_specifier": "March"},
        "/payment_specifier reference_and_specifier error",
    ),
    ({"payment_specifier": "x" * 21}, "/payment_specifier specifier_too_long error"),
    ({"pay_basis": "difference"}, "/pay_basis difference_only warning"),
    ({"insurer_case": "traffic"}, "/insurer_case insurer_first warning"),
    ({"other_days": (other("2026-03-16", "2026-03-17", "annual_leave"),)}, "/other_days/0 annual_leave_inside warning"),
    ({"other_days": (other("2026-03-16", "2026-03-17", "worked"),)}, "/other_days/0 worked_days_inside warning"),
    ({"other_days": (other("2026-03-16", "2026-03-17", "party"),)}, "/other_days/0/kind invalid_choice error"),
    ({"previous_paid_day": day("2026-01-30")}, "/previous_paid_day too_long_ago warning"),
]


@pytest.mark.parametrize(("changes", "expected"), CHANGES, ids=[expected for _, expected in CHANGES])
def test_one_thing_wrong_is_one_problem(changes, expected):
    assert found(claim(**changes)) == [tuple(expected.split())]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"other_days": (other("2026-03-16", "2026-03-17"),)},
        {"payment_specifier": "x" * 20},
        {"payment_reference": "1232"},
        {"employment": Employment(start=START, end=END)},
        {"employment": Employment(start=day("1985-01-02"), end=date.max)},
        {"pay_periods": (pay("2026-03-02", "2026-03-15"), pay("2026-03-16", "2026-04-10"))},
        {"pay_periods": (pay("2026-03-02", "2026-04-10", "0.00"),)},
        {"certificate": "not_needed", "pay_continues_from": day("2026-04-11")},
    ],
)
def test_nothing_wrong(changes):
    assert found(claim(**changes)) == []


def test_all_at_once():
    wrong = claim(
        employer="",
        absence=Period(start=END, end=START),
        pay_basis="difference",
        payment_reference="1232",
        payment_specifier="March",
    )
    codes = {code for _, code, _ in found(wrong)}
    assert codes == {"before_start", "required", "reference_and_specifier", "difference_only"}


def test_an_empty_claim_lists_what_is_missing():
    pointers = [pointer for pointer, _, _ in found(Claim(benefit="sickness_allowance"))]
    assert pointers == ["/absence", "/employee", "/employer", "/employment/start", "/pay_periods", "/reference"]


def test_an_estimate_needs_neither_employer_nor_employee():
    bare = claim(employer="", reference="", employee=None, employment=None)
    assert found(bare, submitted_on=None) == []


def test_too_many_entries_are_one_problem():
    assert found(claim(pay_periods=CLAIM.pay_periods[:1] * 61))[0] == ("/pay_periods", "too_many_periods", "error")
    once = (other("2026-03-16", "2026-03-16"),)
    assert found(claim(other_days=once * 367))[0] == ("/other_days", "too_many_periods", "error")


@pytest.mark.parametrize(
    ("absence", "pointer"),
    [(("2018-12-31", "2019-01-31"), "/absence/start"), (("2026-03-02", "9999-12-31"), "/absence/end")],
)
def test_dates_out_of_range(absence, pointer):
    assert (pointer, "date_out_of_range", "error") in found(absent(*map(day, absence)))


@pytest.mark.parametrize("onset", ["2019-01-01", "2023-12-31", "2027-01-01"])
def test_a_day_without_parameters_is_said_and_does_not_stop_the_claim(onset):
    start = day(onset)
    early = absent(
        start, start.replace(month=start.month % 12 + 1, year=start.year + start.month // 12), employment=None
    )
    problems = rules.check(early, law=Law.on(rules.law_day(early)))
    assert [(problem.pointer, problem.code, problem.severity) for problem in problems] == [
        ("/absence/start", "no_parameters_on_day", "warning")
    ]


def test_nothing_payable():
    assert found(absent(START, day("2026-03-12"))) == [("/absence", "nothing_payable", "warning")]
    assert found(absent(START, day("2026-03-13"))) == []


@pytest.mark.parametrize(("filed", "late"), [("2026-05-02", False), ("2026-05-04", False), ("2026-05-05", True)])
def test_lateness_is_judged_by_the_moved_deadline(filed, late):
    """2 May 2026 is a Saturday: Monday is still in time."""
    expected = [("/absence/start", "late", "warning")] if late else []
    assert found(CLAIM, submitted_on=day(filed)) == expected


def test_a_continuation_is_late_from_the_end_of_the_period_before():
    earlier = Earlier(last_paid_day=day("2026-02-28"), period_end=day("2026-02-28"), onset=day("2026-01-20"))
    assert found(CLAIM, earlier=earlier, submitted_on=day("2026-04-28")) == []
    assert [code for _, code, _ in found(CLAIM, earlier=earlier, submitted_on=day("2026-04-29"))] == ["late"]


def test_too_long_ago_points_at_the_application_named():
    earlier = Earlier(last_paid_day=day("2026-01-30"), onset=day("2026-01-05"))
    named = claim(continues_application="0197f1a0-0000-7000-8000-000000000001")
    assert found(named, earlier=earlier) == [("/continues_application", "too_long_ago", "warning")]


def test_every_code_has_the_severity_of_the_catalogue():
    for changes, _ in CHANGES:
        for _, code, severity in found(claim(**changes)):
            assert CATALOGUE[code] == severity
