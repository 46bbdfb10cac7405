"""The employer's own matters: who may act, the bank account, consents, e-mails, the calendar."""

import re
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

import httpx
from django.test import Client
from playwright.sync_api import expect

from employers.benefits.claim import PayPeriod, Period
from employers.notifications.models import Mail
from employers.organisations.models import Mandate, Organisation, User
from employers.organisations.models_account import Address
from employers.organisations.views.doors import IDENTIFIED_AT
from employers.records import clock
from tests import cast
from tests.browser.journeys.test_after_sending import open_one
from tests.browser.journeys.visitor import MARKS, SWEDISH_FIRST, Visitor
from tests.browser.journeys.visitor import visit as visit
from tests.notifications.mails import LATER, delivered, followed
from tests.notifications.places import NEW_IBAN, address

pytestmark = MARKS


def to(visitor: Visitor, page: str) -> Visitor:
    """By the list of the employer's pages."""
    return visitor.go(f".employer-nav a[href$='/{page}/']")


def link_in_mail(said: str) -> str:
    """The address in the last mail that went out, without its host."""
    followed()
    letter = delivered(at=clock.now() + LATER)[-1]
    found = next(line for line in re.findall(r"https?://\S+", letter.body) if said in line)
    return urlsplit(found).path


@SWEDISH_FIRST
def test_a_right_is_given_used_and_ended(visit, language: str) -> None:
    aino = to(visit(language).at_the_bakery(), "people").follow("Give a right to a person")
    vera = {"name": "Vera Visitor", "identity_code": "010190-9124", "rights": ["apply"]}
    aino.answer(vera)
    assert aino.told_at("identity_code")
    aino.answer({"identity_code": "010190-9123"})
    assert "Vera Visitor" in aino.text
    newcomer = visit(language, refused=404).sign_in_as("Vera").arrive("employers/").begin()
    place = newcomer.page.url
    assert place.endswith("/employee/")
    mandate = Mandate.objects.get(agent_user=User.objects.get(name="Vera Visitor"))
    aino.go(f"a[href*='{mandate.pk}/end/']").press("Yes, end these rights now")
    assert newcomer.page.goto(place).status == 404, "the door is shut"
    newcomer.arrive("employers/").sees("You cannot act for any employer yet")


@SWEDISH_FIRST
def test_the_bank_account_changes_from_the_mailbox_after_signing_in_anew(visit, language: str) -> None:
    address()
    aino = to(visit(language).at_the_bakery(), "account")
    stale(aino)
    aino.follow("Change the bank account")
    assert "step-up=1" in aino.page.url
    aino = in_language(aino.go("button[name='person'][value='0']"), language)
    aino.answer({"iban": NEW_IBAN[:-1] + "6"})
    assert aino.told_at("iban")
    aino.answer({"iban": NEW_IBAN}).sees("A new bank account waits to be confirmed")
    mail = link_in_mail("/account/confirm/")
    aino.page.goto(f"{aino.base}{mail}")
    in_language(aino, language).press("Confirm the new account")
    assert Organisation.objects.get(business_id=cast.BAKERY).iban == NEW_IBAN
    assert NEW_IBAN[-4:] in aino.text


@SWEDISH_FIRST
def test_consent_is_given_and_taken_back(visit, language: str) -> None:
    aino = visit(language).sign_in_as("Aino").arrive("employers/")
    aino.go(aino.page.get_by_role("link", name=cast.employer(cast.CAFE).name))
    aino.sees("Needed before we can pay").follow("Put this in order")
    aino.go("a[href$='/account/agree/decisions/']").press("Agree")
    expect(aino.page.locator(".error-summary")).to_have_count(1)
    aino.answer({"agree": ["yes"]})
    assert Organisation.objects.get(business_id=cast.CAFE).electronic_decisions
    aino.sees("Agreed: decisions come here, not by post.")
    aino.go("a[href$='/account/agree/decisions/']").press("Take it back")
    assert not Organisation.objects.get(business_id=cast.CAFE).electronic_decisions


@SWEDISH_FIRST
def test_mail_is_confirmed_chosen_and_the_calendar_is_fetched(visit, language: str) -> None:
    aino = to(visit(language).at_the_bakery(), "notifications")
    aino.answer({"email": "nobody"}, save=False).press("Send the link to confirm")
    assert aino.told_at("email")
    given = {"email": "palkat@example.fi", "whose": "shared", "language": language}
    aino.answer(given, save=False).press("Send the link to confirm")
    reader = visit(language)
    reader.page.goto(f"{reader.base}{link_in_mail('/mail/confirm/')}")
    reader.go("main form button.button")
    to(aino, "notifications").sees("confirmed").follow("Choose what comes")
    aino.page.uncheck("[name='wanted'][value='decision']")
    aino.press("Save")
    assert Address.objects.get().opted_out == ["decision"]
    assert not Mail.objects.filter(kind="decision").exists()
    aino.press("Make an address for my calendar").sees("The address for your calendar")
    fetched = httpx.get(aino.base + urlsplit(aino.page.inner_text(".secret code")).path)
    assert fetched.headers["content-type"].startswith("text/calendar")
    assert fetched.text.startswith("BEGIN:VCALENDAR")


@SWEDISH_FIRST
def test_the_notice_of_the_end_of_pay_is_printed_in_three_languages(visit, language: str) -> None:
    paid = PayPeriod(start=date(2026, 3, 2), end=date(2026, 4, 10), amount=Decimal("3600.00"))
    cast.sent(absence=Period(start=paid.start, end=date(2026, 6, 30)), pay_periods=(paid,))
    aino = open_one(visit(language).at_the_bakery())
    aino.go("main a[href$='/pay-end/']")
    texts = set()
    for code in ("fi", "sv", "en"):
        aino.go(f".notice-languages a[lang='{code}']")
        notice = aino.page.locator("article.paper")
        assert notice.get_attribute("lang") == code
        texts.add(notice.inner_text())
        aino.page.emulate_media(media="print")
        assert notice.is_visible()
        assert not aino.page.locator("main h1").is_visible(), "only the notice is printed"
        aino.page.emulate_media(media="screen")
    assert len(texts) == 3
    assert all("10" in text and "Aino Esimerkki" in text for text in texts)
    assert aino.page.pdf().startswith(b"%PDF-")
    aino.sees("When your pay ends")


def stale(visitor: Visitor) -> None:
    """As if the identification was long ago."""
    cookie = next(one for one in visitor.page.context.cookies() if one["name"] == "session")
    client = Client()
    client.cookies["session"] = cookie["value"]
    session = client.session
    session[IDENTIFIED_AT] = clock.real_now().timestamp() - 3600
    session.save()


def in_language(visitor: Visitor, language: str) -> Visitor:
    """Signing in speaks the language of who comes; the switch of the page leads back."""
    if visitor.page.locator("html").get_attribute("lang") != language:
        visitor.go(f".languages a[lang='{language}']")
    return visitor
