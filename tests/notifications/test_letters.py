"""Every kind of mail in every language: it reads whole, leads somewhere, and holds nobody's data."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.urls import resolve
from django.utils.translation import override

from employers.applications.ask import ask
from employers.applications.draft import begin
from employers.applications.models import Application
from employers.applications.models_threads import Message, Thread
from employers.benefits.claim import Employee
from employers.intake.words import BENEFIT_NAMES
from employers.notifications import letters
from employers.notifications.models import Mail
from employers.notifications.models_webhooks import WebhookEndpoint
from employers.notifications.subscribe import Wish, change
from tests import cast
from tests.applications.test_web_overview import found
from tests.notifications.hooks import hook
from tests.notifications.mails import delivered
from tests.notifications.places import address, waiting_account
from tests.organisations.programs import asked as asked_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
PLANTED = Employee(personal_identity_code="010190-9123", given_name="Kaisaliisa", family_name="Salattunimi")
KEYS = re.compile(r"[0-9a-f-]{32,}|(?<=/)[\w-]{30,}(?=/)")  # keys and tokens, in which any digits may stand
SECRETS = (
    "010190-9123", "Kaisaliisa", "Salattunimi", "row-4711", "3600", "3 600", "1234", "Leipuri Salattunimi",
    "FI0550000120000001", "0785", "paljastava kysymys",
)  # fmt: skip


def planted() -> Application:
    bakery = cast.employer()
    bakery.name = "Leipuri Salattunimi"  # a sole trader's firm may be called by its owner's name
    bakery.save()
    return cast.sent(employee=PLANTED)


def matters(application: Application) -> dict[str, list[str]]:
    """The ids that each kind is about."""
    by, bakery, aino = cast.by_official(), cast.employer(), cast.user("Aino")
    finding = found("010190-9134", deadline=date(2026, 6, 1))
    content = {"body": {"employee": {"given_name": "Kaisaliisa"}}, "done": [], "annual_income": None}
    draft = begin(organisation=bakery, user=aino, benefit="sickness_allowance", content=content, at=cast.AT)
    thread = Thread.objects.create(organisation=bakery, application=application, language="fi", opened_at=cast.AT)
    Message.objects.create(thread=thread, text="Kaisaliisa", role="official", at=cast.AT)
    items = [("other", "paljastava kysymys Kaisaliisa")]
    asked = ask(application_id=application.pk, items=items, due=date(2026, 5, 4), by=by, at=cast.AT)
    one = [str(application.pk)]
    return {
        "question": one,
        "question_reminder": [str(asked.pk)],
        "deadline": [str(finding.pk)],
        "findings": [str(finding.pk)],
        "pay_ended": one,
        "decision": one,
        "payment": one,
        "message": [str(thread.pk)],
        "claim_incomplete": [str(draft.pk)],
        "draft_expires": [str(draft.pk), draft.changed_at.isoformat()],
        "mandate": [],
        "rights_asked": [str(asked_for(at=cast.AT, message="Kaisaliisa").pk)],
        "account_asked": [str(waiting_account(at=cast.AT).pk)],
        "account_changed": [],
        "webhook_disabled": [str(disabled().pk)],
        "address": [],
    }


def disabled() -> WebhookEndpoint:
    endpoint = hook("http://127.0.0.1:9/row-4711")
    return change(endpoint=endpoint, wish=Wish(url=endpoint.url, state="disabled"), at=cast.AT)


@pytest.fixture
def sent(request):
    """By kind, in one language."""
    application = planted()
    to = address("palkat@example.fi", language=request.param)
    unconfirmed = address("uusi@example.fi", language=request.param, confirmed_at=None)
    for code, ids in matters(application).items():
        where = unconfirmed if code == "address" else to
        Mail.objects.create(key=code, kind=code, address=where, ids=ids, created_at=cast.AT, next_at=cast.AT)
    delivered()
    return dict(zip(Mail.objects.order_by("id").values_list("kind", flat=True), _in_order(), strict=True))


def _in_order():
    from django.core import mail

    by_id = {str(message.extra_headers["Message-ID"])[1:37]: message for message in mail.outbox}
    return [by_id[str(pk)] for pk in Mail.objects.order_by("id").values_list("pk", flat=True)]


@pytest.mark.parametrize("sent", ["fi", "sv", "en"], indirect=True)
def test_every_kind_goes_out_and_holds_nobodys_data(sent):
    assert set(sent) == set(letters.KINDS)
    benefits = {str(name) for language in ("fi", "sv", "en") for name in _benefit_names(language)}
    for code, message in sent.items():
        whole = KEYS.sub("", f"{message.subject}\n{message.body}")
        assert [secret for secret in (*SECRETS, *benefits) if secret.casefold() in whole.casefold()] == [], code
        assert "%(" not in whole, code
        assert "\n\n\n\n" not in message.body, code
        assert "9000004-6" in message.body, code


def _benefit_names(language: str) -> list[str]:
    with override(language):
        return [str(name) for name in BENEFIT_NAMES.values()]


@pytest.mark.parametrize("sent", ["sv"], indirect=True)
def test_every_address_in_a_mail_is_a_page_in_its_language(sent):
    for code, message in sent.items():
        urls = [line for line in message.body.splitlines() if line.startswith("http")]
        assert len(urls) == (2 if letters.KINDS[code].always else 3), code
        with override("sv"):
            for url in urls:
                assert url.startswith("http://127.0.0.1:8000/sv/"), url
                resolve(url.removeprefix("http://127.0.0.1:8000"))


def test_a_reference_of_ours_is_told_and_an_employers_own_is_not():
    address(language="en")
    for number, reference in enumerate(("7KXM-4PQR", "Salattunimi 1")):
        application = cast.sent(
            reference=reference, employee=replace(PLANTED, personal_identity_code=f"010190-91{('34', '45')[number]}")
        )
        about = {"kind": "decision", "ids": [str(application.pk)], "created_at": cast.AT, "next_at": cast.AT}
        Mail.objects.create(key=reference, address=address(f"{number}@example.fi", language="en"), **about)
    first, second = delivered()
    assert "Reference: 7KXM-4PQR" in first.body
    assert "Reference" not in second.body
