"""Further pay of an absence that goes on: the same application says more."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from employers.applications.ask import ask
from employers.applications.decide import decide
from employers.applications.models import Application, StatusChange
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.report_pay import NothingContinues, PayReport, report_pay
from employers.applications.submit import Overlap, Refused
from employers.benefits.claim import Income, PayPeriod, Period, from_json
from employers.records import events
from employers.records.models import Event
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
MAY = datetime(2026, 5, 4, 9, tzinfo=UTC)
JULY = datetime(2026, 7, 6, 9, tzinfo=UTC)  # more than two months after the end of March


def paid(start: date, end: date, amount: str = "2500.00") -> PayPeriod:
    return PayPeriod(start=start, end=end, amount=Decimal(amount))


MARCH = paid(date(2026, 3, 2), date(2026, 3, 31))
APRIL = paid(date(2026, 4, 1), date(2026, 4, 30))


def begun(*, until: date = date(2026, 3, 31), goes_on: date | None = date(2026, 4, 1), **said) -> Application:
    absence = Period(start=date(2026, 3, 2), end=until)
    return cast.sent(absence=absence, pay_periods=(MARCH,), pay_continues_from=goes_on, **said)


def reported(application: Application, *periods: PayPeriod, version: int = 1, at=MAY, **said) -> Application:
    report = PayReport(pay_periods=periods, **said)
    by = cast.by_web()
    return report_pay(application_id=application.pk, report=report, version=version, by=by, at=at).application


def test_a_report_is_a_version_with_the_pay_added_and_the_absence_goes_on() -> None:
    application = reported(begun(), APRIL)
    assert (application.version, application.absence_end, application.pay_ends) == (2, date(2026, 4, 30), None)
    said = from_json(application.versions.get(number=2).content)
    assert said.pay_periods == (MARCH, APRIL)
    assert said.pay_continues_from is None
    assert Event.objects.filter(application=application.pk).latest("id").type == events.CORRECTED
    assert StatusChange.objects.filter(application=application).last().verb == "report_pay"


def test_month_after_month_is_one_application_with_gap_free_versions() -> None:
    application = reported(begun(), APRIL, pay_continues_from=date(2026, 5, 1))
    reported(application, paid(date(2026, 5, 1), date(2026, 5, 31)), version=2, at=JULY)
    application.refresh_from_db()
    assert list(application.versions.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    assert (application.absence_end, Application.objects.count()) == (date(2026, 5, 31), 1)


def test_pay_within_an_absence_that_was_said_longer_leaves_its_end() -> None:
    application = reported(begun(until=date(2026, 6, 30)), APRIL)
    assert (application.absence_end, application.pay_ends) == (date(2026, 6, 30), date(2026, 4, 30))


def test_that_no_more_pay_follows_can_be_told_without_a_period() -> None:
    application = reported(begun(until=date(2026, 6, 30)))
    assert application.pay_ends == date(2026, 3, 31)


def test_an_open_question_stays_open() -> None:
    application = begun()
    items, by = [("certificate", "")], cast.by_official()
    ask(application_id=application.pk, items=items, due=date(2026, 5, 20), by=by, at=cast.AT)
    assert reported(application, APRIL).status == "information_requested"


def test_further_days_have_their_own_time_limit() -> None:
    """Two months from the end of what was applied for before: act 1224/2004 15:4."""
    in_time, late = reported(begun(), APRIL), begun(business_id=cast.CAFE)
    assert not in_time.late
    reported(late, APRIL, at=JULY)
    late.refresh_from_db()
    assert late.late
    assert [one["field"] for one in late.versions.get(number=2).problems if one["code"] == "late"] == ["absence.end"]


def test_pay_is_reported_only_while_something_goes_on() -> None:
    with pytest.raises(NothingContinues):
        reported(begun(goes_on=None), APRIL)


@pytest.mark.parametrize(
    ("period", "field", "code"),
    [
        (paid(date(2026, 3, 20), date(2026, 4, 10)), "pay_periods.0", "overlapping_periods"),
        (paid(date(2026, 4, 10), date(2026, 4, 1)), "pay_periods.0.end", "before_start"),
        (paid(date(2026, 4, 15), date(2026, 4, 30)), "pay_periods.0.start", "outside_absence"),
        (paid(date(2026, 4, 1), date(2026, 4, 30), "-1.00"), "pay_periods.0.amount", "amount_negative"),
    ],
)
def test_what_is_wrong_is_named_as_the_report_numbers_it(period: PayPeriod, field: str, code: str) -> None:
    application = begun()
    with pytest.raises(Refused) as refused:
        reported(application, period)
    assert (field, code) in [(one.field, one.code) for one in refused.value.problems]
    assert application.versions.count() == 1


def test_days_of_another_application_are_not_reported_again() -> None:
    application = begun()
    cast.sent(absence=Period(start=APRIL.start, end=APRIL.end), pay_periods=(APRIL,), reference="second")
    with pytest.raises(Overlap):
        reported(application, APRIL)


def test_after_the_decision_a_report_waits_for_an_official() -> None:
    application, by = begun(), cast.by_official()
    income = Income(after_deduction=Decimal(40000))
    decide(application_id=application.pk, outcome="granted", reason="", by=by, at=cast.AT, income=income)
    reported(application, APRIL)
    application.refresh_from_db()
    assert (application.version, application.absence_end) == (1, date(2026, 3, 31))
    request = CorrectionRequest.objects.get()
    assert (request.kind, from_json(request.content).pay_periods) == ("report_pay", (MARCH, APRIL))
