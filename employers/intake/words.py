"""The words for every code, in the active language. One place: the web, the API and a batch say the same sentence."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from employers.benefits.problems import Problem
from employers.intake.documents import ADVICE, TITLES

Words = Mapping[str, str | Promise]

SENTENCES: Words = {
    "after_employment": _("The absence starts after the employment ended. Check the end of the employment."),
    "already_answered": _("This question has been answered already. Leave it out."),
    "amount_invalid": _("Give the amount in euros, for example 1234.50."),
    "amount_negative": _("The amount cannot be below zero. Give what was paid."),
    "annual_leave_inside": _("The allowance for days of annual leave is paid to the employee."),
    "answers_missing": _("Answer at least one of the questions."),
    "bank_account_missing": _("Tell us your bank account. Without it we cannot pay."),
    "before_employment": _("The absence starts before the employment does. Check the start of the employment."),
    "before_start": _("The end is before the start. Check both days."),
    "benefit_not_supported": _("This benefit cannot be applied for here yet. Choose another or use the paper form."),
    "business_id_invalid": _("Check the Business ID: seven digits, a hyphen and a check digit."),
    "column_twice": _("This column is there twice. Take one out."),
    "columns_invalid": _("Check the header line of the file: a column is missing, unknown or there twice."),
    "consent_missing": _("Agree to receive decisions electronically. Without it we cannot pay."),
    "correction": _("The register corrects a claim that is already with us. Tell us in that application what changed."),
    "date_invalid": _("Give a day that exists, as year-month-day, for example 2026-03-02."),
    "date_out_of_range": _("Check the year of this day."),
    "difference_only": _("You pay the difference between pay and allowance: the whole allowance goes to the employee."),
    "employer_unknown": _("Check the employer: you cannot apply for it, or there is no such employer."),
    "employment_unknown": _("The Incomes Register tells of no such employment. Check the employee's identity code."),
    "ends_after_employment": _("The absence goes on after the employment ends. Check both ends."),
    "finding_gone": _("This absence is no longer waiting for an application."),
    "formula": _("This cell holds a formula. Write the value itself."),
    "id_invalid": _("Give the id as we gave it."),
    "identity_code_invalid": _("Check the personal identity code: all eleven characters, capital letters."),
    "income_twice": _("Give the yearly income before the deduction or after it, not both."),
    "income_unknown": _(
        "We do not know the employee's income yet, so there is no amount. For an estimate, give the yearly income."
    ),
    "insurer_first": _("The insurance company pays first. Report it there, and apply here in time all the same."),
    "invalid_choice": _("Choose one of the values allowed here."),
    "invalid_type": _("This value is of the wrong kind. Check the form it has to have."),
    "late": _("The last day to apply was %(last_day)s. You can still apply: tell us why it is late."),
    "limit_too_large": _("Ask for at most %(most)s at a time."),
    "mandate_missing": _("The employer has not given you the right to apply. Ask for it."),
    "money_invalid": _("Give the amount as text with two decimals, for example \"1234.50\"."),
    "no_rows": _("The file has no rows."),
    "no_parameters_on_day": _("The amounts for this day are not known yet. We count when they are."),
    "not_before_absence": _("The earlier paid day has to be before this absence starts."),
    "not_text": _("Take out characters that cannot be printed."),
    "nothing_payable": _("No day is payable: the absence ends before the waiting period does."),
    "other_rows_wrong": _("This row is in order. It was not sent because other rows of the file are not."),
    "outside_absence": _("This day is outside the absence. Keep pay and other days within it."),
    "overlap": _("Another application covers some of the same days. Send only the days that it does not cover."),
    "overlapping_periods": _("This period overlaps another in the list. Give each day once."),
    "pay_periods_missing": _("Give at least one pay period with what you paid for it."),
    "reference_and_specifier": _("Give either a reference number or a text for the payment, not both."),
    "reference_invalid": _("Use 1 to 64 letters a-z, digits, full stops, hyphens or underscores."),
    "reference_taken": _("You have used this reference for something else. Choose another."),
    "register_access_missing": _("Let us read your data in the Incomes Register first."),
    "required": _("Fill in this."),
    "specifier_too_long": _("Use at most %(most)s characters."),
    "time_invalid": _("Give a moment with its time zone, for example 2026-03-02T09:30:00Z."),
    "too_long": _("Use at most %(most)s characters."),
    "too_long_ago": _("The earlier absence is too long ago: the full waiting period applies."),
    "too_many_cells": _("This row has more cells than the header has columns."),
    "too_many_items": _("Give at most %(most)s of these."),
    "too_many_periods": _("Give at most %(most)s periods."),
    "too_many_rows": _("The file has too many rows. Send at most %(most)s in one file."),
    "unknown_application": _("Check the id of the earlier application: it is not about this employer and employee."),
    "unknown_column": _("We do not know this column. Check its name."),
    "unknown_field": _("Take this out: we do not know it here. Check the spelling."),
    "unknown_item": _("Check the id of the question: it is not one of this request's."),
    "unparseable": _("We cannot read this. Check that it is what it says it is."),
    "worked_days_inside": _("No allowance is paid for days that were worked."),
}  # fmt: skip
UNNAMED = _("Check this.")  # a law's code younger than its sentence; a test keeps it from being seen

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
    "to_employer": _("To the employer"),  # the last line of a decision's differences
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
    "narrowed": _("A part was granted. The decision tells why."),
    "rejected": _("Nothing was granted. The decision tells why."),
    "lapsed": _("The matter lapsed. The decision tells why."),
}

# What an official can ask an employer.
QUESTIONS: Words = {
    "pay_detail": _("Tell us what the pay of the absence consists of, and for which days it was paid."),
    "certificate": _("Tell us how we get the medical certificate, or send it."),
    "employment": _("Tell us when the employment started, and whether and when it ended."),
    "absence_dates": _("Check the first and the last day of the absence, and tell us which are right."),
    "other": _("Answer the question below."),
}

RIGHT_NAMES: Words = {
    "apply": _("Apply for benefits"),
    "view_decisions": _("See decisions"),
    "view_payments": _("See payments"),
    "bank_account": _("Change the bank account"),
    "view_log": _("See who has looked at the employer's matters"),
    "occupational_health_prepare": _("Prepare reimbursement applications of occupational health care"),
    "occupational_health_send": _("Send reimbursement applications of occupational health care"),
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
        "rule": None,
        "help": f"/api/v1/problems/{problem.code}",
    }


def benefit_name(code: str) -> str:
    return str(BENEFIT_NAMES[code])


def line_text(code: str) -> str:
    return str(LINE_TEXTS[code])


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
    return str(value)
