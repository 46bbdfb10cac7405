"""An application said anew: a new version before the decision, a request for one after it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from employers.applications import changes
from employers.applications.ask import ask
from employers.applications.assign import take_up
from employers.applications.correct import RequestWaits, StaleVersion, Unchanged, correct
from employers.applications.decide import decide
from employers.applications.models import Application, StatusChange
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.submit import Overlap, Refused
from employers.applications.withdraw import withdraw
from employers.benefits.claim import Claim, Employee, Employment, Income, PayPeriod, Period, from_json
from employers.records import events
from employers.records.models import Event
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
LATER = datetime(2026, 6, 30, 9, tzinfo=UTC)  # after the deadline of the absence
INCOME = Income(after_deduction=Decimal(40000))


def days(start: date, end: date, amount: str = "3000.00") -> dict[str, object]:
    paid = PayPeriod(start=start, end=end, amount=Decimal(amount))
    return {"absence": Period(start=start, end=end), "pay_periods": (paid,)}


MARCH = days(date(2026, 3, 2), date(2026, 3, 31))


def corrected(application: Application, *, version: int = 1, reason: str = "The end was wrong.", **said) -> Application:
    claim = cast.claim(**{**MARCH, **said})
    by = cast.by_web()
    return correct(
        application_id=application.pk, claim=claim, reason=reason, version=version, by=by, at=LATER
    ).application


def decided(application: Application, outcome: str = "granted") -> None:
    by = cast.by_official()
    decide(application_id=application.pk, outcome=outcome, reason="So it is.", by=by, at=cast.AT, income=INCOME)


def versions(application: Application) -> list[int]:
    return list(application.versions.order_by("number").values_list("number", flat=True))


def written(application: Application) -> tuple[int, int, int]:
    moves = StatusChange.objects.filter(application=application).count()
    return moves, Event.objects.filter(application=application.pk).count(), len(versions(application))


def test_a_correction_replaces_the_whole_claim_in_a_new_version() -> None:
    corrected(cast.sent())
    application = Application.objects.get()
    assert (application.version, versions(application)) == (2, [1, 2])
    assert (application.absence_end, application.status) == (date(2026, 3, 31), "submitted")
    said = application.versions.get(number=2)
    assert (said.reason, from_json(said.content).absence) == ("The end was wrong.", MARCH["absence"])
    assert from_json(application.versions.get(number=1).content).absence.end == date(2026, 4, 10)
    assert application.amount is None or application.amount > 0
    assert said.estimate["payable_days"] == 16


def test_one_history_row_and_one_event_for_a_correction() -> None:
    application = cast.sent()
    before = written(application)
    corrected(application)
    assert written(application) == tuple(count + 1 for count in before)
    change = StatusChange.objects.filter(application=application).last()
    assert (change.verb, change.version, change.source, change.target) == ("correct", 2, "submitted", "submitted")
    assert Event.objects.filter(application=application.pk).latest("id").type == events.CORRECTED


@pytest.mark.parametrize(("verb", "status"), [("take_up", "in_handling"), ("ask", "in_handling")])
def test_a_correction_keeps_the_status_and_answers_a_question(verb: str, status: str) -> None:
    application, by = cast.sent(), cast.by_official()
    if verb == "ask":
        items = [("absence_dates", "")]
        ask(application_id=application.pk, items=items, due=date(2026, 5, 4), by=by, at=cast.AT)
    else:
        take_up(application_id=application.pk, by=by, at=cast.AT)
    assert corrected(application).status == status


def test_the_day_it_came_first_decides_whether_it_is_late() -> None:
    application = corrected(cast.sent())
    assert not application.late
    assert "late" not in [one["code"] for one in application.versions.get(number=2).problems]


def test_what_is_wrong_is_refused_as_when_it_is_sent() -> None:
    application = cast.sent()
    before = written(application)
    with pytest.raises(Refused) as refused:
        corrected(application, absence=Period(start=date(2026, 3, 31), end=date(2026, 3, 2)))
    assert "before_start" in {problem.code for problem in refused.value.problems}
    assert written(application) == before


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        (
            {"employee": Employee(personal_identity_code="040490-916K", given_name="Bo", family_name="Exempel")},
            "employee.personal_identity_code",
            "other_person",
        ),
        ({"employer": cast.CAFE}, "employer", "other_employer"),
        ({"benefit": "donor_allowance"}, "benefit", "other_benefit"),
    ],
)
def test_another_person_employer_or_benefit_is_another_application(said: dict, field: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        corrected(cast.sent(), **said)
    assert (field, code) in [(one.field, one.code) for one in refused.value.problems]


def test_a_name_can_be_corrected() -> None:
    employee = replace(cast.claim().employee, family_name="Mallikas")
    application = corrected(cast.sent(), employee=employee)
    assert application.versions.get(number=2).content["employee"]["family_name"] == "Mallikas"


def test_a_correction_made_from_an_older_version_is_refused() -> None:
    application = cast.sent()
    corrected(application)
    with pytest.raises(StaleVersion) as stale:
        corrected(application, **days(date(2026, 3, 2), date(2026, 3, 20)))
    assert stale.value.current == 2
    assert versions(application) == [1, 2]


def test_what_says_nothing_new_is_no_correction() -> None:
    application = cast.sent()
    with pytest.raises(Unchanged):
        corrected(application, **days(date(2026, 3, 2), date(2026, 4, 10), "3600.00"), reference="another")
    assert versions(application) == [1]


def test_overlap_is_with_other_applications_alone() -> None:
    first, second = cast.sent(**MARCH), cast.sent(**days(date(2026, 4, 1), date(2026, 4, 10)), reference="second")
    assert corrected(second, **days(date(2026, 4, 1), date(2026, 4, 14))).absence_end == date(2026, 4, 14)
    with pytest.raises(Overlap) as overlap:
        corrected(second, version=2, **days(date(2026, 3, 30), date(2026, 4, 14)))
    assert overlap.value.existing == [first]
    assert versions(second) == [1, 2]


def test_days_that_a_correction_gives_up_can_be_applied_for() -> None:
    corrected(cast.sent())
    free = days(date(2026, 4, 1), date(2026, 4, 10))
    assert cast.sent(**free, reference="second").status == "submitted"


def test_an_application_cannot_continue_itself() -> None:
    application = cast.sent()
    for other in (application, cast.sent(**days(date(2026, 4, 13), date(2026, 4, 14)), reference="second",
                                         continues_application=str(application.pk))):  # fmt: skip
        with pytest.raises(Refused) as refused:
            corrected(application, continues_application=str(other.pk))
        assert "unknown_application" in {problem.code for problem in refused.value.problems}


def test_nothing_is_corrected_after_it_was_withdrawn() -> None:
    application = cast.sent()
    withdraw(application_id=application.pk, reason="A mistake.", by=cast.by_web(), at=cast.AT)
    with pytest.raises(Exception, match="withdrawn"):
        corrected(application)


def test_after_the_decision_a_correction_is_a_request() -> None:
    application = cast.sent()
    decided(application)
    before = written(application)
    corrected(application)
    application.refresh_from_db()
    assert (application.version, application.status, application.outcome) == (1, "decided", "granted")
    request = CorrectionRequest.objects.get()
    assert (request.state, request.reason) == ("waiting", "The end was wrong.")
    assert from_json(request.content).absence == MARCH["absence"]
    assert written(application) == (before[0], before[1] + 1, before[2])
    assert Event.objects.latest("id").type not in events.PUBLIC


def test_one_request_waits_at_a_time() -> None:
    application = cast.sent()
    decided(application)
    corrected(application)
    with pytest.raises(RequestWaits):
        corrected(application, **days(date(2026, 3, 2), date(2026, 3, 20)))


def test_no_reason_is_kept_in_the_open() -> None:
    """A reason is free text and may tell anything."""
    corrected(cast.sent(), reason="Flu.")
    with connection.cursor() as cursor:
        for table in ("applicationversion", "statuschange"):
            cursor.execute(f"SELECT reason FROM employers_{table} WHERE reason IS NOT NULL")
            kept = [bytes(reason) for (reason,) in cursor.fetchall()]
            assert kept
            assert not [reason for reason in kept if b"Flu" in reason]


def test_changes_name_the_member_and_tell_a_new_entry_whole() -> None:
    before = cast.claim()
    added = PayPeriod(start=date(2026, 4, 11), end=date(2026, 4, 12), amount=Decimal("1.00"))
    after: Claim = replace(
        before,
        absence=Period(start=date(2026, 3, 3), end=date(2026, 4, 12)),
        employment=Employment(start=date(2019, 5, 2), end=date(2026, 5, 31)),
        pay_periods=(replace(before.pay_periods[0], amount=Decimal("3500.00")), added),
        reference="another",
    )
    assert [(one.path, one.before, one.after) for one in changes.diff(before, after)] == [
        ("employment.end", None, "2026-05-31"),
        ("absence.start", "2026-03-02", "2026-03-03"),
        ("absence.end", "2026-04-10", "2026-04-12"),
        ("pay_periods.0.amount", "3600.00", "3500.00"),
        ("pay_periods.1", None, {"start": "2026-04-11", "end": "2026-04-12", "amount": "1.00"}),
    ]
    assert changes.diff(before, before) == []
