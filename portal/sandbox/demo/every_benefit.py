"""Every benefit an employer can apply for, over REST; and a ceiling that two officials confirm."""

from datetime import date
from decimal import Decimal
from typing import Any

from employers.benefits.details import CONDITIONS
from portal.sandbox import cast
from portal.sandbox.demo.journal import Step
from portal.sandbox.demo.story import Story
from portal.sandbox.demo.visitor import Lost, Visitor

CARE, LEAVE = "occupational_health_reimbursement", "annual_leave_compensation"
CEILING = "occupational_health.ceiling"
CONFIRMED = "480.00"
ABOUT_AN_ABSENCE = ("absence", "pay_periods", "pay_basis", "certificate")
INCOME = "40000.00"

Details = dict[str, Any]


def estimate_and_apply(story: Story, step: Step) -> None:
    """One claim for each: estimated without a person, then sent."""
    to_employer = Decimal(0)
    for benefit, details in every_benefit(story.today).items():
        body = claim(story, benefit, details)
        asked = {name: value for name, value in body.items() if name not in ("reference", "employee", "employment")}
        answer = story.payroll.post("/estimates", asked | {"annual_income": INCOME})
        to_employer += Decimal(answer["to_employer"] or 0)
        story.payroll.post("/applications", body, expect=201)
    step.facts = f"13 benefits estimated, {to_employer} to the employer, each applied for"


def confirm_a_ceiling(story: Story, step: Step) -> None:
    """Nobody approves a figure of one's own. Before it no amount is told, after it the figures are final."""
    asked = {"benefit": CARE, "details": every_benefit(story.today)[CARE]}
    before = story.payroll.post("/estimates", asked)
    year = date(story.today.year - 1, 1, 1)
    official = story.official
    official.goto("/admin/employers/confirmedvalue/add/")
    official.fill({"name": CEILING, "start": year.isoformat(), "value": CONFIRMED, "reference": "Sandbox"})
    page = official.url
    second = Visitor(story.base, language="en")
    second.goto("/admin/login/")
    second.fill({"username": cast.SECOND_OFFICIAL, "password": cast.OFFICIAL_PASSWORD})
    second.goto(page)
    second.fill({}, action="/do/approve/")
    after = story.payroll.post("/estimates", asked)
    if before["amount"] is not None or after["estimate_status"] != "official":
        raise Lost("the ceiling did not make the difference")
    step.facts = (
        f"{year.year}: no amount before, {after['amount']} after two officials, status {after['estimate_status']}"
    )


def claim(story: Story, benefit: str, details: Details) -> dict[str, Any]:
    body = story.body(f"demo-{benefit}") | {"benefit": benefit, "details": details}
    if benefit == CARE:
        return {name: body[name] for name in ("employer", "benefit", "reference", "details")}
    if benefit == LEAVE:
        return {name: value for name, value in body.items() if name not in ABOUT_AN_ABSENCE}
    return body


def every_benefit(today: date) -> dict[str, Details]:
    """Details that fit an absence of six weeks ago."""
    hours = {"daily_hours_before": "7.5", "daily_hours_agreed": "4.0"}
    month = f"{today.year - (today.month <= 2)}-{(today.month - 3) % 12 + 1:02}"
    return {
        "sickness_allowance": {},
        "partial_sickness_allowance": {"weekly_hours_before": "37.5", "weekly_hours_agreed": "18.75"},
        "pregnancy_allowance": {},
        "special_pregnancy_allowance": {"hazards": ["chemical"], "other_work_offered": False},
        "parental_allowance": {"days_used": 0, "raised_days_used": 0},
        "partial_parental_allowance": {"daily_hours_agreed": "5.0"},
        "rehabilitation_allowance": {"kind": "ordinary", "waiting": "onset"},
        "partial_rehabilitation_allowance": {"kind": "ordinary", "waiting": "onset", **hours},
        "infectious_disease_allowance": {"monthly_pay": "3000.00", "decision_follows": True},
        "donor_allowance": {"earnings_lost": "3600.00"},
        "family_leave_compensation": {
            "basis": "pregnancy",
            "contract": {"kind": "open_ended"},
            "working_time_percent": 100,
        },
        LEAVE: {
            "first_leave_day": f"{month}-01",
            "months": [{"month": month, "days": "2.5", "paid_days": 25, "holiday_pay": "300.00"}],
        },
        CARE: {
            "accounting_period": {"start": f"{today.year - 1}-01-01", "end": f"{today.year - 1}-12-31"},
            "employees": 19,
            "costs": [
                {"class": "I", "kind": "physician", "amount": "5200.00"},
                {"class": "II", "kind": "laboratory", "amount": "6000.00"},
            ],
            "statement": {"date": f"{today.year}-01-15", "opportunity_given": True},
            "conditions": dict.fromkeys(CONDITIONS, True),
        },
    }
