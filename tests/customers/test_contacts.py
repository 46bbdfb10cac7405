"""Contacts: made of the event log once, counted per application, beside those that officials write down."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from customers.contacts import follow
from customers.contacts.enter import ReferenceUnknown, enter
from customers.contacts.models import Contact, FeedCursor
from customers.contacts.queries import asked_about, by_topic, rates
from employers.applications.answer import answer
from employers.applications.ask import ask
from employers.applications.message import About, answer_thread, open_thread
from employers.applications.models import Application
from employers.benefits.claim import PayPeriod, Period
from portal.sandbox import data
from tests import cast
from tests.feeds import until_shown

pytestmark = pytest.mark.django_db(transaction=True)  # a reader sees only what is committed
LATER = cast.AT + timedelta(days=1)
THIS_SPRING = {"since": datetime(2026, 1, 1, tzinfo=UTC), "until": datetime(2026, 7, 1, tzinfo=UTC)}


@pytest.fixture(autouse=True)
def cast_in_place():
    data.load(at=cast.AT)


def asked(application: Application, *codes: str):
    items = [(code, "") for code in codes]
    return ask(application_id=application.pk, items=items, due=date(2026, 5, 1), by=cast.by_official(), at=LATER)


def followed() -> int:
    until_shown()
    return follow.follow()


def told() -> list[tuple[str, str, list[str]]]:
    return list(Contact.objects.order_by("at", "id").values_list("matter", "channel", "codes"))


def later_absence(**changes):
    days = {"start": date(2026, 4, 13), "end": date(2026, 4, 14)}
    pay = (PayPeriod(**days, amount=Decimal("200.00")),)
    return cast.sent(absence=Period(**days), pay_periods=pay, reference="row-2", **changes)


def test_an_application_its_clarification_and_the_answer_are_three_contacts():
    application = cast.sent()
    request = asked(application, "pay_detail", "certificate")
    answers = {str(item.pk): "Kuukausipalkka." for item in request.items.all()}
    answer(request_id=request.pk, answers=answers, by=cast.by_web(), at=LATER + timedelta(hours=1))
    followed()
    assert told() == [
        ("application", application.channel, []),
        ("clarification", "web", ["pay_detail", "certificate"]),
        ("answer", "web", []),
    ]
    one = Contact.objects.earliest("at")
    assert (one.organisation, one.benefit, one.size_class) == (cast.employer(), "sickness_allowance", "small")


def test_a_question_about_a_problem_and_its_reply_are_two_contacts():
    about = About(step="absence", code="late", topic="two-months", benefit="sickness_allowance")
    thread = open_thread(
        organisation=cast.employer(), about=about, text="Ehdinkö?", language="fi", by=cast.by_web(), at=cast.AT
    )
    answer_thread(thread_id=thread.pk, text="Ehdit.", by=cast.by_official(), at=LATER)
    followed()
    assert told() == [("question", "web", ["late"]), ("reply", "web", ["late"])]
    assert asked_about(**THIS_SPRING) == [("late", 1)]
    assert by_topic(**THIS_SPRING) == [("two-months", 1)]


def test_the_log_read_again_makes_no_second_contact():
    cast.sent()
    followed()
    FeedCursor.objects.update(transaction=0, event=None)
    assert followed() == 1
    assert Contact.objects.count() == 1


def test_a_contact_in_the_web_service_carries_no_words_of_the_employer():
    cast.sent()
    followed()
    assert Contact.objects.get().note is None


def test_clarifications_per_application_by_size_class():
    first = cast.sent()
    later_absence()
    asked(first, "certificate")
    followed()
    (small,) = rates("size_class", **THIS_SPRING)
    assert (small.of, small.applications, small.clarifications) == (("small",), 2, 1)
    assert (small.contacts_each, small.clarifications_each) == (Decimal("0.50"), Decimal("0.50"))
    assert asked_about(**THIS_SPRING) == [("certificate", 1)]


def test_what_came_outside_the_time_does_not_count():
    cast.sent()
    followed()
    assert rates("benefit", since=THIS_SPRING["until"], until=THIS_SPRING["until"] + timedelta(days=9)) == []


class TestWrittenDown:
    def call(self, **changes):
        said = {"channel": "phone", "matter": "question", "minutes": 12, "topic": "waiting-period"} | changes
        return enter(organisation=cast.employer(), **said, by=cast.official(), at=cast.AT)

    def test_a_call_about_an_application_counts_beside_it(self):
        application = cast.sent()
        followed()
        assert self.call(reference=application.reference.lower(), note="Soitti.").application == application
        (rate,) = rates("benefit", **THIS_SPRING)
        assert (rate.of, rate.contacts, rate.minutes) == (("sickness_allowance",), 1, Decimal("12.00"))
        assert by_topic(**THIS_SPRING) == [("waiting-period", 1)]

    def test_a_reference_of_another_employer_is_unknown(self):
        application = cast.sent()
        with pytest.raises(ReferenceUnknown):
            enter(
                organisation=cast.employer(cast.CAFE), channel="phone", matter="question", minutes=1,
                reference=application.reference, by=cast.official(), at=cast.AT,
            )  # fmt: skip
        assert not Contact.objects.exists()

    def test_without_applications_there_is_no_ratio(self):
        self.call()
        (rate,) = rates("size_class", **THIS_SPRING)
        assert (rate.contacts, rate.contacts_each) == (1, None)
