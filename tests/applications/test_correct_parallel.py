"""Two at once: one correction counts, versions have no gap, and nothing waits for ever."""

from datetime import date
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connections

from employers.applications.correct import StaleVersion, correct
from employers.applications.decide import decide
from employers.applications.end_pay import end_pay
from employers.applications.models import Application, StatusChange
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.submit import Overlap
from employers.benefits.claim import Income, PayPeriod, Period
from employers.records import events
from employers.records.models import Event
from tests import cast
from tests.applications.test_end_pay import THAT_DAY, claim

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sandbox")]
CLAIMS = 4


def at_once(*works) -> list[str]:
    """What each of them came to: the name of its error, or nothing."""
    barrier, results = Barrier(len(works)), [""] * len(works)

    def run(number: int) -> None:
        barrier.wait()
        try:
            works[number]()
        except Exception as error:
            results[number] = type(error).__name__
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def days(start: date, end: date) -> dict[str, object]:
    paid = PayPeriod(start=start, end=end, amount=Decimal("2000.00"))
    return {"absence": Period(start=start, end=end), "pay_periods": (paid,)}


def correction(application: Application, **said):
    by = cast.by_web()
    claim = cast.claim(**said)
    return lambda: correct(application_id=application.pk, claim=claim, reason="Wrong.", version=1, by=by, at=cast.AT)


def test_of_two_corrections_at_once_one_counts() -> None:
    application = cast.sent()
    ends = [date(2026, 3, 20 + number) for number in range(CLAIMS)]
    results = at_once(*(correction(application, **days(date(2026, 3, 2), end)) for end in ends))
    assert sorted(results) == ["", *[StaleVersion.__name__] * (CLAIMS - 1)]
    application.refresh_from_db()
    numbers = list(application.versions.order_by("number").values_list("number", flat=True))
    assert (application.version, numbers) == (2, [1, 2])
    assert StatusChange.objects.filter(application=application, verb="correct").count() == 1
    assert Event.objects.filter(type=events.CORRECTED).count() == 1


def test_two_applications_do_not_grow_into_each_other() -> None:
    first = cast.sent(**days(date(2026, 3, 2), date(2026, 3, 13)))
    second = cast.sent(**days(date(2026, 3, 23), date(2026, 3, 31)), reference="second")
    results = at_once(
        correction(first, **days(date(2026, 3, 2), date(2026, 3, 19))),
        correction(second, **days(date(2026, 3, 17), date(2026, 3, 31))),
    )
    assert sorted(results) == ["", Overlap.__name__]


def test_a_correction_and_a_decision_at_once_lose_neither() -> None:
    application, by = cast.sent(), cast.by_official()
    income = Income(after_deduction=Decimal(40000))
    results = at_once(
        correction(application, **days(date(2026, 3, 2), date(2026, 3, 20))),
        lambda: decide(application_id=application.pk, outcome="granted", reason="", by=by, at=cast.AT, income=income),
    )
    assert results == ["", ""]
    application.refresh_from_db()
    assert application.status == "decided"
    assert application.version + CorrectionRequest.objects.count() == 2


def test_the_end_of_pay_is_told_once_by_many_workers() -> None:
    said = claim()
    application = cast.sent(absence=said.absence, pay_periods=said.pay_periods)
    at_once(*[lambda: end_pay(at=THAT_DAY)] * 4)
    end_pay(at=THAT_DAY)
    assert Event.objects.filter(application=application.pk, type=events.PAY_ENDED).count() == 1
