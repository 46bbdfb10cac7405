"""Walking the pages as people do: by link and form, in English unless said otherwise."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from employers.applications.draft import keep
from employers.applications.models import Application, Draft
from employers.applications.views import drafted
from employers.intake.forms.base import Step
from employers.intake.forms.pages import pages_of
from employers.organisations.views.doors import IDENTIFIED_AT
from employers.organisations.views.sign_in import BACKEND
from employers.records import clock
from tests import cast

ANSWERS: dict[str, dict[str, str]] = {
    "employee": {
        "employee.personal_identity_code": "010190-9123",
        "employee.given_name": "Maija",
        "employee.family_name": "Mallikas",
        "employment.start": "2.5.2019",
        "employment.end": "",
    },
    "absence": {"absence.start": "2.3.2026", "absence.end": "10.4.2026"},
    "earlier": {"earlier": "no", "previous_paid_day": ""},
    "pay": {
        "pay_basis": "full",
        "pay_periods.0.start": "2.3.2026",
        "pay_periods.0.end": "10.4.2026",
        "pay_periods.0.amount": "3 600,00",
        "pay_continues_from": "",
        "annual_income": "40 000",
    },
    "certificate": {"certificate": "electronic", "insurer_case": "none"},
    "payment": {"payment_specifier": "KP 12", "contact.name": "Aino Esimerkki"},
}


# What a machine leaves out where a page wants a word.
UNASKED = {"earlier": "no", "insurer_case": "none"}


def come_in(client: Client, name: str) -> Client:
    client.force_login(cast.user(name), backend=BACKEND)
    return identified(client)


def identified(client: Client, *, seconds_ago: float = 0) -> Client:
    """As if an identification service had vouched for whoever is signed in; after some minutes it counts no more."""
    session = client.session
    session[IDENTIFIED_AT] = clock.real_now().timestamp() - seconds_ago
    session.save()
    return client


def begun(client: Client, business_id: str = cast.BAKERY, *, benefit: str = "sickness_allowance") -> Draft:
    """A fresh draft of whoever is signed in."""
    employer = cast.employer(business_id)
    client.post(f"/en/employers/{employer.pk}/apply/", {"benefit": benefit})
    return Draft.objects.latest("id")


def typed(form: Step) -> dict[str, Any]:
    """What a browser would send of a page as it is shown."""
    shown = {path: one[name].value() for path, one, name in form.paths()}
    return {path: value for path, value in shown.items() if value not in (None, [])}


def walked(client: Client, said: dict[str, Any], business_id: str = cast.BAKERY) -> Draft:
    """A draft with every page of its benefit answered by a body of the machine interface, page by page."""
    draft = begun(client, business_id, benefit=said["benefit"])
    for step, shape in pages_of(said["benefit"]).items():
        answers = UNASKED | typed(shape.from_body(said))
        response = client.post(f"/en/apply/{draft.pk}/{step}/", answers)
        assert response.status_code == 302, (step, text(response))
    return Draft.objects.get(pk=draft.pk)


def answer(client: Client, draft: Draft, step: str, **query: str) -> HttpResponse:
    return client.post(f"/en/apply/{draft.pk}/{step}/", ANSWERS[step], query_params=query)


def filled_in(client: Client, business_id: str = cast.BAKERY, **changes: dict[str, Any]) -> Draft:
    """A draft of whoever is signed in with every page answered; `changes` replaces answers of a page."""
    draft = begun(client, business_id)
    content: dict[str, Any] = {}
    for step, answers in ANSWERS.items():
        form = drafted.form_for(step, draft, data={**answers, **changes.get(step, {})})
        assert form.is_valid(), form.found_wrong()
        content = drafted.with_answers(content, step, form)
    return keep(draft_id=draft.pk, change=lambda old: content, at=cast.AT)


def send(client: Client, draft: Draft) -> HttpResponse:
    return client.post(f"/en/apply/{draft.pk}/check/")


def sent(client: Client, **changes: dict[str, Any]) -> Application:
    send(client, filled_in(client, **changes))
    return Application.objects.latest("id")


def text(response: HttpResponse) -> str:
    return response.content.decode()
