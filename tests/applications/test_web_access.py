"""Who may open which page: Aino may act, Bo may read, Cecilia may not, Dan acts for another employer."""

import re

import pytest
from django.test import Client

from employers.applications.ask import ask
from employers.applications.models import Application, Draft, InformationRequest
from tests import cast
from tests.pages import come_in, filled_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]

# path, then the status for each; anyone not signed in is sent to sign in
PAGES = [
    ("/en/employers/{employer}/", {"Aino": 200, "Bo": 200, "Cecilia": 404, "Dan": 404}),
    ("/en/employers/{employer}/applications/", {"Aino": 200, "Bo": 200, "Cecilia": 404, "Dan": 404}),
    ("/en/applications/{application}/", {"Aino": 200, "Bo": 200, "Cecilia": 404, "Dan": 404}),
    ("/en/applications/{application}/receipt/", {"Aino": 200, "Bo": 200, "Cecilia": 404, "Dan": 404}),
    ("/en/applications/{application}/requests/{request}/", {"Aino": 200, "Bo": 403, "Cecilia": 404, "Dan": 404}),
    ("/en/apply/{draft}/absence/", {"Aino": 200, "Bo": 404, "Cecilia": 404, "Dan": 404}),
    ("/en/apply/{draft}/check/", {"Aino": 200, "Bo": 404, "Cecilia": 404, "Dan": 404}),
    ("/en/apply/{draft}/delete/", {"Aino": 200, "Bo": 404, "Cecilia": 404, "Dan": 404}),
    ("/en/apply/{draft}/nowhere/", {"Aino": 404, "Bo": 404, "Cecilia": 404, "Dan": 404}),
    ("/en/apply/", {"Aino": 302, "Bo": 302, "Cecilia": 302, "Dan": 302}),
]
POSTS = [
    ("/en/employers/{employer}/apply/", {"Aino": 302, "Bo": 403, "Cecilia": 404, "Dan": 404}),
    ("/en/apply/{draft}/absence/", {"Aino": 302, "Bo": 404, "Cecilia": 404, "Dan": 404}),
    ("/en/apply/{draft}/check/", {"Aino": 302, "Bo": 404, "Cecilia": 404, "Dan": 404}),
    ("/en/apply/{draft}/delete/", {"Aino": 302, "Bo": 404, "Cecilia": 404, "Dan": 404}),
    ("/en/applications/{application}/requests/{request}/", {"Aino": 302, "Bo": 403, "Cecilia": 404, "Dan": 404}),
]
SAID = {"benefit": "sickness_allowance", "absence.start": "1.6.2026", "absence.end": "30.6.2026"}


@pytest.fixture
def names(client: Client) -> dict[str, str]:
    """An application that was asked about, and a draft, both of the bakery."""
    application = cast.sent()
    ask(
        application_id=application.pk,
        items=[("pay_detail", "")],
        due=cast.AT.date().replace(month=5),
        by=cast.by_official(),
        at=cast.AT,
    )
    summer = {"absence.start": "1.6.2026", "absence.end": "30.6.2026"}
    pay = {"pay_periods.0.start": "1.6.2026", "pay_periods.0.end": "30.6.2026"}
    draft = filled_in(come_in(client, "Aino"), absence=summer, pay=pay)
    client.logout()
    return {
        "employer": str(cast.employer().pk),
        "application": str(application.pk),
        "request": str(InformationRequest.objects.get().pk),
        "draft": str(draft.pk),
    }


@pytest.mark.parametrize(("path", "expected"), PAGES)
def test_page(client: Client, names: dict, path: str, expected: dict) -> None:
    found = {name: come_in(client, name).get(path.format(**names)).status_code for name in expected}
    assert found == expected


@pytest.mark.parametrize(("path", "expected"), POSTS)
def test_form(client: Client, names: dict, path: str, expected: dict) -> None:
    """Who may act comes last: what the others sent changed nothing."""
    said = {**SAID, str(InformationRequest.objects.get().items.get().pk): "The basic pay."}
    found = {name: come_in(client, name).post(path.format(**names), said).status_code for name in reversed(expected)}
    assert found == expected


def test_signed_out(client: Client, names: dict) -> None:
    for page, _expected in PAGES:
        path = page.format(**names)
        assert client.get(path).url == f"/en/sign-in?next={path}"


def test_foreign_and_unknown_look_alike(client: Client, names: dict) -> None:
    come_in(client, "Dan")
    foreign, unknown = (said(client, names[one]) for one in ("application", "employer"))
    assert foreign == unknown


def said(client: Client, key: str) -> str:
    """The page without its own address and the token that every page has anew."""
    page = text(client.get(f"/en/applications/{key}/")).replace(key, "")
    return re.sub('name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def test_missing_right_is_explained(client: Client, names: dict) -> None:
    page = text(come_in(client, "Bo").post("/en/employers/{employer}/apply/".format(**names), SAID))
    assert "you have no right to do this" in page
    assert "mandate" in page


def test_reader_sees_no_way_to_apply(client: Client, names: dict) -> None:
    page = text(come_in(client, "Bo").get("/en/employers/{employer}/".format(**names)))
    assert "Start an application" not in page
    assert "Answer the question" not in page
    assert "Maija" not in page  # another's draft


def test_who_may_not_act_leaves_nothing_behind(client: Client, names: dict) -> None:
    before = Application.objects.count(), Draft.objects.count()
    for name in ("Bo", "Cecilia", "Dan"):
        for path, _expected in POSTS:
            come_in(client, name).post(path.format(**names), SAID)
    assert (Application.objects.count(), Draft.objects.count()) == before
