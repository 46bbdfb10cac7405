"""The officials' queue: what needs somebody comes first, and a code is never in an address."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from employers.applications.answer import answer
from employers.applications.ask import ask
from employers.applications.assign import take_up
from employers.benefits.claim import Employee, PayPeriod, Period
from employers.benefits.weekdays import DAY
from employers.organisations.models import User
from employers.records import clock
from employers.records.models import ReadLog
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")
BACKEND = "django.contrib.auth.backends.ModelBackend"
LIST = "admin:employers_application_changelist"
CODES = ("010190-9123", "010190-901R", "150275-903S", "230561-904S", "080888-905H", "121299-9066")


@pytest.fixture
def official(client):
    client.force_login(cast.official(), backend=BACKEND)
    return client


def sent(number=0, **changes):
    """The number-th application: of another person, sent a day later."""
    person = Employee(personal_identity_code=CODES[number], given_name="Eero", family_name="Esimerkki")
    reference = f"row-{number}"
    return cast.sent(employee=person, reference=reference, at=cast.AT + number * DAY, **changes)


def listed(client, query=""):
    response = client.get(reverse(LIST) + query)
    assert response.status_code == 200
    return [application.reference for application in response.context["cl"].result_list]


def asked(application, *, due):
    items = [("certificate", "")]
    return ask(application_id=application.pk, items=items, due=due, by=cast.by_official(), at=cast.AT)


def test_answered_first_then_overdue_then_the_oldest_and_waiting_last(official):
    waiting, new, younger, overdue, answered = (sent(number) for number in range(5))
    asked(waiting, due=clock.today() + timedelta(days=7))
    asked(overdue, due=clock.today() - DAY)
    request = asked(answered, due=date(2026, 5, 1))
    answers = {str(item.pk): "Yes" for item in request.items.all()}
    answer(request_id=request.pk, answers=answers, by=cast.by_web(), at=cast.AT)
    assert listed(official) == [item.reference for item in (answered, overdue, new, younger, waiting)]


def test_desks(official):
    mine, others, nobodys = (sent(number) for number in range(3))
    take_up(application_id=mine.pk, by=cast.by_official(), at=cast.AT)
    colleague = cast.by_official().__class__(role="official", user=User.objects.create_user("colleague"))
    take_up(application_id=others.pk, by=colleague, at=cast.AT)
    assert listed(official, "?desk=mine") == [mine.reference]
    assert listed(official, "?desk=nobody") == [nobodys.reference]
    assert len(listed(official, "?desk=all")) == 3


def test_what_is_done_is_not_in_the_queue(official):
    from employers.applications.record import move

    move(sent().pk, "withdraw", by=cast.by_web(), at=cast.AT)
    assert listed(official) == []
    assert listed(official, "?desk=all") == ["row-0"]


@pytest.mark.parametrize("query", ["status__exact=submitted", "benefit=sickness_allowance", "channel__exact=web"])
def test_filters(official, query):
    sent()
    assert listed(official, f"?{query}") == ["row-0"]


def searched(client, text):
    response = client.post(reverse("admin:employers_application_search"), {"q": text}, follow=True)
    return response, [application.reference for application in response.context["cl"].result_list]


def test_searching_by_identity_code_keeps_it_out_of_every_address(official):
    sent(0), sent(1)
    response, found = searched(official, "010190-901r ")
    assert found == ["row-1"]
    assert not [url for url, _ in response.redirect_chain if "901" in url.upper()]
    assert "010190-901R" not in response.content.decode()


@pytest.mark.parametrize(("text", "found"), [("row-1", ["row-1"]), (cast.BAKERY, ["row-0", "row-1"]), ("row", [])])
def test_searching_by_reference_and_business_id(official, text, found):
    sent(0), sent(1)
    assert searched(official, text)[1] == found


def test_searching_for_nobody_finds_nothing(official):
    sent()
    response, found = searched(official, "230561-904S")
    assert found == []
    assert response.redirect_chain[-1][0].endswith("person=00000000-0000-0000-0000-000000000000")


def test_whoever_is_listed_was_looked_at(official):
    first, second = sent(0), sent(1)
    listed(official)
    rows = ReadLog.objects.filter(action="list")
    assert {row.person for row in rows} == {first.person_id, second.person_id}
    assert {row.hits for row in rows} == {2}


def test_the_list_names_nobody(official):
    sent()
    body = official.get(reverse(LIST)).content.decode()
    assert "Eero" not in body
    assert "010190" not in body


def test_queries_do_not_grow_with_the_queue(official, django_assert_max_num_queries):
    sent(0)
    with django_assert_max_num_queries(12) as short:
        listed(official)
    for number in range(1, 6):
        sent(number)
        take_up(application_id=sent_again(number).pk, by=cast.by_official(), at=cast.AT)
    with django_assert_max_num_queries(len(short)):
        assert len(listed(official)) == 11


def sent_again(number):
    """Another absence of the same person."""
    days = Period(start=date(2026, 1, 5), end=date(2026, 1, 30))
    pay = PayPeriod(start=days.start, end=days.end, amount=cast.claim().pay_periods[0].amount)
    person = Employee(personal_identity_code=CODES[number], given_name="Eero", family_name="Esimerkki")
    return cast.sent(employee=person, reference=f"again-{number}", absence=days, pay_periods=(pay,))
