"""A draft is kept, shared, shown with who changed it, and goes after a month; nothing that was said is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client

from employers.applications.draft import begin
from employers.applications.expire import expire
from employers.applications.models import Application, Draft
from employers.organisations import rights
from employers.organisations.models import Mandate, User
from employers.records.models import ReadLog
from tests import cast
from tests.pages import ANSWERS, BACKEND, answer, begun, come_in, filled_in, identified, send, sent, text
from tests.shown import form_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
NOON = datetime(2026, 4, 15, 9, tzinfo=UTC)
LATER = {"absence.start": "9.3.2026"}


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(NOON)


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


@pytest.fixture
def payroll() -> Client:
    """Somebody of a firm that the bakery lets apply."""
    user = User.objects.create_user("pia", name="Pia Palkanlaskija")
    Mandate.objects.create(principal=cast.employer(), agent_user=user, rights=[rights.APPLY], valid_from=cast.AT.date())
    return signed_in(user)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return identified(client)


def page_of(client: Client, draft: Draft, step: str) -> str:
    return text(client.get(f"/en/apply/{draft.pk}/{step}/"))


def save(client: Client, draft: Draft, step: str, shown: dict[str, str], **changes: str):
    return client.post(f"/en/apply/{draft.pk}/{step}/", shown | ANSWERS[step] | changes)


def test_the_payroll_firm_goes_on_where_the_employer_stopped(aino: Client, payroll: Client) -> None:
    draft = filled_in(aino, absence={"absence.end": "10.4.2026"})
    start = text(payroll.get(f"/en/employers/{cast.employer().pk}/"))
    assert "saved 15 April 2026 by Aino Esimerkki" in start
    assert f'href="/en/apply/{draft.pk}/check/"' in start
    answer(payroll, draft, "absence")
    assert "Pia Palkanlaskija changed this last, on 15 April 2026." in page_of(aino, draft, "pay")
    assert send(payroll, draft).status_code == 302
    assert Application.objects.get().submitted_by.name == "Pia Palkanlaskija"


def test_another_employers_people_and_readers_find_no_draft(aino: Client) -> None:
    draft = filled_in(aino)
    for name in ("Bo", "Cecilia", "Dan"):
        assert come_in(Client(), name).get(f"/en/apply/{draft.pk}/absence/").status_code == 404


def test_two_pages_at_once_keep_both_answers(aino: Client, payroll: Client) -> None:
    draft = filled_in(aino)
    absence, pay = page_of(aino, draft, "absence"), page_of(payroll, draft, "pay")
    assert save(payroll, draft, "pay", form_of(pay), **{"pay_periods.0.amount": "3000"}).status_code == 302
    assert save(aino, draft, "absence", form_of(absence)).status_code == 302
    said = Draft.objects.get(pk=draft.pk).content["body"]
    assert (said["pay_periods"][0]["amount"], said["absence"]["start"]) == ("3000.00", "2026-03-02")


def test_the_same_page_at_once_shows_theirs_beside_yours_and_loses_neither(aino: Client, payroll: Client) -> None:
    draft = filled_in(aino)
    mine = form_of(page_of(aino, draft, "absence"))
    answer(payroll, draft, "absence")  # says the same and is no matter
    save(payroll, draft, "absence", {}, **LATER)
    page = text(save(aino, draft, "absence", mine, **{"absence.start": "3.3.2026"}))
    for shown in ("Pia Palkanlaskija changed this page", "9 March 2026", "3 March 2026", "Keep theirs"):
        assert shown in page
    assert form_of(page)["absence.start"] == "3.3.2026"
    assert Draft.objects.get(pk=draft.pk).content["body"]["absence"]["start"] == "2026-03-09"
    assert aino.post(f"/en/apply/{draft.pk}/absence/", form_of(page)).status_code == 302
    assert Draft.objects.get(pk=draft.pk).content["body"]["absence"]["start"] == "2026-03-03"


def test_ones_own_other_window_is_no_stranger(aino: Client) -> None:
    draft = filled_in(aino)
    old = form_of(page_of(aino, draft, "absence"))
    save(aino, draft, "absence", old, **LATER)
    assert save(aino, draft, "absence", old).status_code == 302


def test_what_another_changed_meanwhile_is_read_before_it_is_sent(aino: Client, payroll: Client, clock_at) -> None:
    draft = filled_in(aino)
    read = form_of(page_of(aino, draft, "check"))
    clock_at(NOON + timedelta(minutes=5))
    answer(payroll, draft, "payment")
    page = text(aino.post(f"/en/apply/{draft.pk}/check/", read))
    assert "Pia Palkanlaskija changed this application while you read it." in page
    assert not Application.objects.exists()
    assert aino.post(f"/en/apply/{draft.pk}/check/", form_of(page)).status_code == 302


def test_a_draft_survives_signing_out_and_another_computer(aino: Client) -> None:
    draft = begun(aino)
    answer(aino, draft, "employee")
    aino.post("/en/sign-out")
    assert aino.get(f"/en/apply/{draft.pk}/employee/").status_code == 302
    elsewhere = come_in(Client(), "Aino")
    assert 'value="Maija"' in page_of(elsewhere, draft, "employee")


def test_a_draft_survives_the_end_of_the_session(aino: Client) -> None:
    """What was typed when the session had ended is asked again after signing in; what was saved is there."""
    draft = begun(aino)
    answer(aino, draft, "employee")
    del aino.cookies[django_settings.SESSION_COOKIE_NAME]
    response = answer(aino, draft, "absence")
    assert response.url == f"/en/sign-in?next=/en/apply/{draft.pk}/absence/"
    again = come_in(Client(), "Aino")
    assert f'href="/en/apply/{draft.pk}/employee/"' in page_of(again, draft, "absence")


def test_the_list_tells_how_long_a_draft_is_kept(aino: Client, clock_at) -> None:
    filled_in(aino)
    start = f"/en/employers/{cast.employer().pk}/"
    assert "kept for 30 days more" in text(aino.get(start))
    clock_at(NOON + timedelta(days=25))
    page = text(aino.get(start))
    assert "kept for 5 days more" in page
    assert "is deleted soon" in page


def test_a_draft_goes_thirty_days_after_its_last_change(aino: Client) -> None:
    old, changed, finished = filled_in(aino), filled_in(aino), filled_in(aino)
    send(aino, finished)
    Draft.objects.filter(pk=old.pk).update(changed_at=NOON - timedelta(days=30, seconds=1))
    Draft.objects.filter(pk=changed.pk).update(changed_at=NOON - timedelta(days=30))
    Draft.objects.filter(pk=finished.pk).update(changed_at=NOON - timedelta(days=300))
    assert expire(at=NOON) == 1
    assert set(Draft.objects.values_list("pk", flat=True)) == {changed.pk, finished.pk}


def test_work_is_measured_without_the_pauses(aino: Client, clock_at) -> None:
    draft = begun(aino)
    for minutes, step in ((2, "employee"), (5, "absence"), (180, "earlier")):
        clock_at(NOON + timedelta(minutes=minutes))
        answer(aino, draft, step)
    minutes = Draft.objects.get(pk=draft.pk).seconds / 60
    assert minutes == pytest.approx(2 + 3 + 10, abs=0.9)  # the clock goes on while the pages are made


def test_a_draft_is_copied_without_days_and_pay(aino: Client) -> None:
    draft = filled_in(aino)
    response = aino.post(f"/en/apply/{draft.pk}/copy/")
    copy = Draft.objects.latest("id")
    assert response.url == f"/en/apply/{copy.pk}/absence/"
    said = copy.content["body"]
    assert said["employee"]["given_name"] == "Maija"
    assert not {"absence", "pay_periods", "other_days", "pay_continues_from"} & said.keys()
    assert Draft.objects.count() == 2


def test_reads_of_known_people_and_of_the_one_chosen_are_logged(aino: Client) -> None:
    person = sent(aino).person
    draft = begun(aino)
    aino.get(f"/en/apply/{draft.pk}/employee/")
    aino.post(f"/en/apply/{draft.pk}/employee/", {"known": str(person.pk)})
    logged = ReadLog.objects.filter(person=person.pk, actor=cast.user("Aino").pk).values_list("action", flat=True)
    assert [*logged].count("offered") == 2
    assert "chosen" in logged


def test_another_employers_people_cannot_be_chosen(aino: Client) -> None:
    """A key is worth nothing where the employer does not know its person."""
    person = sent(aino).person
    draft = begun(aino, cast.CAFE)
    page = text(aino.post(f"/en/apply/{draft.pk}/employee/", {"known": str(person.pk)}))
    assert "Give the employee&#x27;s personal identity code." in page
    assert "body" in Draft.objects.get(pk=draft.pk).content
    assert "employee" not in Draft.objects.get(pk=draft.pk).content["body"]


def test_officials_enter_what_came_on_paper(aino: Client) -> None:
    official = cast.official()
    draft = begin(
        organisation=cast.employer(), user=official, benefit="sickness_allowance", content={}, at=NOON, channel="paper"
    )
    client = signed_in(official)
    assert "You are entering an application for Esimerkkileipomo Oy." in page_of(client, draft, "employee")
    for step in ANSWERS:
        assert answer(client, draft, step).status_code == 302
    response = send(client, draft)
    application = Application.objects.get()
    assert response.url == f"/admin/employers/application/{application.pk}/change/"
    change = application.history.get()
    assert (application.channel, change.role, change.user) == ("paper", "official", official)


def test_what_an_official_enters_is_nobody_elses(aino: Client) -> None:
    given = {"organisation": cast.employer(), "benefit": "sickness_allowance", "content": {}, "at": NOON}
    entered = begin(user=cast.official(), channel="phone", **given)
    assert aino.get(f"/en/apply/{entered.pk}/employee/").status_code == 404
    assert str(entered.pk) not in text(aino.get(f"/en/employers/{cast.employer().pk}/"))
    web = begun(aino)
    assert signed_in(cast.official()).get(f"/en/apply/{web.pk}/employee/").status_code == 404
