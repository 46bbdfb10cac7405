"""The first large payment to a changed account is sent by two officials; nobody is both, and no old word counts."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from employers.applications.decide import decide
from employers.applications.lifecycle import NotYours
from employers.applications.models import Application, Payment
from employers.applications.pay import SecondNeeded, agree, pay
from employers.benefits.claim import Employee, Income
from employers.organisations.access import Actor
from employers.organisations.models import Organisation, User
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")
LARGE = 1_000  # EUR; the example gives 1 678.54


@pytest.fixture(autouse=True)
def small_sum(settings) -> None:
    settings.FOUR_EYES_ABOVE = LARGE


def changed(at=cast.AT - timedelta(days=3)) -> None:
    Organisation.objects.filter(business_id=cast.BAKERY).update(iban_changed_at=at)


def decided(**changes) -> Application:
    application = cast.sent(**changes)
    income = Income(after_deduction=Decimal(40000))
    by = cast.by_official()
    decide(application_id=application.pk, outcome="granted", reason="", by=by, at=cast.AT, income=income)
    return application


def another() -> Actor:
    user = User.objects.create_user("second", "x", name="Second official", is_staff=True)
    return Actor(role="official", user=user)


def paid(application: Application, by: Actor) -> Payment:
    return pay(application_id=application.pk, by=by, at=cast.AT)


def test_one_official_alone_cannot_send_it_however_often():
    changed()
    application, one = decided(), cast.by_official()
    for _ in range(2):
        with pytest.raises(SecondNeeded):
            paid(application, one)
        agree(application_id=application.pk, by=one, at=cast.AT)
    assert (Payment.objects.get().status, Application.objects.get().status) == ("waiting", "decided")


def test_another_official_sends_it():
    changed()
    application = decided()
    agree(application_id=application.pk, by=cast.by_official(), at=cast.AT)
    payment = paid(application, another())
    assert (payment.status, payment.looked_at_by) == ("sent", cast.by_official().user)


def test_an_account_that_changed_after_the_first_agreed_is_looked_at_anew():
    changed()
    application = decided()
    agree(application_id=application.pk, by=cast.by_official(), at=cast.AT)
    changed(at=cast.AT + timedelta(seconds=1))
    with pytest.raises(SecondNeeded):
        paid(application, another())


@pytest.mark.parametrize("why", ["never changed", "a small sum"])
def test_what_one_official_sends(why, settings):
    if why == "a small sum":
        changed()
        settings.FOUR_EYES_ABOVE = 2_000
    assert paid(decided(), cast.by_official()).status == "sent"


def test_the_next_payment_to_the_account_takes_one():
    changed()
    first = decided()
    agree(application_id=first.pk, by=cast.by_official(), at=cast.AT)
    paid(first, another())
    somebody = Employee(personal_identity_code="010190-901R", given_name="Eero", family_name="Esimerkki")
    assert paid(decided(employee=somebody, reference="next"), cast.by_official()).status == "sent"


def test_only_officials_agree():
    changed()
    with pytest.raises(NotYours):
        agree(application_id=decided().pk, by=cast.by_web(), at=cast.AT)


def test_the_official_is_told_that_another_has_to_send_it(clock_at):
    changed()
    clock_at(cast.AT)
    application = decided()
    address = reverse("admin:employers_application_do", args=[application.pk, "pay"])
    for user, words in (
        (cast.official(), "another official has to send it"),
        (another().user, "The payment was sent."),
    ):
        User.objects.filter(pk=user.pk).update(is_superuser=True)
        client = Client(headers={"Accept-Language": "en"})
        client.force_login(User.objects.get(pk=user.pk))
        assert words in client.post(address, follow=True).content.decode()
    assert Payment.objects.get().status == "sent"
