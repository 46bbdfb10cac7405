"""The words for every code, in the active language. One place: the web, the API and a batch say the same sentence."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from employers.benefits.problems import Problem
from employers.benefits.provisions import PROVISIONS
from employers.intake.documents import ADVICE, TITLES
from employers.intake.sentences import SENTENCES, UNNAMED
from employers.organisations.words import RIGHT_NAMES as RIGHT_NAMES  # the catalogue of codes reads it here

Words = Mapping[str, str | Promise]

BENEFIT_NAMES: Words = {
    "sickness_allowance": _("Sickness allowance"),
    "partial_sickness_allowance": _("Partial sickness allowance"),
    "pregnancy_allowance": _("Pregnancy allowance"),
    "special_pregnancy_allowance": _("Special pregnancy allowance"),
    "parental_allowance": _("Parental allowance"),
    "partial_parental_allowance": _("Partial parental allowance"),
    "rehabilitation_allowance": _("Rehabilitation allowance"),
    "partial_rehabilitation_allowance": _("Partial rehabilitation allowance"),
    "infectious_disease_allowance": _("Sickness allowance on account of an infectious disease"),
    "donor_allowance": _("Donor allowance"),
    "family_leave_compensation": _("Family leave compensation"),
    "annual_leave_compensation": _("Compensation for annual leave costs"),
    "occupational_health_reimbursement": _("Reimbursement of occupational health care costs"),
}

LINE_TEXTS: Words = {
    "daily_allowance": _("Daily allowance for payable days"),
    "daily_allowance_raised": _("Raised daily allowance for payable days"),
    "earnings_lost": _("Lost earnings of the donor"),
    "family_leave_compensation": _("Family leave compensation, once for each child"),
    "annual_leave_month": _("Compensation for the annual leave of a month"),
    "class_1": _("Accepted costs of preventive care, class I"),
    "class_2": _("Accepted costs of medical care, class II"),
    "to_employer": _("To the employer"),  # the last line of a decision's differences
}

# What the quantity of a line counts.
UNIT_NAMES: Words = {
    "weekday": _("weekday"),
    "month": _("month"),
    "EUR": _("EUR"),
    "compensation": _("compensation"),
}

STATUS_NAMES: Words = {
    "draft": _("Draft"),
    "submitted": _("Sent"),
    "in_handling": _("In handling"),
    "information_requested": _("Waiting for information"),
    "decided": _("Decided"),
    "paid": _("Paid"),
    "withdrawn": _("Withdrawn"),
}

OUTCOME_NAMES: Words = {
    "granted": _("Granted"),
    "partly_granted": _("Partly granted"),
    "rejected": _("Rejected"),
    "lapsed": _("Lapsed"),
}

# Why a decision is not what was estimated.
DIFFERENCES: Words = {
    "all_wages": _("The decision counts every wage in the Incomes Register. The estimate counted what it knew then."),
    "income_given": _("The decision counts with the income that the official confirmed."),
    "three_months": _("The decision counts with the income of three months times four. The decision tells why."),
    "raised_ceiling": _("The decision counts with the raised ceiling of a small employer. The decision tells why."),
    "narrowed": _("A part was granted. The decision tells why."),
    "rejected": _("Nothing was granted. The decision tells why."),
    "lapsed": _("The matter lapsed. The decision tells why."),
}

# What an official looks at, by the question that it raises.
CHECKED: Words = {
    "employee": _("Employee"),
    "employment": _("Employment"),
    "absence_dates": _("Days of the absence"),
    "late_reason": _("Applied in time"),
    "earlier_absence": _("Earlier absence"),
    "pay_detail": _("Pay"),
    "certificate": _("Certificate"),
    "working_hours": _("Working hours"),
    "hazard": _("Hazard at work"),
    "leave_months": _("Months of leave"),
    "costs": _("Costs"),
    "statement": _("Statement"),
}

# What an official can ask an employer.
QUESTIONS: Words = {
    "pay_detail": _("Tell us what the pay of the absence consists of, and for which days it was paid."),
    "certificate": _("Tell us how we get the medical certificate, or send it."),
    "employment": _("Tell us when the employment started, and whether and when it ended."),
    "absence_dates": _("Check the first and the last day of the absence, and tell us which are right."),
    "employee": _("Check the employee's name and identity code, and tell us which are right."),
    "late_reason": _("Tell us why you applied after the last day."),
    "earlier_absence": _("Tell us whether the absence goes on or comes back from an earlier one."),
    "working_hours": _("Tell us how many hours a week are full time in your sector."),
    "hazard": _("Tell us about the hazard at work, and what other work you could give."),
    "leave_months": _("Check the months, their weekdays and their holiday pay, and tell us which are right."),
    "costs": _("Check the costs: their classes, their sums and the number of employees."),
    "statement": _("Tell us when the employees' representatives were heard."),
    "other": _("Answer the question below."),
}


def sentence(problem: Problem) -> str:
    """What to do about a problem. Days are written as the language writes them."""
    params = {name: _written(value) for name, value in problem.params.items()}
    return str(SENTENCES.get(problem.code, UNNAMED)) % _Known(params)


def described(problem: Problem) -> dict[str, Any]:
    """A problem as every answer of the machine interface shows it."""
    return {
        **problem.as_dict(),
        "detail": sentence(problem),
        "rule": PROVISIONS.get(problem.code),
        "help": page_of(problem.code),
    }


def page_of(code: str) -> str:
    """Where cause, fix and example are."""
    return f"/api/v1/problems/{code}"


def benefit_name(code: str) -> str:
    return str(BENEFIT_NAMES[code])


def line_text(code: str, *, month: str = "") -> str:
    """`month`: "2026-03", of a line that is about one of several."""
    year, _hyphen, number = month.partition("-")
    return f"{LINE_TEXTS[code]} {int(number)}/{year}" if month else str(LINE_TEXTS[code])


def unit_name(code: str) -> str:
    return str(UNIT_NAMES[code])


def status_name(code: str) -> str:
    return str(STATUS_NAMES[code])


def outcome_name(code: str) -> str:
    return str(OUTCOME_NAMES[code])


def difference(code: str) -> str:
    return str(DIFFERENCES[code])


def appeal(until: date) -> str:
    """How to appeal against a decision, and until when."""
    return str(_("If you are not satisfied, write to us what should be changed and why, by %(day)s at the latest.")) % {
        "day": _written(until)
    }


def checked_name(code: str) -> str:
    """A line of the checklist."""
    return str(CHECKED[code])


def question(code: str) -> str:
    return str(QUESTIONS[code])


def right_name(code: str) -> str:
    return str(RIGHT_NAMES[code])


def title(code: str) -> str:
    """The title of a problem document."""
    return str(TITLES[code])


def advice(code: str) -> str:
    """What a developer does about a problem document of this code."""
    return str(ADVICE[code])


class _Known(dict[str, str]):
    """A parameter that is not known leaves a gap, never an error page."""

    def __missing__(self, name: str) -> str:
        return "\u2026"


def _written(value: Any) -> str:
    if isinstance(value, str) and len(value) == 10:  # a stored day
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return str(value)
    if isinstance(value, date):
        return date_format(value, "j F Y" if get_language() == "en" else "j.n.Y")
    if isinstance(value, Decimal):
        return number_format(format(value.normalize(), "f"))
    return str(value)
