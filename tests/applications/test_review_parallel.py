"""Several workers look through the same sync at once: everything comes of it once."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connections

from employers.applications import findings, review_register
from employers.applications.models import Application
from employers.applications.models_register import Finding, RegisterClaim
from employers.records import events
from employers.records.models import Event
from portal.sandbox import data
from portal.sandbox.register.data import identity_code
from tests.applications.reports import AT, absence, claimed, report, told, year_of_wages

WORKERS, PEOPLE = 4, 6
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(action):
    """The action in threads of their own; what they raise."""
    gate, raised = Barrier(WORKERS), []

    def work():
        gate.wait()
        try:
            action()
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_four_workers_do_what_one_would():
    data.load(at=AT)
    start, end = date(2026, 3, 2), date(2026, 3, 31)
    rows = [report(f"f{number}", absence(start, end), code=identity_code(number)) for number in range(PEOPLE)]
    for number in range(PEOPLE):
        code = identity_code(100 + number)
        rows.append(report(f"c{number}", claimed(start, end), code=code))
        rows.append(report(f"d{number}", claimed(date(2026, 4, 1), date(2026, 4, 10)), code=code))
    sync = told(*year_of_wages(), *rows)
    assert at_once(lambda: review_register.review_register(at=AT)) == []
    while review_register.is_any_due():  # who found the row locked leaves it to the next sweep
        review_register.review_register(at=AT)
    assert Finding.objects.count() == Event.objects.filter(type=events.FINDING_OPENED).count() == PEOPLE
    assert Application.objects.count() == Event.objects.filter(type=events.SUBMITTED).count() == 2 * PEOPLE
    assert Application.objects.filter(continues__isnull=False).count() == PEOPLE
    assert set(RegisterClaim.objects.values_list("status", "attempts")) == {("received", 0)}
    sync.refresh_from_db()
    assert sync.findings == PEOPLE
    assert at_once(lambda: findings.close(on=date(2026, 6, 30))) == []
    assert set(Finding.objects.values_list("status", flat=True)) == {"expired"}
