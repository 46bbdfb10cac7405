"""The employer chooses its people and its payroll firms; a firm chooses who of its own acts for its customers."""

from datetime import timedelta

import pytest
from django.test import Client

from employers.organisations import rights
from employers.organisations.access import employers_of_user, rights_of_user
from employers.organisations.models import Mandate, User
from employers.organisations.models_mandates import Representation, RightsChange
from employers.records import clock
from employers.records.models import Event
from tests import cast
from tests.pages import come_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
FIRM, OTHER_FIRM = "9000011-8", "9000012-6"
STRANGER = "010190-9123"  # nobody of the cast


def people(business_id: str = cast.BAKERY, more: str = "") -> str:
    return f"/en/employers/{cast.employer(business_id).pk}/people/{more}"


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def to_person(**changes) -> dict[str, object]:
    return {"name": "Vera Visitor", "identity_code": STRANGER, "rights": ["apply"], "until": ""} | changes


def newcomer() -> User:
    return User.objects.get(name="Vera Visitor")


def held(user: User, business_id: str = cast.BAKERY) -> list[str]:
    return rights_of_user(user, cast.employer(business_id), on=clock.today())


def changes_told() -> list[tuple[str, str]]:
    rows = list(RightsChange.objects.order_by("at", "pk").values_list("act", "subject"))
    subjects = [event.subject for event in Event.objects.filter(type="mandate.changed").order_by("at", "id")]
    assert [subject for _act, subject in rows] == subjects
    return [act for act, _subject in rows]


def test_who_leads_sees_everybody_and_what_each_right_means(aino: Client, django_assert_num_queries) -> None:
    aino.get(people())
    with django_assert_num_queries(17):
        page = text(aino.get(people()))
    for shown in ("Aino Esimerkki", "managing director", "Bo Exempel", "Palkkapalvelu Esimerkki Oy", "See decisions"):
        assert shown in page
    assert "Sees the applications that were sent and the decisions on them" in page


def test_the_number_of_queries_does_not_grow(aino: Client, django_assert_num_queries) -> None:
    for number in range(5):
        user = User.objects.create_user(f"person-{number}", name=f"Person {number}")
        Mandate.objects.create(principal=cast.employer(), agent_user=user, rights=["apply"], valid_from=clock.today())
    aino.get(people())
    with django_assert_num_queries(17):
        aino.get(people())


def test_who_only_reads_sees_own_rights_and_nobody_elses(client: Client) -> None:
    page = text(come_in(client, "Bo").get(people()))
    assert "See decisions" in page
    assert "Palkkapalvelu" not in page
    assert "Aino Esimerkki" in page, "she can give more"
    assert "/people/give/" not in page


def test_a_person_is_given_a_right(aino: Client) -> None:
    answer = aino.post(people(more="give/person/"), to_person(until="31.12.2027"))
    assert answer.url == people()
    mandate = Mandate.objects.get(agent_user=newcomer())
    assert (mandate.rights, str(mandate.valid_until), mandate.source) == (["apply"], "2027-12-31", "portal")
    assert held(newcomer()) == ["apply"]
    assert changes_told() == ["given"]
    page = text(aino.get(people()))
    assert page.count("Vera Visitor") >= 2, "among the people, and in what has changed"
    assert STRANGER not in page


def test_a_known_person_keeps_their_name_and_it_is_not_told(aino: Client) -> None:
    """Whoever knows a code learns no name by it."""
    aino.post(people(more="give/person/"), to_person(identity_code="230561-904S"))
    page = text(aino.get(people()))
    assert "Vera Visitor" in page
    assert "Cecilia" not in page
    assert held(cast.user("Cecilia")) == ["apply"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"identity_code": "010190-9124"}, "Check the personal identity code"),
        ({"identity_code": ""}, "Write the personal identity code"),
        ({"name": ""}, "Write the person&#x27;s name"),
        ({"rights": []}, "Choose at least one right"),
        ({"rights": ["fly"]}, "Select a valid choice"),
        ({"until": "1.1.2020"}, "This day has passed"),
        ({"until": "1.1.2090"}, "25 years at most"),
        ({"until": "tomorrow"}, "Give a day that exists"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(aino: Client, wrong: dict[str, object], words: str) -> None:
    page = text(aino.post(people(more="give/person/"), to_person(**wrong)))
    assert words in page
    assert 'class="error-summary"' in page
    assert not User.objects.filter(name="Vera Visitor").exists()


def test_a_second_right_of_the_same_person_is_a_change_of_the_first(aino: Client) -> None:
    aino.post(people(more="give/person/"), to_person())
    assert "They have a right already" in text(aino.post(people(more="give/person/"), to_person()))
    assert Mandate.objects.filter(agent_user=newcomer()).count() == 1


def test_a_firm_is_given_a_right_and_its_people_act(aino: Client) -> None:
    """The firm of this cast has somebody who represents it, so its new customer is hers at once."""
    cafe = people(cast.CAFE)
    Mandate.objects.filter(principal__business_id=cast.CAFE).delete()
    asked = {"business_id": FIRM, "rights": ["apply", "bank_account"], "until": ""}
    assert aino.post(f"{cafe}give/firm/", asked).url == cafe
    assert "Palkkapalvelu Esimerkki Oy" in text(aino.get(cafe))
    assert held(cast.user("Gunilla"), cast.CAFE) == ["apply"]


@pytest.mark.parametrize(
    ("business_id", "words"),
    [
        (cast.BAKERY, "This is your own Business ID"),
        ("9000015-0", "We do not know this firm yet"),
        ("9000000-3", "We do not know this firm yet"),
        ("9000011-1", "Check the Business ID"),
        (FIRM, "They have a right already"),
    ],
)
def test_a_firm_that_cannot_be_given_anything(aino: Client, business_id: str, words: str) -> None:
    page = text(aino.post(people(more="give/firm/"), {"business_id": business_id, "rights": ["apply"], "until": ""}))
    assert words in page


def bos() -> Mandate:
    return Mandate.objects.get(agent_user=cast.user("Bo"))


def test_a_right_is_changed(aino: Client) -> None:
    page = people(more=f"{bos().pk}/")
    assert 'value="view_decisions"' in text(aino.get(page))
    aino.post(page, {"rights": ["view_decisions", "view_payments"], "until": ""})
    assert held(cast.user("Bo")) == ["view_decisions", "view_payments"]
    assert changes_told() == ["changed"]


def test_a_right_is_ended_after_a_second_question(aino: Client) -> None:
    page = people(more=f"{bos().pk}/end/")
    assert "Do you want to end the rights of Bo Exempel?" in text(aino.get(page))
    assert held(cast.user("Bo")) == ["view_decisions"], "asking ends nothing"
    aino.post(page)
    assert held(cast.user("Bo")) == []
    assert aino.post(page).status_code == 404, "what is over is not ended again"
    assert changes_told() == ["ended"]
    assert "Bo Exempel" in text(aino.get(people())), "what has changed tells of it"


def test_what_suomi_fi_gave_is_not_changed_here(aino: Client) -> None:
    Mandate.objects.filter(pk=bos().pk).update(source="suomi_fi")
    assert aino.get(people(more=f"{bos().pk}/")).status_code == 404
    assert "You change and end them in Suomi.fi" in text(aino.get(people()))


@pytest.mark.parametrize("page", ["give/person/", "give/firm/", "{right}/", "{right}/end/"])
def test_others_are_told_what_is_missing_and_who_can_give_it(client: Client, page: str) -> None:
    answer = come_in(client, "Bo").post(people(more=page.format(right=bos().pk)), to_person())
    assert answer.status_code == 403
    for words in ("Give rights to others", "Aino Esimerkki", "/en/guidance/mandates/"):
        assert words in text(answer)
    assert held(cast.user("Bo")) == ["view_decisions"]


def test_a_missing_right_is_named_with_who_can_give_it(client: Client) -> None:
    apply = f"/en/employers/{cast.employer().pk}/apply/"
    answer = come_in(client, "Bo").post(apply, {"benefit": "sickness_allowance"})
    for words in ("Apply for benefits", "Fills in and sends applications", "Aino Esimerkki", "/en/guidance/mandates/"):
        assert words in text(answer)


def test_who_may_give_rights_does_not_act_by_it(aino: Client) -> None:
    aino.post(people(more="give/person/"), to_person(rights=[], may_grant="on"))
    vera = come_in(Client(), "Vera")
    assert held(newcomer()) == []
    assert vera.get(people()).status_code == 200
    vera.post(people(more="give/person/"), to_person(name="Wilma", identity_code="190777-9115", may_grant="on"))
    given = Mandate.objects.get(agent_name="Wilma")
    assert (given.rights, given.may_grant) == (["apply"], False), "handing it on is for those who lead"


def test_nothing_at_all_is_not_given(aino: Client) -> None:
    assert "Choose at least one right" in text(aino.post(people(more="give/person/"), to_person(rights=[])))


def test_a_firm_chooses_who_acts_for_its_customers(client: Client) -> None:
    heikki = come_in(client, "Heikki")
    page = text(heikki.get(people(FIRM)))
    for shown in ("Gunilla Exempel", "All customers of the firm", "Esimerkkileipomo Oy"):
        assert shown in page
    asked = to_person(principal=str(cast.employer().pk), rights=["apply", "bank_account"])
    assert heikki.post(people(FIRM, "give/representative/"), asked).url == people(FIRM)
    assert held(newcomer()) == ["apply", "bank_account"]
    acts_for = employers_of_user(newcomer(), on=clock.today())
    assert [one.business_id for one in acts_for] == [cast.BAKERY]
    assert changes_told() == ["given"]


def test_a_customer_the_firm_does_not_have_cannot_be_chosen(client: Client) -> None:
    asked = to_person(principal=str(cast.employer(cast.JOINERY).pk))
    answer = come_in(client, "Heikki").post(people(FIRM, "give/representative/"), asked)
    assert answer.status_code == 200
    assert not Representation.objects.filter(agent_name="Vera Visitor").exists()


def test_a_representation_is_ended_by_its_firm_alone(client: Client) -> None:
    gunillas = Representation.objects.get()
    end = f"{gunillas.pk}/end/"
    assert come_in(Client(), "Aino").post(people(more=end)).status_code == 404
    assert come_in(client, "Heikki").post(people(FIRM, end)).status_code == 302
    gunillas.refresh_from_db()
    assert gunillas.valid_until == clock.today() - timedelta(days=1)
    assert held(cast.user("Gunilla")) == []


def test_a_firms_person_acts_on_the_web_for_the_customer(client: Client) -> None:
    gunilla = come_in(client, "Gunilla")
    assert "Esimerkkileipomo Oy" in text(gunilla.get("/en/employers/?all"))
    assert gunilla.get(f"/en/employers/{cast.employer().pk}/").status_code == 200
    page = text(gunilla.get(people()))
    assert "You act as one of the people of Palkkapalvelu Esimerkki Oy" in page
    assert set(held(cast.user("Gunilla"))) < set(rights.RIGHTS)
