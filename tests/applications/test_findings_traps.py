"""What looks like money and is none, what is told twice or in parts, and what is changed, cancelled or claimed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from employers.applications import findings
from employers.applications.claim_finding import claim_finding, draft_claim
from employers.applications.models import Application
from employers.applications.models_register import Finding
from employers.benefits.claim import Employee, Period
from employers.income_register.schema import EmploymentPeriod, Reimbursement
from employers.records import events
from employers.records.models import Event
from portal.sandbox.register.data import identity_code
from tests import cast
from tests.applications.reports import AINO, AT, EERO, absence, pay, report, reviewed, told, year_of_wages

pytestmark = pytest.mark.usefixtures("sandbox")
SICK = Decimal("69.35")
START, END = date(2026, 3, 2), date(2026, 3, 31)
APRIL = date(2026, 4, 15)
LEAVE = {"cause_code": 3, "amount": "5000.00"}


def day(month, number, year=2026):
    return date(year, month, number)


def found(**about):
    rows = Finding.objects.filter(kind="unclaimed", status="open", **about)
    return list(rows.order_by("absence_start", "benefit").values_list("benefit", "absence_start", "absence_end"))


def applied(start, end, *, code=AINO, at=AT, **changes):
    employee = Employee(personal_identity_code=code, given_name="Aino", family_name="Esimerkki")
    said = {"absence": Period(start=start, end=end), "pay_periods": (pay(start, end),)} | changes
    return cast.sent(employee=employee, at=at, **said)


def test_what_is_claimed_in_part_leaves_the_rest_alone():
    """The application covers half of the month; what is left goes on from it, with its share of the pay."""
    applied(START, day(3, 14))
    reviewed(*year_of_wages(), report("r1", absence(START, END, amount="5200.00")))
    assert found() == [("sickness_allowance", day(3, 15), END)]
    rest = Finding.objects.get(status="open", kind="unclaimed")
    assert rest.paid == Decimal("2800.00")  # 14 of 26 weekdays
    assert (rest.estimated_amount, rest.deadline) == (14 * SICK, day(5, 14))
    assert draft_claim(rest).continues_application == str(Application.objects.get().pk)


def test_a_saturday_that_nobody_pays_is_not_left_over():
    applied(START, day(3, 20))
    reviewed(*year_of_wages(), report("r1", absence(START, day(3, 22))))
    assert found() == []


def test_a_claim_for_another_benefit_covers_its_days():
    """Who was ordered home is not claimed as ill."""
    applied(START, END, benefit="infectious_disease_allowance", details={"monthly_pay": Decimal("3000.00")})
    reviewed(*year_of_wages(), report("r1", absence(START, END)))
    assert found() == []


def test_the_compensation_claimed_in_a_report_leaves_the_daily_allowance():
    asked = (Reimbursement(payment_type=2),)
    reviewed(*year_of_wages(), report("r1", absence(START, day(4, 20), reimbursements=asked, **LEAVE), paid=APRIL))
    assert ("pregnancy_allowance", START, day(4, 18)) in found()
    assert not [one for one in found() if one[0] == "family_leave_compensation"]


def test_the_daily_allowance_claimed_in_a_report_leaves_the_compensation():
    asked = (Reimbursement(payment_type=1),)
    reviewed(*year_of_wages(), report("r1", absence(START, day(4, 20), reimbursements=asked, **LEAVE), paid=APRIL))
    assert {benefit for benefit, _start, _end in found()} == {
        "family_leave_compensation",
        "annual_leave_compensation",
    }


def test_months_of_leave_costs_that_were_applied_for_are_left_out():
    reviewed(*year_of_wages(), report("r1", absence(START, day(4, 30), **LEAVE), code=EERO, paid=APRIL))
    finding = Finding.objects.get(benefit="annual_leave_compensation")
    assert (finding.absence_start, finding.absence_end) == (day(3, 1), day(4, 30))
    march = ({"month": "2026-03", "paid_days": 26, "holiday_pay": Decimal("300.00")},)
    claim_finding(finding_id=finding.pk, by=cast.by_web(), at=AT, claim_changes={"details": {"months": march}})
    reviewed(report("r2", paid=day(4, 14)))
    assert found(benefit="annual_leave_compensation") == [("annual_leave_compensation", day(4, 1), day(4, 30))]


def test_leave_costs_that_a_report_asks_for_are_left_out():
    asked = absence(day(3, 1), day(3, 31), cause_code=23, reimbursements=(Reimbursement(payment_type=3),))
    leave = report("r1", absence(START, day(4, 30), **LEAVE), code=EERO, paid=APRIL)
    reviewed(*year_of_wages(), leave, report("r2", asked, code=EERO, paid=APRIL))
    assert found(benefit="annual_leave_compensation") == [("annual_leave_compensation", day(4, 1), day(4, 30))]


def test_two_employers_know_nothing_of_each_other():
    reviewed(*year_of_wages(), report("r1", absence(START, END, amount="5000.00")))
    elsewhere = [*year_of_wages(payer=cast.CAFE, wages="1000"), report("c1", absence(START, END), payer=cast.CAFE)]
    reviewed(*elsewhere, payer=cast.CAFE)
    sums = dict(Finding.objects.values_list("organisation__business_id", "estimated_amount"))
    assert sums == {cast.BAKERY: 16 * SICK, cast.CAFE: 16 * Decimal("31.99")}
    applied(START, END)
    reviewed(report("r2", paid=day(4, 14)))
    assert Finding.objects.get(status="open", kind="unclaimed").organisation == cast.employer(cast.CAFE)


def test_masked_amounts_are_not_counted():
    """April's pay is masked: the absence is whole, the pay is March's."""
    april = absence(day(4, 1), day(4, 10), amount=None)
    reviewed(*year_of_wages(), report("r1", absence(START, END, amount="5000.00")), report("r2", april, paid=APRIL))
    one = Finding.objects.get()
    assert (one.absence_end, one.paid, one.estimated_amount) == (day(4, 10), Decimal("5000.00"), 16 * SICK)


def test_the_same_days_told_twice_are_one_absence():
    reviewed(
        *year_of_wages(),
        report("r1", absence(START, END, amount="3000.00")),
        report("r2", absence(START, END, amount="500.00"), paid=APRIL),
    )
    one = Finding.objects.get()
    assert (one.paid, one.estimated_amount) == (Decimal("3500.00"), 16 * SICK)


def test_an_absence_before_the_employment_cannot_be_claimed():
    since = (EmploymentPeriod(start=day(3, 9)),)
    reviewed(report("r1", absence(START, END), employment_periods=since))
    assert found() == []


@pytest.mark.parametrize(("code", "there"), [("010159-9123", True), ("010158-9123", False)])
def test_who_is_too_old_has_no_right(code, there):
    """Until 67 years, judged on the first day: 8:1."""
    reviewed(report("r1", absence(START, END), code=code))
    assert bool(found()) is there


def test_partial_sickness_goes_on_from_sickness_without_waiting():
    """8:11: all 20 weekdays from 1 to 25 April are payable."""
    ill = report("r1", absence(START, END, amount="5000.00"))
    partly = report("r2", absence(day(4, 1), day(4, 25), cause_code=2, amount="4000.00"), paid=APRIL)
    reviewed(*year_of_wages(), ill, partly)
    assert found() == [("sickness_allowance", START, END), ("partial_sickness_allowance", day(4, 1), day(4, 25))]
    rest = Finding.objects.get(benefit="partial_sickness_allowance")
    assert rest.estimated_amount == 20 * Decimal("34.68")
    assert draft_claim(rest).previous_paid_day == END


def test_of_a_long_leave_what_is_in_time_is_found():
    """The allowance may be wanted from a later day: whole months are left out, and the finding stays one."""
    leave = report("r1", absence(day(1, 5), day(6, 30), **LEAVE), code=EERO, paid=day(1, 30))
    reviewed(*year_of_wages(code=EERO), leave)
    one = Finding.objects.get(benefit="parental_allowance")
    assert (one.absence_start, one.absence_end, one.deadline) == (day(3, 1), day(6, 30), day(5, 1))
    reviewed(report("r2", paid=day(5, 4)), at=datetime(2026, 5, 5, 9, tzinfo=UTC))  # 1 May moves to the 4th
    one.refresh_from_db()
    assert (one.status, one.absence_start, one.deadline) == ("open", day(4, 1), day(6, 1))
    assert Event.objects.filter(type=events.FINDING_OPENED, subject=one.pk).count() == 1


def test_what_was_dismissed_stays_so_when_its_first_day_moves():
    reviewed(report("r1", absence(START, END)))
    Finding.objects.update(status="dismissed")
    reviewed(report("r1", absence(day(3, 3), END), version=2))
    assert list(Finding.objects.values_list("status", "absence_start")) == [("dismissed", START)]
    reviewed(report("r2", absence(day(4, 8), day(4, 30)), paid=APRIL))
    assert found() == [("sickness_allowance", day(4, 8), day(4, 30))]


def test_a_first_day_that_is_corrected_changes_the_finding():
    reviewed(report("r1", absence(START, END)))
    before = Finding.objects.get()
    reviewed(report("r1", absence(day(3, 4), END), version=2))
    now = Finding.objects.get()
    assert (now.pk, now.status, now.absence_start, now.deadline) == (before.pk, "open", day(3, 4), day(5, 4))
    assert Event.objects.filter(type=events.FINDING_OPENED).count() == 1


def test_a_withdrawn_application_gives_everything_back():
    reviewed(*year_of_wages(), report("r1", absence(START, day(4, 20), **LEAVE), paid=APRIL))
    before = found()
    said = {"details": {"contract": {"kind": "open_ended"}, "working_time_percent": 100}}
    for one in Finding.objects.exclude(benefit="annual_leave_compensation"):
        changes = said if one.benefit == "family_leave_compensation" else {}
        claim_finding(finding_id=one.pk, by=cast.by_web(), at=AT, claim_changes=changes)
    assert len(found()) == 1
    Application.objects.update(status="withdrawn")
    reviewed(report("r2", paid=day(4, 14)))
    assert found() == before


@pytest.mark.parametrize("benefit", ["family_leave_compensation", "annual_leave_compensation"])
def test_an_application_of_ones_own_closes_it_before_the_next_sync(benefit):
    reviewed(*year_of_wages(), report("r1", absence(START, day(4, 20), **LEAVE), paid=APRIL))
    one = Finding.objects.get(benefit=benefit)
    asked = {
        "family_leave_compensation": {
            "details": {"basis": "pregnancy", "contract": {"kind": "open_ended"}, "working_time_percent": 100}
        },
        "annual_leave_compensation": {
            "absence": None,
            "pay_periods": (),
            "certificate": None,
            "details": {
                "first_leave_day": START,
                "months": ({"month": "2026-03", "paid_days": 26, "holiday_pay": Decimal("300.00")},),
            },
        },
    }[benefit]
    application = applied(START, day(4, 18), benefit=benefit, **{"certificate": None, **asked})
    findings.close(on=date(2026, 4, 16))
    one.refresh_from_db()
    assert (one.status, one.application) == ("covered", application)


def test_queries_do_not_grow_with_findings():
    """Whatever the benefits, and whether they go on from applications or not."""

    def queries(numbers):
        rows = []
        for number in numbers:
            code, cause = identity_code(number), (1, 2, 3, 4, 5)[number % 5]
            rows += [*year_of_wages(code=code), report(f"r{number}", absence(START, END, cause_code=cause), code=code)]
            if number % 5 == 0:
                applied(day(2, 2), day(3, 1), code=code)
        told(*rows)
        with CaptureQueriesContext(connection) as seen:
            findings.find(cast.employer(), at=AT)
        return len(seen)

    assert queries(range(10)) == queries(range(10, 40))
    assert Finding.objects.count() > 40
