"""A firm asks employers for rights, and learns nothing by asking but what an employer answers."""

from datetime import timedelta

import pytest
from django.test import Client

from employers.notifications.models import Mail
from employers.organisations import rights
from employers.organisations.answer_rights import approve, decline
from employers.organisations.models import Mandate
from employers.organisations.models_clients import RightsRequest
from employers.organisations.models_mandates import RightsChange
from employers.organisations.request_rights import AlreadyAsked, NotWaiting
from employers.records import clock, events
from employers.records.models import Event
from tests import cast
from tests.notifications.mails import delivered, followed_at_once
from tests.notifications.places import address
from tests.organisations.programs import FIRM, OTHER_FIRM, asked
from tests.pages import come_in, identified, text
from tests.portal.test_access_matrix import without_what_varies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
UNKNOWN = "9999991-7"  # a valid Business ID of nobody
MONTH = timedelta(days=30)


def of(business_id: str = FIRM, more: str = "rights-asked/") -> str:
    return f"/en/employers/{cast.employer(business_id).pk}/{more}"


def answering(one: RightsRequest, business_id: str = cast.BAKERY) -> str:
    return of(business_id, f"people/asked/{one.pk}/")


@pytest.fixture
def heikki(client: Client) -> Client:
    """Leads the payroll firm."""
    return come_in(client, "Heikki")


@pytest.fixture
def aino() -> Client:
    """Leads the bakery."""
    return come_in(Client(), "Aino")


def ask(client: Client, **changes: object):
    said = {"business_id": cast.JOINERY, "rights": ["apply"], "until": "", "message": ""} | changes
    return client.post(of(more="rights-asked/new/"), said)


def states() -> list[str]:
    return list(RightsRequest.objects.order_by("asked_at", "pk").values_list("status", flat=True))


def told(client: Client, business_id: str) -> list[bytes]:
    """Every page that a firm sees on its way, without the Business ID it wrote itself."""
    answers = [ask(client, business_id=business_id), client.get(of()), ask(client, business_id=business_id)]
    pages = [
        without_what_varies(answer.content, business_id) + answer.get("Location", "").encode() for answer in answers
    ]
    sent = RightsRequest.objects.get(business_id=business_id)
    return [one.replace(str(sent.pk).encode(), b"") for one in pages]


def test_an_unknown_employer_looks_like_a_known_one(heikki: Client) -> None:
    """Expected: the same bytes when asking, in the list, and when asking twice."""
    known = told(heikki, cast.JOINERY)
    RightsRequest.objects.all().delete()
    unknown = told(heikki, UNKNOWN)
    RightsRequest.objects.all().delete()
    agency = told(heikki, "9000000-3")
    assert known == unknown == agency
    assert b"Tolvan" not in b"".join(known)


def test_who_comes_later_finds_what_was_asked(heikki: Client, aino: Client) -> None:
    ask(heikki, business_id=UNKNOWN)
    bakery = cast.employer()
    bakery.business_id = UNKNOWN
    bakery.save()
    assert "A firm asks you for rights" in text(aino.get(of(UNKNOWN, "people/")))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"business_id": ""}, "Write the Business ID"),
        ({"business_id": "9000003-7"}, "Check the Business ID"),
        ({"business_id": FIRM}, "This is your own Business ID"),
        ({"rights": []}, "Choose at least one right"),
        ({"rights": ["fly"]}, "Select a valid choice"),
        ({"until": "1.1.2020"}, "This day has passed"),
        ({"message": "x" * 1001}, "at most 1000"),
    ],
)
def test_what_is_wrong_is_told(heikki: Client, wrong: dict[str, object], words: str) -> None:
    assert words in text(ask(heikki, **wrong))
    assert not RightsRequest.objects.exists()


def test_what_is_approved_becomes_a_mandate_with_its_history(aino: Client) -> None:
    one = asked()
    page = text(aino.get(answering(one)))
    assert "Toinen Tilitoimisto Oy" in page
    assert "As agreed." in page
    assert aino.post(answering(one), {"rights": ["apply"], "until": "31.12.2027"}).status_code == 302
    mandate = Mandate.objects.get(principal=cast.employer(), agent_organisation=cast.employer(OTHER_FIRM))
    assert (mandate.rights, str(mandate.valid_until), mandate.may_grant) == (["apply"], "2027-12-31", False)
    row = RightsChange.objects.get(subject=mandate.pk)
    assert (row.act, row.by) == ("given", cast.user("Aino"))
    assert Event.objects.filter(type=events.MANDATE_CHANGED, subject=mandate.pk).count() == 1
    one.refresh_from_db()
    assert (one.status, one.mandate, one.answered_by, one.message) == ("approved", mandate, cast.user("Aino"), None)


def test_who_has_a_mandate_already_gets_it_changed(aino: Client) -> None:
    held = Mandate.objects.get(principal=cast.employer(cast.CAFE), agent_organisation=cast.employer(FIRM))
    one = asked(cast.CAFE, firm=FIRM, rights=["view_payments"])
    page = text(aino.get(answering(one, cast.CAFE)))
    assert "It has these rights already" in page
    assert page.count("checked") == 2, "what it has, and what it asks for"
    aino.post(answering(one, cast.CAFE), {"rights": ["apply", "view_payments"], "until": ""})
    held.refresh_from_db()
    assert held.rights == [rights.APPLY, rights.VIEW_PAYMENTS]
    assert RightsChange.objects.get(subject=held.pk).act == "changed"


def test_nothing_is_given_when_it_is_declined(aino: Client, heikki: Client) -> None:
    one = asked(firm=FIRM, rights=["view_log"])
    before = Mandate.objects.count()
    assert aino.post(answering(one), {"decline": "1", "rights": ["view_log"]}).status_code == 302
    assert Mandate.objects.count() == before
    assert states() == ["declined"]
    assert "declined" in text(heikki.get(of()))
    assert not RightsChange.objects.exists()


def test_an_answer_counts_once(aino: Client) -> None:
    one = asked()
    aino.post(answering(one), {"decline": "1"})
    answer = aino.post(answering(one), {"rights": ["apply"], "until": ""}, follow=True)
    assert "This request waits no more" in text(answer)
    assert not Mandate.objects.filter(agent_organisation=cast.employer(OTHER_FIRM), principal=cast.employer()).exists()
    wanted = {"rights": ["apply"], "until": None, "by": cast.user("Aino"), "at": clock.now()}
    with pytest.raises(NotWaiting):
        approve(asked=one, organisation=cast.employer(), **wanted)


def test_after_thirty_days_nobody_can_answer_and_one_can_ask_again(aino: Client, heikki: Client) -> None:
    one = asked(firm=FIRM, at=clock.now() - MONTH - timedelta(minutes=1))
    assert "A firm asks you" not in text(aino.get(of(cast.BAKERY, "people/")))
    answer = aino.post(answering(one), {"rights": ["view_log"], "until": ""}, follow=True)
    assert "This request waits no more" in text(answer)
    assert "not answered in time" in text(heikki.get(of()))
    asked(firm=FIRM)
    assert states() == ["expired", "waiting"]
    with pytest.raises(AlreadyAsked):
        asked(firm=FIRM)


def test_a_request_is_taken_back(heikki: Client, aino: Client) -> None:
    one = asked(firm=FIRM)
    assert heikki.post(of(more=f"rights-asked/{one.pk}/take-back/")).url == of()
    assert states() == ["withdrawn"]
    assert "A firm asks you" not in text(aino.get(of(cast.BAKERY, "people/")))
    other = asked(firm=OTHER_FIRM)
    assert heikki.post(of(more=f"rights-asked/{other.pk}/take-back/")).status_code == 404


def test_another_employers_request_is_no_page_here(aino: Client) -> None:
    one = asked(cast.JOINERY)
    assert aino.get(answering(one)).status_code == 404
    assert aino.post(answering(one), {"rights": ["apply"]}).status_code == 404
    assert states() == ["waiting"]


def test_approving_asks_for_a_fresh_identification(aino: Client) -> None:
    one = asked()
    identified(aino, seconds_ago=301)
    answer = aino.post(answering(one), {"rights": ["apply"], "until": ""})
    assert answer.url.startswith("/en/sign-in?step-up=1")
    assert states() == ["waiting"]


def test_the_start_page_tells_of_it_who_can_answer(aino: Client) -> None:
    one = asked()
    start = of(cast.BAKERY, "")
    assert "A firm asks you for rights" in text(aino.get(start))
    assert answering(one) in aino.get(start).content.decode()
    assert "asks you" not in text(come_in(Client(), "Bo").get(start))
    decline(asked=one, by=cast.user("Aino"), at=clock.now())
    assert "asks you" not in text(aino.get(start))


def test_who_may_not_give_rights_may_not_answer() -> None:
    bo = come_in(Client(), "Bo")
    assert bo.get(answering(asked())).status_code == 403
    assert "A firm asks you" not in text(bo.get(of(cast.BAKERY, "people/")))


def test_the_employer_hears_of_it_by_mail_until_it_is_answered() -> None:
    address()
    one = asked(at=cast.AT)
    followed_at_once()
    assert Mail.objects.get().kind == "rights_asked"
    (letter,) = delivered()
    assert answering(one).removeprefix("/en") in letter.body
    assert "As agreed" not in letter.body
    second = asked(firm=FIRM, at=cast.AT)
    followed_at_once()
    decline(asked=second, by=cast.user("Aino"), at=cast.AT)
    assert delivered() == []


def test_what_the_firm_wrote_is_sealed() -> None:
    asked(message="Kaisaliisa is on leave")
    assert "Kaisaliisa" not in str(RightsRequest.objects.values().get())


def test_the_number_of_queries_does_not_grow(heikki: Client, django_assert_num_queries) -> None:
    asked(firm=FIRM)
    heikki.get(of())
    with django_assert_num_queries(11):
        heikki.get(of())
    for business_id in (cast.CAFE, cast.JOINERY, UNKNOWN):
        asked(business_id, firm=FIRM)
    with django_assert_num_queries(11):
        heikki.get(of())
