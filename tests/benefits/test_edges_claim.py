"""A claim as it is written, and back; and what a benefit's declaration says."""

from datetime import date
from decimal import Decimal

import pytest

from employers.benefits import details
from employers.benefits.claim import (
    Claim,
    Contact,
    Employee,
    Employment,
    OtherDays,
    PayPeriod,
    Period,
    from_json,
    to_json,
)
from employers.benefits.details import Detail, Kind, Needed

WHOLE = Claim(
    benefit="special_pregnancy_allowance",
    employer="9000004-6",
    reference="row-4711",
    employee=Employee(personal_identity_code="010190-9123", given_name="Aino", family_name="Esimerkki"),
    employment=Employment(start=date(2019, 5, 2), end=date(2026, 12, 31)),
    absence=Period(start=date(2026, 3, 2), end=date(2026, 4, 10)),
    continues_application="0190-abc",
    previous_paid_day=date(2026, 2, 27),
    pay_periods=(PayPeriod(start=date(2026, 3, 2), end=date(2026, 4, 10), amount=Decimal("3600.00")),),
    pay_basis="part",
    pay_continues_from=date(2026, 4, 13),
    other_days=(OtherDays(start=date(2026, 3, 9), end=date(2026, 3, 10), kind="worked"),),
    certificate="follows",
    insurer_case="traffic",
    contact=Contact(name="Bo", phone="0401234567", email="bo@example.invalid"),
    payment_reference="RF18539007547034",
    payment_specifier="March",
    details={
        "due_date": date(2026, 6, 1),
        "hazards": ("noise", "load"),
        "other_work_offered": False,
        "daily_hours": Decimal("3.50"),
    },
    additional_information="Nothing more",
)
WRITTEN = {
    "benefit": "special_pregnancy_allowance",
    "employer": "9000004-6",
    "reference": "row-4711",
    "employee": {"personal_identity_code": "010190-9123", "given_name": "Aino", "family_name": "Esimerkki"},
    "employment": {"start": "2019-05-02", "end": "2026-12-31"},
    "absence": {"start": "2026-03-02", "end": "2026-04-10"},
    "continues_application": "0190-abc",
    "previous_paid_day": "2026-02-27",
    "pay_periods": [{"start": "2026-03-02", "end": "2026-04-10", "amount": "3600.00"}],
    "pay_basis": "part",
    "pay_continues_from": "2026-04-13",
    "other_days": [{"start": "2026-03-09", "end": "2026-03-10", "kind": "worked"}],
    "certificate": "follows",
    "insurer_case": "traffic",
    "contact": {"name": "Bo", "phone": "0401234567", "email": "bo@example.invalid"},
    "payment_reference": "RF18539007547034",
    "payment_specifier": "March",
    "details": {
        "due_date": "2026-06-01",
        "hazards": ["noise", "load"],
        "other_work_offered": False,
        "daily_hours": "3.50",
    },
    "additional_information": "Nothing more",
}


def test_a_claim_with_everything_as_it_is_written():
    assert to_json(WHOLE) == WRITTEN


def test_what_was_written_is_the_same_claim_again():
    assert from_json(WRITTEN) == WHOLE
    assert from_json(to_json(Claim(benefit=""))) == Claim(benefit="")


@pytest.mark.parametrize(
    ("benefit", "written", "held"),
    [
        ("sickness_allowance", {"of_old": "2026-03-02"}, {"of_old": "2026-03-02"}),  # undeclared: as it was written
        ("no_such_benefit", {"due_date": "2026-03-02"}, {"due_date": "2026-03-02"}),
        ("pregnancy_allowance", {"due_date": None}, {"due_date": None}),
        ("infectious_disease_allowance", {"monthly_pay": "3000.00"}, {"monthly_pay": Decimal("3000.00")}),
        ("rehabilitation_allowance", {"waiting": "onset"}, {"waiting": "onset"}),
        (
            "family_leave_compensation",
            {"contract": {"kind": "fixed_term", "months": 12}, "working_time_percent": 80},
            {"contract": {"kind": "fixed_term", "months": 12}, "working_time_percent": 80},
        ),
        (
            "annual_leave_compensation",
            {"months": [{"month": "2026-03", "days": "2.50", "holiday_pay": "99.00"}]},
            {"months": ({"month": "2026-03", "days": Decimal("2.50"), "holiday_pay": Decimal("99.00")},)},
        ),
        (
            "occupational_health_reimbursement",
            {"accounting_period": {"start": "2020-01-01", "end": "2020-12-31"}, "bank_account": "FI21 1234"},
            {"accounting_period": {"start": date(2020, 1, 1), "end": date(2020, 12, 31)}, "bank_account": "FI21 1234"},
        ),
    ],
)
def test_details_as_a_claim_holds_them(benefit, written, held):
    assert details.typed(benefit, written) == held


MEMBERS = {"day": details.day()}
ALWAYS, FILING = Needed.ALWAYS, Needed.FILING


@pytest.mark.parametrize(
    ("declare", "with_", "says"),
    [
        (details.day, (FILING,), Detail(kind=Kind.DAY, needed=FILING)),
        (details.day, (), Detail(kind=Kind.DAY, needed=Needed.NEVER)),
        (details.money, (ALWAYS,), Detail(kind=Kind.MONEY, needed=ALWAYS)),
        (details.number, (24, ALWAYS), Detail(kind=Kind.NUMBER, most=24, needed=ALWAYS)),
        (details.count, (31, ALWAYS), Detail(kind=Kind.COUNT, most=31, needed=ALWAYS)),
        (details.truth, (FILING,), Detail(kind=Kind.TRUTH, needed=FILING)),
        (details.choice, ("I", "II"), Detail(kind=Kind.CHOICE, choices=("I", "II"), needed=Needed.NEVER)),
        (details.one, (MEMBERS, FILING), Detail(kind=Kind.OBJECT, members=MEMBERS, needed=FILING)),
    ],
)
def test_what_a_declaration_says(declare, with_, says):
    assert declare(*with_) == says


def test_what_a_declaration_of_a_list_or_choice_says():
    many = details.many(MEMBERS, most=36, needed=ALWAYS)
    assert many == Detail(kind=Kind.LIST, members=MEMBERS, most=36, needed=ALWAYS)
    assert details.choice("I", needed=ALWAYS) == Detail(kind=Kind.CHOICE, choices=("I",), needed=ALWAYS)


def test_what_was_left_out_is_said_at_its_place():
    said = {"accounting_period": {"start": date(2020, 1, 1)}, "employees": 1, "costs": ({"class": "I"},)}

    def fields(*, filing: bool) -> list[str]:
        found = details.missing("occupational_health_reimbursement", said, filing=filing)
        return [f"{problem.code} {problem.field}" for problem in found]

    always = [
        "required details.accounting_period.end",
        "required details.costs.0.kind",
        "required details.costs.0.amount",
    ]
    assert fields(filing=False) == always
    assert fields(filing=True) == [*always, "required details.statement", "required details.conditions"]
    assert list(details.missing("no_such_benefit", {"x": 1}, filing=True)) == []
