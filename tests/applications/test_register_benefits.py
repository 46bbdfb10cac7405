"""Which benefit a report claims, and what is said when a report has no place for what that benefit needs."""

from datetime import date

import pytest

from employers.applications.models import Application
from employers.applications.models_register import RegisterClaim
from employers.benefits.claim import from_json
from employers.income_register.codes import benefit_claimed
from employers.income_register.schema import Reimbursement
from tests.applications.reports import claimed, report, reviewed

pytestmark = pytest.mark.usefixtures("sandbox")
START, END = date(2026, 3, 2), date(2026, 4, 10)
DAILY, FAMILY, UNTOLD = 1, 2, 3  # what is asked for; the codes of 2025 are not known

CLAIMED = [
    (DAILY, 1, "sickness_allowance"),
    (DAILY, 2, "partial_sickness_allowance"),
    (DAILY, 3, "parental_allowance"),
    (DAILY, 4, "special_pregnancy_allowance"),
    (DAILY, 5, "rehabilitation_allowance"),
    (DAILY, 22, ""),
    (DAILY, None, ""),
    (FAMILY, 3, "family_leave_compensation"),
    (FAMILY, 1, ""),
    (UNTOLD, 2, "partial_sickness_allowance"),
    (UNTOLD, 23, "annual_leave_compensation"),
    (UNTOLD, 1, ""),
]


@pytest.mark.parametrize(("asked", "cause", "benefit"), CLAIMED)
def test_what_is_asked_and_the_cause_tell_the_benefit(asked, cause, benefit):
    assert benefit_claimed(asked, cause, on=date(2026, 3, 27)) == benefit


def claims(asked, cause):
    return claimed(START, END, cause_code=cause, reimbursements=(Reimbursement(payment_type=asked),))


RECEIVED = [
    (3, "parental_allowance", []),
    (4, "special_pregnancy_allowance", ["hazard_notice_missing"]),
    (5, "rehabilitation_allowance", []),
]


@pytest.mark.parametrize(("cause", "benefit", "warnings"), RECEIVED)
def test_a_benefit_that_needs_no_more_becomes_an_application(cause, benefit, warnings):
    reviewed(report("r1", claims(DAILY, cause)))
    application = Application.objects.get()
    version = application.versions.get()
    assert (application.benefit, from_json(version.content).details) == (benefit, {})
    assert set(warnings) <= {problem["code"] for problem in version.problems}


REFUSED = [
    (DAILY, 2, {"details.weekly_hours_before", "details.weekly_hours_agreed"}),
    (FAMILY, 3, {"details.basis", "details.contract", "details.working_time_percent"}),
    (UNTOLD, 23, {"details.months", "details.first_leave_day"}),
]


@pytest.mark.parametrize(("asked", "cause", "missing"), REFUSED)
def test_what_a_report_has_no_place_for_is_told_to_be_missing(asked, cause, missing):
    reviewed(report("r1", claims(asked, cause)))
    refused = RegisterClaim.objects.get()
    assert (refused.status, refused.application) == ("needs_details", None)
    told = {(problem["field"], problem["code"]) for problem in refused.problems if problem["severity"] == "error"}
    assert told == {(field, "required") for field in missing}
