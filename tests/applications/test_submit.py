"""Sending an application: everything it needs is written, or nothing is."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from employers.applications.models import Application, ApplicationVersion, StatusChange
from employers.applications.submit import Duplicate, Filing, Overlap, Refused, submit
from employers.benefits.claim import Employee, PayPeriod, Period, from_json
from employers.people.models import Person
from employers.records.models import Event
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")


def test_writes_application_version_history_and_event_together():
    application = cast.sent()
    assert (application.status, application.version, application.deadline) == ("submitted", 1, date(2026, 5, 2))
    assert from_json(ApplicationVersion.objects.get(application=application).content) == cast.claim()
    assert [change.target for change in StatusChange.objects.filter(application=application)] == ["submitted"]
    assert [event.type for event in Event.objects.filter(application=application.pk)] == ["application.submitted"]


def test_the_database_cannot_read_who_it_is_about():
    cast.sent()
    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text, v::text FROM employers_person p, employers_applicationversion v")
        stored = "".join(cursor.fetchone())
    readable = bytes.fromhex("".join(part for part in stored.replace("\\\\x", "").split('"') if _is_hex(part)))
    for secret in ("010190-9123", "Esimerkki"):
        assert secret not in stored
        assert secret.encode() not in readable


def _is_hex(text: str) -> bool:
    return len(text) > 40 and all(letter in "0123456789abcdef" for letter in text)


def test_a_broken_claim_leaves_nothing():
    reversed_absence = Period(start=date(2026, 4, 10), end=date(2026, 3, 2))
    with pytest.raises(Refused) as refused:
        cast.sent(absence=reversed_absence)
    assert ("absence.end", "before_start") in {(item.field, item.code) for item in refused.value.problems}
    assert not Application.objects.exists()
    assert not Person.objects.exists()
    assert not Event.objects.exists()


def test_the_same_claim_again_is_a_duplicate_whatever_its_reference():
    first = cast.sent()
    with pytest.raises(Duplicate) as duplicate:
        cast.sent(reference="another")
    assert duplicate.value.existing == first


def test_other_days_of_the_same_absence_overlap():
    first = cast.sent()
    later = Period(start=date(2026, 4, 10), end=date(2026, 4, 20))
    with pytest.raises(Overlap) as overlap:
        cast.sent(absence=later, pay_periods=(PayPeriod(start=later.start, end=later.end, amount=Decimal(100)),))
    assert overlap.value.existing == [first]


def test_another_persons_absence_does_not_overlap():
    cast.sent()
    colleague = Employee(personal_identity_code="010190-901R", given_name="Eero", family_name="Esimerkki")
    assert cast.sent(employee=colleague, reference="row-4712").status == "submitted"


def test_a_clients_reference_serves_once():
    filing = Filing(channel="api", by=cast.by_client(), at=cast.AT)
    submit(organisation=cast.employer(), claim=cast.claim(), filing=filing)
    colleague = Employee(personal_identity_code="010190-901R", given_name="Eero", family_name="Esimerkki")
    with pytest.raises(Refused) as refused:
        submit(organisation=cast.employer(), claim=cast.claim(employee=colleague), filing=filing)
    assert [(item.field, item.code) for item in refused.value.problems] == [("reference", "reference_taken")]


def test_late_is_kept_as_a_warning():
    application = cast.sent(at=cast.AT + timedelta(days=60))
    assert application.late
    assert "late" in [problem["code"] for problem in application.versions.get().problems]


def test_strict_handling_turns_warnings_into_refusal():
    filing = Filing(channel="api", by=cast.by_client(), at=cast.AT + timedelta(days=60), strict=True)
    with pytest.raises(Refused):
        submit(organisation=cast.employer(), claim=cast.claim(), filing=filing)


def test_a_continuation_inherits_the_year_of_the_first_absence():
    first = cast.sent(
        absence=Period(start=date(2025, 12, 1), end=date(2025, 12, 31)),
        pay_periods=(PayPeriod(start=date(2025, 12, 1), end=date(2025, 12, 31), amount=Decimal(3000)),),
    )
    more = Period(start=date(2026, 1, 1), end=date(2026, 1, 31))
    second = cast.sent(
        absence=more,
        pay_periods=(PayPeriod(start=more.start, end=more.end, amount=Decimal(3000)),),
        continues_application=str(first.pk),
        reference="row-4712",
    )
    assert (second.continues, second.law_day, second.deadline) == (first, date(2025, 12, 1), date(2026, 2, 28))


def test_anothers_application_cannot_be_continued():
    foreign = cast.sent(business_id=cast.CAFE)
    with pytest.raises(Refused) as refused:
        cast.sent(continues_application=str(foreign.pk))
    assert "unknown_application" in [item.code for item in refused.value.problems]


@pytest.mark.django_db(transaction=True)
def test_eight_claims_at_once_about_one_absence_give_one_application():
    employer, filing = cast.employer(), Filing(channel="web", by=cast.by_web(), at=cast.AT)
    barrier, outcomes = Barrier(8), []

    def send(number: int) -> None:
        barrier.wait()
        try:
            submit(organisation=employer, claim=replace(cast.claim(), reference=f"row-{number}"), filing=filing)
            outcomes.append("sent")
        except Duplicate:
            outcomes.append("duplicate")
        finally:
            connections.close_all()

    threads = [Thread(target=send, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["duplicate"] * 7 + ["sent"]
    assert Application.objects.count() == 1
