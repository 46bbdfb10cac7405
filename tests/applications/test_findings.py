"""Findings: opened once, changed with the reports, closed when claimed or over, opened again when they are back."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from employers.applications import findings, review_register
from employers.applications.facts import own_wages
from employers.applications.models import Application
from employers.applications.models_register import Finding
from employers.benefits.claim import Claim, Employee, Income, Period
from employers.records import events
from employers.records.models import Event
from portal.sandbox.register.data import identity_code
from tests import cast
from tests.applications.reports import AINO, AT, absence, claimed, pay, report, reviewed, told, year_of_wages

pytestmark = pytest.mark.usefixtures("sandbox")
START, END = date(2026, 3, 2), date(2026, 3, 20)
DAILY = Decimal("69.35")  # 36 000 EUR less 9.07 %: (70 % of 28 899 and 15 % of the 3 835.80 above) / 300
SICK = report("r1", absence(START, END))


def opened():
    return Event.objects.filter(type=events.FINDING_OPENED).count()


def status():
    return Finding.objects.values_list("status", flat=True).get()


def aino(**changes):
    employee = Employee(personal_identity_code=AINO, given_name="Aino", family_name="Esimerkki")
    days = {"start": START, "end": END}
    return {"employee": employee, "absence": Period(**days), "pay_periods": (pay(**days),)} | changes


def test_a_finding_says_what_was_paid_what_it_is_worth_and_until_when():
    """The onset and nine weekdays are waited; seven weekdays are payable, and more was paid for each of them."""
    sync = reviewed(*year_of_wages(), SICK)
    finding = Finding.objects.get()
    assert (finding.benefit, finding.kind, finding.status) == ("sickness_allowance", "unclaimed", "open")
    assert (finding.absence_start, finding.absence_end, finding.paid) == (START, END, Decimal("1800.00"))
    assert finding.deadline == date(2026, 5, 2)
    assert finding.estimated_amount == 7 * DAILY
    assert sync.findings == 1


def test_an_application_is_estimated_with_the_same_wages():
    reviewed(*year_of_wages(), SICK)
    application = cast.sent(**aino())
    assert application.amount == 7 * DAILY
    assert application.versions.get().estimate["at_least"] is True


def test_the_event_names_the_finding_and_nobody():
    reviewed(SICK)
    event = Event.objects.get(type=events.FINDING_OPENED)
    finding = Finding.objects.get()
    assert (event.subject, event.organisation, event.status) == (finding.pk, finding.organisation_id, "open")


def test_looking_again_changes_nothing():
    reviewed(*year_of_wages(), SICK)
    before = list(Finding.objects.values())
    for _ in range(2):
        assert reviewed(SICK).findings == 1
        findings.find(cast.employer(), at=AT + timedelta(days=1))
    assert list(Finding.objects.values()) == before
    assert opened() == 1


def test_the_next_months_report_makes_it_longer():
    reviewed(SICK)
    reviewed(report("r2", absence(date(2026, 3, 21), date(2026, 4, 10), amount="900.00"), paid=date(2026, 4, 15)))
    finding = Finding.objects.get()
    assert (finding.absence_start, finding.absence_end, finding.paid) == (START, date(2026, 4, 10), Decimal("2700.00"))
    assert opened() == 1


def test_a_correction_changes_it_or_closes_it():
    reviewed(SICK)
    reviewed(report("r1", absence(START, date(2026, 3, 18)), version=2))
    assert Finding.objects.get().absence_end == date(2026, 3, 18)
    reviewed(report("r1", absence(START, date(2026, 3, 6)), version=3))
    assert status() == "expired"


def test_an_invalidated_report_closes_it_and_a_new_one_opens_it_again():
    reviewed(SICK)
    assert reviewed(report("r1", version=2, status=2)).findings == 0
    assert status() == "expired"
    reviewed(report("r2", absence(START, END)))
    assert (status(), opened()) == ("open", 2)


def test_an_application_covers_it_before_the_next_sync():
    reviewed(SICK)
    application = cast.sent(**aino())
    findings.close(on=date(2026, 4, 15))
    finding = Finding.objects.get()
    assert (finding.status, finding.application) == ("covered", application)
    reviewed(SICK)
    assert (status(), opened()) == ("covered", 1)


def test_another_employers_application_does_not_cover_it():
    reviewed(SICK)
    cast.sent(business_id=cast.CAFE, **aino())
    findings.close(on=date(2026, 4, 15))
    assert status() == "open"


def test_a_withdrawn_application_covers_nothing():
    reviewed(SICK)
    cast.sent(**aino())
    findings.close(on=date(2026, 4, 15))
    Application.objects.update(status="withdrawn")
    reviewed(SICK)
    assert (status(), opened()) == ("open", 2)


@pytest.mark.parametrize(("today", "expected"), [(date(2026, 5, 4), "open"), (date(2026, 5, 5), "expired")])
def test_it_is_over_when_the_moved_deadline_has_passed(today, expected):
    """2 May 2026 is a Saturday: the last day to ask is Monday the 4th."""
    reviewed(SICK)
    findings.close(on=today)
    assert status() == expected
    findings.find(cast.employer(), at=datetime(today.year, today.month, today.day, 12, tzinfo=UTC))
    assert (status(), opened()) == (expected, 1)


def test_what_was_dismissed_stays_dismissed():
    reviewed(SICK)
    Finding.objects.update(status="dismissed")
    reviewed(report("r1", absence(START, date(2026, 3, 27)), version=2))
    findings.close(on=date(2026, 6, 1))
    assert (status(), opened()) == ("dismissed", 1)


@pytest.mark.parametrize("start", [START, date(2026, 3, 9)])
def test_what_a_wrong_report_tells_of_other_days_once_corrected_is_told(start):
    """As whoever sets it aside is promised."""
    reviewed(SICK)
    Finding.objects.update(status="dismissed", dismissed_because="wrong_in_register")
    reviewed(SICK)
    assert (status(), opened()) == ("dismissed", 1)
    reviewed(report("r1", absence(start, date(2026, 3, 27)), version=2))
    told = Finding.objects.get(status="open")
    assert (told.absence_start, told.absence_end, opened()) == (start, date(2026, 3, 27), 2)


def test_what_grows_together_with_one_set_aside_stays_open():
    reviewed(SICK)
    Finding.objects.update(status="dismissed", dismissed_because="applied_elsewhere")
    reviewed(report("r2", absence(date(2026, 3, 25), date(2026, 4, 20))))
    reviewed(report("r3", absence(date(2026, 3, 21), date(2026, 3, 24))))
    assert dict(Finding.objects.values_list("absence_start", "status")) == {
        START: "dismissed",
        date(2026, 3, 25): "open",
    }
    assert opened() == 2


def test_a_month_that_nobody_claimed_continues_the_one_that_was():
    """No waiting period: every weekday of April pays, and the deadline runs from the end of March's claim."""
    april = report("r2", absence(date(2026, 4, 1), date(2026, 4, 10)), paid=date(2026, 4, 15))
    cast.sent(**aino(absence=Period(start=START, end=date(2026, 3, 31))))
    reviewed(*year_of_wages(), SICK, april)
    finding = Finding.objects.get()
    assert (finding.absence_start, finding.deadline) == (date(2026, 4, 1), date(2026, 5, 31))
    assert finding.estimated_amount == 7 * DAILY  # without Good Friday, the Sunday and Easter Monday


def test_a_relapse_waits_for_a_day_only():
    cast.sent(**aino())
    reviewed(*year_of_wages(), report("r2", absence(date(2026, 3, 30), date(2026, 4, 2))))
    assert Finding.objects.get().estimated_amount == 3 * DAILY  # 31 March, 1 and 2 April


def test_claims_of_the_report_itself_are_no_findings():
    reviewed(report("r1", claimed(START, END)), report("r2", absence(date(2026, 3, 9), END)))
    assert not Finding.objects.filter(kind="unclaimed").exists()


def test_each_sync_is_looked_through_once():
    told(SICK)
    assert review_register.is_any_due()
    review_register.review_register(at=AT)
    assert not review_register.is_any_due()


def test_own_wages_are_this_employers_alone():
    reviewed(*year_of_wages())
    reviewed(*year_of_wages(payer=cast.CAFE, wages="1000"), payer=cast.CAFE)
    claim = cast.claim(**aino())
    assert own_wages(claim, organisation=cast.employer()) == Income(annual=Decimal(36000), at_least=True)
    assert own_wages(claim, organisation=cast.employer(cast.CAFE)) == Income(annual=Decimal(12000), at_least=True)


@pytest.mark.parametrize(
    "claim",
    [
        Claim(benefit="sickness_allowance"),
        cast.claim(employee=None),
        cast.claim(absence=None),
        cast.claim(absence=Period(start=date(1, 1, 1), end=date(1, 1, 2))),
        cast.claim(employee=Employee(personal_identity_code=identity_code(7), given_name="A", family_name="B")),
    ],
)
def test_wages_that_are_not_known_are_not_zero(claim):
    reviewed(*year_of_wages())
    assert own_wages(claim, organisation=cast.employer()) == Income()
    assert own_wages(cast.claim(), organisation=cast.employer(cast.JOINERY)) == Income()
    assert own_wages(cast.claim(), organisation=None) == Income()


@pytest.mark.parametrize(
    "nothing",
    [
        absence(date(2025, 11, 3), date(2025, 11, 28)),  # too late
        absence(date(2026, 3, 2), date(2026, 3, 4)),  # too short
    ],
)
def test_queries_do_not_grow_with_people_who_have_nothing_to_get(nothing):
    def queries(numbers):
        told(*(report(f"r{number}", nothing, code=identity_code(number)) for number in numbers))
        with CaptureQueriesContext(connection) as seen:
            findings.find(cast.employer(), at=AT)
        return len(seen)

    assert queries(range(3)) == queries(range(3, 30))
