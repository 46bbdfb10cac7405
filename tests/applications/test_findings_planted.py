"""What the register shows and nobody claimed: of the planted absences all that can be claimed, and nothing else."""

from datetime import date

import pytest

from employers.applications.models_register import Finding
from employers.benefits.claim import Employee, Period
from portal.sandbox.register.data import identity_code
from tests import cast
from tests.applications.reports import absence, claimed, pay, report, reviewed

pytestmark = pytest.mark.usefixtures("sandbox")
APRIL = date(2026, 4, 15)  # a payday, and today


def day(month, number):
    return date(2026, month, number)


def found(payer):
    """Who is found with which days."""
    rows = Finding.objects.filter(organisation=cast.employer(payer), status="open").select_related("person")
    return {(one.person.identity_code, one.absence_start, one.absence_end) for one in rows}


def sent(code, start, end):
    employee = Employee(personal_identity_code=code, given_name="Aino", family_name="Esimerkki")
    return cast.sent(employee=employee, absence=Period(start=start, end=end), pay_periods=(pay(start, end),))


def test_all_that_can_be_claimed_is_found_and_nothing_else():
    """Recall and precision: exact sets, for two employers."""
    (
        long, at_last, split, over_easter, two_spells, masked, rejoined,
        short, waiting, covered, by_report, late, corrected, gone, other_cause, unpaid, open_end,
    ) = (identity_code(1_000_000 + number) for number in range(17))  # fmt: skip
    sent(covered, day(3, 2), day(3, 20))
    reviewed(
        report("long", absence(day(3, 2), day(3, 20)), code=long),
        report("at-last", absence(day(2, 15), day(3, 2)), code=at_last),  # the last day to ask is today
        report("split-1", absence(day(3, 16), day(3, 31)), code=split),
        report("split-2", absence(day(4, 1), day(4, 10)), code=split, paid=APRIL),
        report("easter-1", absence(day(3, 23), day(4, 2)), code=over_easter),  # Good Friday is 3 April
        report("easter-2", absence(day(4, 4), day(4, 4)), absence(day(4, 7), day(4, 10)), code=over_easter, paid=APRIL),
        report("two-1", absence(day(3, 2), day(3, 13)), code=two_spells),
        report("two-2", absence(day(3, 17), day(3, 31)), code=two_spells, paid=APRIL),  # Monday 16 was worked
        report("masked", absence(day(3, 2), day(3, 20)), code=masked, transactions=()),
        report("rejoined", absence(day(3, 2), day(3, 20)), code=rejoined),
        report("rejoined", code=rejoined, version=2, absences_told=False),
        report("short", absence(day(3, 2), day(3, 4)), code=short),
        report("waiting", absence(day(3, 2), day(3, 11)), code=waiting),  # the onset and nine weekdays
        report("covered", absence(day(3, 9), day(3, 31)), code=covered),
        report("by-report", claimed(day(3, 2), day(3, 20)), code=by_report),
        report("late", absence(day(2, 14), day(3, 20)), code=late),
        report("corrected", absence(day(3, 2), day(3, 20)), code=corrected),
        report("corrected", absence(day(3, 2), day(3, 4)), code=corrected, version=2),
        report("gone", absence(day(3, 2), day(3, 20)), code=gone),
        report("gone", code=gone, version=2, status=2),
        report("other-cause", absence(day(3, 2), day(3, 20), cause_code=6), code=other_cause),
        report("unpaid", absence(day(3, 2), day(3, 20), amount="0.00"), code=unpaid),
        report("open-end", absence(day(3, 2), None), code=open_end),
    )
    reviewed(report("elsewhere", absence(day(3, 2), day(3, 31)), code=long, payer=cast.CAFE), payer=cast.CAFE)
    assert found(cast.BAKERY) == {
        (long, day(3, 2), day(3, 20)),
        (at_last, day(2, 15), day(3, 2)),
        (split, day(3, 16), day(4, 10)),
        (over_easter, day(3, 23), day(4, 10)),
        (two_spells, day(3, 2), day(3, 13)),
        (two_spells, day(3, 17), day(3, 31)),
        (masked, day(3, 2), day(3, 20)),
        (rejoined, day(3, 2), day(3, 20)),
        (covered, day(3, 21), day(3, 31)),  # what goes on from what was applied for
    }
    assert found(cast.CAFE) == {(long, day(3, 2), day(3, 31))}
