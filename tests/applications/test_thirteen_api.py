"""All thirteen benefits over HTTP: each example of the contract estimated, looked at and sent."""

import pytest

from employers.applications.models import Application
from employers.benefits.claim import from_json
from employers.intake.serializers import read_claim
from tests.intake.thirteen import BENEFITS, DETAILS, example
from tests.machine import KEY, Machine

pytestmark = pytest.mark.usefixtures("sandbox")

# Of 40 000.00 a year after the deduction: daily allowance, payable days, amount, to the employer, codes of the lines.
ESTIMATES = {
    "sickness_allowance": ("72.98", 23, "1678.54", "1678.54", ["daily_allowance"]),
    "partial_sickness_allowance": ("36.49", 23, "839.27", "839.27", ["daily_allowance"]),
    "pregnancy_allowance": ("120.00", 33, "3960.00", "3600.00", ["daily_allowance"]),
    "special_pregnancy_allowance": ("93.33", 33, "3079.89", "3079.89", ["daily_allowance"]),
    "parental_allowance": ("120.00", 33, "3506.61", "3332.06", ["daily_allowance_raised", "daily_allowance"]),
    "partial_parental_allowance": ("46.67", 33, "1540.11", "1540.11", ["daily_allowance"]),
    "rehabilitation_allowance": ("72.98", 32, "2335.36", "2335.36", ["daily_allowance"]),
    "partial_rehabilitation_allowance": ("36.49", 32, "1167.68", "1167.68", ["daily_allowance"]),
    "infectious_disease_allowance": ("120.00", 33, "3960.00", "3600.00", ["daily_allowance"]),
    "donor_allowance": (None, 33, "1200.00", "1200.00", ["earnings_lost"]),
    "family_leave_compensation": (None, 0, "2500.00", "2500.00", ["family_leave_compensation"]),
    "annual_leave_compensation": (None, 0, "363.00", "363.00", ["annual_leave_month"]),
    "occupational_health_reimbursement": (None, 0, "5238.00", "5238.00", ["class_1", "class_2"]),
}


def estimate(benefit, **changes):
    return Machine().post("estimates", example(benefit, **changes))


@pytest.mark.parametrize("benefit", BENEFITS)
def test_the_example_is_estimated_to_the_cent(benefit):
    answer = estimate(benefit, income_after_deduction="40000.00")
    assert answer.status_code == 200
    found = answer.json()
    lines = [line["code"] for line in found["lines"]]
    figures = tuple(found[name] for name in ("daily_allowance", "payable_days", "amount", "to_employer"))
    assert (*figures, lines) == ESTIMATES[benefit]
    assert all(line["text"] for line in found["lines"])


def test_the_lines_of_occupational_health_count_euros():
    lines = estimate("occupational_health_reimbursement").json()["lines"]
    assert [(line["quantity"], line["unit"], line["unit_amount"], line["amount"]) for line in lines] == [
        ("5200.00", "EUR", "0.60", "3120.00"),
        ("4236.00", "EUR", "0.50", "2118.00"),
    ]


def test_an_estimate_of_occupational_health_needs_no_statement_and_no_conditions():
    details = DETAILS["occupational_health_reimbursement"] | {"statement": None, "conditions": None}
    assert estimate("occupational_health_reimbursement", details=details).json()["amount"] == "5238.00"


def test_an_amount_that_rests_on_an_estimate_comes_with_its_range():
    period = {"start": "2022-01-01", "end": "2022-12-31"}
    details = DETAILS["occupational_health_reimbursement"] | {"accounting_period": period}
    found = estimate("occupational_health_reimbursement", details=details).json()
    low, high = found["range"]["to_employer"]["low"], found["range"]["to_employer"]["high"]
    assert float(low) < float(found["to_employer"]) < float(high)
    assert [problem["code"] for problem in found["problems"]] == ["ceiling_not_confirmed"]
    assert found["estimate_status"] == "estimate"
    assert "range" not in estimate("sickness_allowance", income_after_deduction="40000.00").json()


@pytest.mark.parametrize("benefit", BENEFITS)
def test_the_example_can_be_sent_and_nothing_is_lost(benefit):
    looked_at = Machine().post("applications/validate", example(benefit))
    answer = Machine().post("applications", example(benefit), key=KEY)
    assert (looked_at.status_code, answer.status_code) == (200, 201), answer.json()
    stored = from_json(Application.objects.get().versions.get().content)
    assert stored == read_claim(example(benefit), allow_temporary=True)
    told = {name: value for name, value in DETAILS[benefit].items() if value is not None}
    assert answer.json()["details"] == told
    assert looked_at.json()["estimate"]["amount"] == answer.json()["estimate"]["amount"]


def test_what_a_benefit_does_not_have_is_null_in_its_answer():
    sent = Machine().post("applications", example("occupational_health_reimbursement"), key=KEY).json()
    assert [sent[name] for name in ("employee", "employment", "absence", "pay_basis", "certificate")] == [None] * 5
    assert sent["pay_periods"] == []


def without(benefit, *names):
    return {name: value for name, value in DETAILS[benefit].items() if name not in names}


def details(benefit, **changes):
    return {"details": DETAILS[benefit] | changes}


HEALTH, LEAVE, FAMILY = (
    "occupational_health_reimbursement", "annual_leave_compensation", "family_leave_compensation",
)  # fmt: skip
PARTIAL, REHABILITATION = "partial_sickness_allowance", "partial_rehabilitation_allowance"
MONTH = {"month": "2026-03", "days": "2.5", "paid_days": 25, "holiday_pay": "300.00"}
FEES = [{"class": "I", "kind": "base_fee", "amount": "100.00"}]
REFUSED = [
    (FAMILY, details(FAMILY, contract={"kind": "fixed_term", "months": 11}), "/details/contract", "contract_too_short"),
    (FAMILY, details(FAMILY, contract={"kind": "fixed_term"}), "/details/contract/months", "required"),
    (FAMILY, details(FAMILY, working_time_percent=79), "/details/working_time_percent", "working_time_too_low"),
    (FAMILY, {"employment": {"start": "2026-01-02"}}, "/employment/start", "employment_too_short"),
    (FAMILY, {"details": without(FAMILY, "basis")}, "/details/basis", "required"),
    (PARTIAL, {"pay_basis": "part"}, "/pay_basis", "full_pay_needed"),
    (REHABILITATION, {"pay_basis": "difference"}, "/pay_basis", "full_pay_needed"),
    (PARTIAL, details(PARTIAL, weekly_hours_agreed="25"), "/details/weekly_hours_agreed", "hours_outside_share"),
    (PARTIAL, {"details": without(PARTIAL, "weekly_hours_before")}, "/details/weekly_hours_before", "required"),
    (REHABILITATION, details(REHABILITATION, daily_hours_agreed="5"), "/details/daily_hours_agreed",
     "reduction_too_small"),
    (LEAVE, {"absence": {"start": "2026-03-02", "end": "2026-04-10"}}, "/absence", "not_for_this_benefit"),
    (LEAVE, {"employee": ...}, "/employee", "required"),
    (LEAVE, details(LEAVE, months=[]), "/details/months", "required"),
    (LEAVE, details(LEAVE, months=[MONTH, MONTH]), "/details/months/1/month", "month_twice"),
    (LEAVE, details(LEAVE, months=[MONTH | {"paid_days": 13}]), "/details/months/0/paid_days", "too_few_paid_days"),
    (HEALTH, {"employment": {"start": "2019-05-02"}}, "/employment", "not_for_this_benefit"),
    (HEALTH, details(HEALTH, costs=FEES, deductible_income=None), "/details/costs", "base_fees_alone"),
    (HEALTH, details(HEALTH, employees=0), "/details/employees", "no_employees"),
    (HEALTH, details(HEALTH, accounting_period={"start": "2020-01-01", "end": "2023-04-30"}),
     "/details/accounting_period", "accounting_period_too_long"),
    (HEALTH, details(HEALTH, accounting_period={"start": "2020-12-31", "end": "2020-01-01"}),
     "/details/accounting_period/end", "before_start"),
    (HEALTH, {"details": without(HEALTH, "statement")}, "/details/statement", "required"),
    (HEALTH, {"details": without(HEALTH, "conditions")}, "/details/conditions", "required"),
    (HEALTH, details(HEALTH, conditions=DETAILS[HEALTH]["conditions"] | {"action_plan": False}),
     "/details/conditions/action_plan", "condition_not_met"),
    ("donor_allowance", {"details": {"earnings_lost": "-1.00"}}, "/details/earnings_lost", "amount_negative"),
    ("special_pregnancy_allowance", {"details": {"hazards": ["noise"]}}, "/details/other_work_offered", "required"),
    ("pregnancy_allowance", {"details": {"child_born": "2026-01-10"}}, "/details/child_born", "unknown_field"),
    ("pregnancy_allowance", {"details": {"due_date": "9999-12-31"}}, "/details/due_date", "date_out_of_range"),
]  # fmt: skip


@pytest.mark.parametrize(("benefit", "changes", "pointer", "code"), REFUSED)
def test_an_error_is_told_at_the_member_that_has_to_change(benefit, changes, pointer, code):
    for call in ("applications/validate", "applications"):
        answer = Machine().post(call, example(benefit, **changes), key=KEY)
        wrong = [each for each in answer.json()["errors"] if each["severity"] == "error"]
        assert answer.status_code == 422
        assert [(each["pointer"], each["code"]) for each in wrong] == [(pointer, code)], call
        assert all(each["detail"] for each in wrong)
    assert not Application.objects.exists()
