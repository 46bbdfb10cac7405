"""An employment that the register does not know is warned of, and never stops an application."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from employers.applications.assess import assess
from employers.benefits.claim import Income
from employers.income_register.models import RegisterSync
from portal.sandbox.register.data import identity_code
from tests import cast
from tests.applications.reports import AINO, absence, report, reviewed

pytestmark = pytest.mark.usefixtures("sandbox")
TODAY = date(2026, 4, 15)
SICK = absence(date(2026, 3, 2), date(2026, 3, 4))


def assessed(*, filing=True, employer=cast.BAKERY, **changes):
    organisation = cast.employer(employer)
    return assess(cast.claim(**changes), on=TODAY, organisation=organisation, income=Income(), filing=filing)


def is_warned(**options):
    return ("employee", "employment_unknown", "warning") in {
        (problem.field, problem.code, problem.severity) for problem in assessed(**options).problems
    }


def test_before_the_register_was_read_nobody_is_unknown():
    assert not is_warned()
    RegisterSync.objects.create(organisation=cast.employer(), requested_at=cast.AT, status="failed")
    assert not is_warned()


def test_whom_the_register_does_not_know_is_warned_of():
    reviewed(report("r1", SICK, code=identity_code(1)))
    assert is_warned()
    assert not assessed().errors
    assert cast.sent().versions.get().problems[0]["code"] == "employment_unknown"


def test_whom_it_knows_is_not():
    reviewed(report("r1", SICK, code=AINO))
    assert not is_warned()


def test_what_another_employer_told_does_not_count():
    reviewed(report("r1", SICK, code=AINO))
    reviewed(report("r2", SICK, code=identity_code(1), payer=cast.CAFE), payer=cast.CAFE)
    assert is_warned(employer=cast.CAFE)


def test_an_estimate_is_not_warned_of():
    reviewed(report("r1", SICK, code=identity_code(1)))
    assert not is_warned(filing=False)
    assert not is_warned(employee=None)


def test_queries_do_not_grow_with_reports():
    def queries():
        with CaptureQueriesContext(connection) as seen:
            assessed()
        return len(seen)

    reviewed(report("r0", SICK, code=identity_code(1)))
    few = queries()
    for number in range(2, 12):
        reviewed(report(f"r{number}", SICK, code=identity_code(number)))
    assert queries() == few
