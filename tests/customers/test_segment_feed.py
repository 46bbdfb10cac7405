"""From the event log to segments: by real rows, in one order, once."""

import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from customers.contacts.models import FeedCursor
from customers.segments import follow
from customers.segments.models import Fact, SegmentAssignment
from customers.segments.queries import changes_after, history_of
from employers.applications.record import move
from employers.benefits.claim import Employee, PayPeriod, Period
from employers.people.queries import known_person
from employers.records.queries import Cursor
from portal.sandbox import data
from tests import cast
from tests.feeds import until_shown

ON = date(2026, 4, 15)
pytestmark = pytest.mark.django_db(transaction=True)  # a reader sees only what is committed
CODES = ("010190-9123", "040490-916K", "020290-912J", "030390-9142")


@pytest.fixture
def cast_in_place():
    data.load(at=cast.AT)


def someone(code):
    return Employee(personal_identity_code=code, given_name="Aino", family_name="Esimerkki")


def absent(start, end, **changes):
    """An application for an absence, sent on the day after it."""
    days = {"start": start, "end": end}
    changes.setdefault("reference", f"row-{start}")
    changes.setdefault("at", datetime(end.year, end.month, end.day, 12, tzinfo=UTC) + timedelta(days=1))
    return cast.sent(absence=Period(**days), pay_periods=(PayPeriod(**days, amount=Decimal("3000.00")),), **changes)


def followed(*, on):
    until_shown()
    return follow.follow(on=on)


def rows():
    return list(SegmentAssignment.objects.order_by("transaction", "id").values_list("segment", "previous", "sliding"))


@pytest.mark.usefixtures("cast_in_place")
class TestOneReader:
    def test_a_sent_application_is_a_fact(self):
        application = cast.sent()
        followed(on=ON)
        fact = Fact.objects.get()
        assert (fact.person_id, fact.application_id) == (application.person_id, application.pk)
        assert (fact.start, fact.end, fact.paid_days) == (date(2026, 3, 2), date(2026, 4, 10), 23)
        assert (fact.submitted_on, fact.status) == (ON, "submitted")

    def test_a_first_absence_makes_changing_from_its_start(self):
        cast.sent()
        followed(on=ON)
        (assignment,) = SegmentAssignment.objects.all()
        assert (assignment.segment, assignment.previous, assignment.sliding) == ("changing", "steady", False)
        assert (assignment.valid_from, assignment.assigned_on) == (date(2026, 3, 2), ON)
        assert assignment.reasons == [{"code": "absence_reported", "since": "2026-03-02"}]

    def test_following_again_changes_nothing(self):
        cast.sent()
        followed(on=ON)
        place, before = FeedCursor.objects.values().get(name="segments"), rows()
        assert followed(on=ON) == 0
        FeedCursor.objects.update(transaction=0, event=None)  # and reading the whole log again neither
        assert followed(on=ON) == 1
        assert (FeedCursor.objects.values().get(name="segments"), rows(), Fact.objects.count()) == (place, before, 1)

    def test_the_fact_moves_with_the_application(self):
        application = cast.sent()
        followed(on=ON)
        move(application.pk, "withdraw", by=cast.by_web(), at=cast.AT)
        followed(on=ON)
        fact = Fact.objects.get()
        assert (fact.status, fact.paid_days) == ("withdrawn", 0)
        assert rows() == [("changing", "steady", False), ("steady", "changing", False)]

    def test_time_alone_makes_steady_again(self):
        cast.sent()
        followed(on=ON)
        quiet = date(2026, 4, 10) + timedelta(days=90)
        assert follow.settle(on=quiet - timedelta(days=1)) == 0
        assert follow.settle(on=quiet) == 1
        assert follow.settle(on=quiet) == 0
        assert rows() == [("changing", "steady", False), ("steady", "changing", False)]
        newest = history_of(Fact.objects.get().person_id).first()
        assert (newest.valid_from, newest.reasons[0]["code"]) == (quiet, "no_new_absence")
        assert SegmentAssignment.objects.filter(superseded=False).get() == newest

    def test_an_absence_to_come_changes_nothing_until_it_starts(self):
        start = date(2026, 5, 4)
        cast.sent(
            absence=Period(start=start, end=start),
            pay_periods=(PayPeriod(start=start, end=start, amount=Decimal(100)),),
        )
        followed(on=ON)
        until_shown(SegmentAssignment)
        assert changes_after(Cursor(), limit=10) == []
        assert follow.settle(on=start) == 1
        until_shown(SegmentAssignment)
        assert [change.segment for change in changes_after(Cursor(), limit=10)] == ["changing"]

    def test_an_absence_heard_of_late_is_history_all_the_same(self):
        absent(date(2026, 1, 7), date(2026, 1, 16), at=datetime(2026, 6, 1, 9, tzinfo=UTC))
        followed(on=date(2026, 6, 1))
        assert rows() == [("changing", "steady", False), ("steady", "changing", False)]
        assert list(SegmentAssignment.objects.values_list("valid_from", flat=True).order_by("id")) == [
            date(2026, 1, 7),
            date(2026, 4, 16),
        ]

    def test_three_absences_in_two_years_make_supported(self):
        for start in (date(2026, 1, 7), date(2026, 2, 2), date(2026, 3, 2)):
            absent(start, start + timedelta(days=4))
            followed(on=start + timedelta(days=5))
        assert rows() == [
            ("changing", "steady", False),
            ("changing", "changing", True),
            ("supported", "changing", False),
        ]
        assert SegmentAssignment.objects.get(superseded=False).reasons[0]["code"] == "absences_at_limit"

    def test_queries_do_not_grow_with_persons(self, django_assert_num_queries):
        cast.sent(employee=someone(CODES[0]), reference="one")
        followed(on=ON)
        for count in (1, 2):
            for number in range(count):
                cast.sent(employee=someone(CODES[count + number]), reference=f"{count}-{number}")
            until_shown()
            with django_assert_num_queries(12):
                follow.follow(on=ON)


@pytest.mark.usefixtures("cast_in_place")
class TestManyWriters:
    def test_an_open_transaction_is_never_passed_by(self):
        """A claim that commits after a later one is not lost behind the cursor."""
        begun, commit = threading.Event(), threading.Event()
        slow = threading.Thread(target=send_slowly, args=(begun, commit))
        slow.start()
        assert begun.wait(10)
        cast.sent(employee=someone(CODES[1]), reference="quick")
        follow.follow(on=ON)
        assert known_person(CODES[0]) is None
        commit.set()
        slow.join(10)
        followed(on=ON)
        assert Fact.objects.count() == SegmentAssignment.objects.count() == 2
        assert known_person(CODES[0]).pk in Fact.objects.values_list("person", flat=True)

    def test_many_workers_at_once_do_what_one_does(self):
        for number, code in enumerate(CODES):
            cast.sent(employee=someone(code), reference=f"row-{number}")
        until_shown()
        workers = [threading.Thread(target=closing, args=(lambda: follow.follow(on=ON),)) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(20)
        followed(on=ON)
        assert rows() == [("changing", "steady", False)] * len(CODES)


def send_slowly(begun, commit):
    def work():
        with transaction.atomic():
            cast.sent(employee=someone(CODES[0]), reference="slow")
            begun.set()
            assert commit.wait(10)

    closing(work)


def closing(work):
    try:
        work()
    finally:
        connection.close()
