"""To Suomi.fi and back at the portal's own doors: what comes counts, for a while, and only while it is so."""

import pytest
from django.test import Client

from employers.organisations import rights
from employers.organisations.access import LEASE, employers_of_user, rights_of_user
from employers.organisations.models import Mandate, Organisation, RegisterRole
from employers.organisations.models_mandates import RightsChange, RightsQuery
from employers.records import clock
from employers.records.models import Event
from portal.sandbox.mandates.people import Held
from portal.sandbox.mandates.server import Mandates
from tests import cast
from tests.organisations.suomi_fi import CECILIA, NEW_SHOP, TWENTY, begin, choose, come_back, fetch, later
from tests.pages import come_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]


@pytest.fixture
def cecilia(client: Client, suomi_fi: Mandates) -> Client:
    return come_in(client, "Cecilia")


def may_act_for() -> set[str]:
    return set(employers_of_user(cast.user("Cecilia"), on=clock.today()).values_list("business_id", flat=True))


def held(business_id: str = TWENTY) -> list[str]:
    return rights_of_user(cast.user("Cecilia"), cast.employer(business_id), on=clock.today())


def start_of(business_id: str = TWENTY) -> str:
    return f"/en/employers/{cast.employer(business_id).pk}/"


def told() -> list[str]:
    return list(RightsChange.objects.order_by("at", "pk").values_list("act", flat=True))


def known(suomi_fi: Mandates, **roles: tuple[str, ...]) -> None:
    """What Suomi.fi knows of Cecilia from now on, by Business ID with an underscore."""
    found = {name.strip("_").replace("_", "-"): said for name, said in roles.items()}
    suomi_fi.suomi_fi.known[CECILIA] = {key: Held(key, "A name", said) for key, said in found.items()}


def test_a_first_visit_leads_to_suomi_fi(cecilia: Client) -> None:
    page = text(cecilia.get("/en/employers/"))
    assert "Fetch the employers I may act for from Suomi.fi" in page
    assert 'href="/en/suomi-fi/"' in page


def test_without_suomi_fi_there_is_no_button(client: Client) -> None:
    come_in(client, "Cecilia")
    assert "suomi-fi" not in text(client.get("/en/employers/"))
    assert client.get("/en/suomi-fi/").status_code == 404


def test_what_suomi_fi_says_counts(cecilia: Client) -> None:
    assert fetch(cecilia, TWENTY).url == start_of()
    assert held() == ["apply", "view_decisions"]
    assert cecilia.get(start_of()).status_code == 200
    mandate = Mandate.objects.get(source="suomi_fi")
    events = Event.objects.filter(type="mandate.changed", organisation=cast.employer(TWENTY).pk)
    assert [event.subject for event in events] == [mandate.pk]
    assert [(one.answered, one.answer[0]["business_id"]) for one in RightsQuery.objects.all()] == [("ok", TWENTY)]


def test_an_employer_new_to_us_is_made_and_asked_its_size_once(cecilia: Client) -> None:
    fetch(cecilia, NEW_SHOP)
    shop = Organisation.objects.get(business_id=NEW_SHOP)
    assert (shop.name, shop.kind, shop.employees) == ("Blomsterhandel Exempel Ab", "employer", 0)
    assert held(NEW_SHOP) == list(rights.RIGHTS)
    assert RegisterRole.objects.get(organisation=shop).role == "managing_director"
    size = f"{start_of(NEW_SHOP)}size/"
    assert size in text(cecilia.get(start_of(NEW_SHOP)))
    assert "Write a number from 1 up" in text(cecilia.post(size, {"employees": "0"}))
    cecilia.post(size, {"employees": "4"})
    cecilia.post(size, {"employees": "9"})
    shop.refresh_from_db()
    assert shop.employees == 4
    assert size not in text(cecilia.get(start_of(NEW_SHOP)))


def test_several_are_chosen_from(cecilia: Client) -> None:
    assert fetch(cecilia, TWENTY, NEW_SHOP).url == "/en/employers/?all"
    assert may_act_for() == {TWENTY, NEW_SHOP}


def test_a_second_visit_adds_to_the_first(cecilia: Client) -> None:
    fetch(cecilia, TWENTY)
    fetch(cecilia, NEW_SHOP)
    later(cecilia)
    cecilia.get(start_of())
    assert may_act_for() == {TWENTY, NEW_SHOP}


def test_an_empty_list_is_no_right(cecilia: Client, suomi_fi: Mandates) -> None:
    suomi_fi.behave("empty")
    page = text(cecilia.get(fetch(cecilia, TWENTY).url))
    assert "Suomi.fi knows of no employer that you may act for" in page
    assert may_act_for() == set()


def test_incomplete_is_not_a_no(cecilia: Client, suomi_fi: Mandates) -> None:
    """The one right that was found is used; when a source fails later, nothing that counted is taken away."""
    suomi_fi.behave("incomplete")
    page = text(cecilia.get(fetch(cecilia, TWENTY).url))
    assert "could not read all its sources" in page
    assert held() == ["view_decisions"]
    suomi_fi.behave("well")
    later(cecilia)
    cecilia.get(start_of())
    assert held() == ["apply", "view_decisions"]
    suomi_fi.behave("incomplete")
    later(cecilia)
    cecilia.get(start_of())
    assert held() == ["apply", "view_decisions"]


def test_a_mandate_that_is_used_here_for_nothing_says_so(cecilia: Client, suomi_fi: Mandates) -> None:
    known(suomi_fi, _9000005_4=("J",))
    page = text(cecilia.get(fetch(cecilia, TWENTY).url))
    assert "names an employer, but no right that is used here" in page
    assert may_act_for() == set()


def test_within_a_minute_suomi_fi_is_not_asked_again(cecilia: Client, suomi_fi: Mandates) -> None:
    fetch(cecilia, TWENTY)
    asked = len(suomi_fi.suomi_fi.seen)
    cecilia.get(start_of())
    assert len(suomi_fi.suomi_fi.seen) == asked
    later(cecilia)
    cecilia.get(start_of())
    assert len(suomi_fi.suomi_fi.seen) == asked + 1


def test_a_right_ended_there_ends_here_within_a_minute(cecilia: Client, suomi_fi: Mandates) -> None:
    fetch(cecilia, TWENTY)
    known(suomi_fi)
    assert cecilia.get(start_of()).status_code == 200
    later(cecilia)
    assert cecilia.get(start_of()).status_code == 404
    assert (may_act_for(), told()) == (set(), ["given", "ended"])


def test_a_right_changed_there_changes_here(cecilia: Client, suomi_fi: Mandates) -> None:
    fetch(cecilia, TWENTY)
    known(suomi_fi, _9000005_4=("TJ",))
    later(cecilia)
    cecilia.get(start_of())
    assert held() == list(rights.RIGHTS)
    assert Mandate.objects.get(source="suomi_fi").valid_until is not None


def test_a_visit_that_ended_asks_to_start_again(cecilia: Client, suomi_fi: Mandates) -> None:
    fetch(cecilia, TWENTY)
    suomi_fi.behave("expired")
    later(cecilia)
    answer = cecilia.get(start_of())
    assert (answer.status_code, "Your visit at Suomi.fi has ended" in text(answer)) == (403, True)
    assert may_act_for() == set()
    suomi_fi.behave("well")
    fetch(cecilia, TWENTY)
    assert held() == ["apply", "view_decisions"]
    assert told() == ["given"], "the mandate never changed, only our knowledge of it"


@pytest.mark.parametrize("behaviour", ["down", "garbled"])
def test_while_it_is_silent_one_reads_and_changes_nothing(cecilia: Client, suomi_fi: Mandates, behaviour: str) -> None:
    fetch(cecilia, TWENTY)
    suomi_fi.behave(behaviour)
    later(cecilia)
    assert cecilia.get(start_of()).status_code == 200
    answer = cecilia.post(f"{start_of()}apply/", {"benefit": "sickness_allowance"})
    assert answer.status_code == 503
    assert "Nothing was changed" in text(answer)
    assert cecilia.get("/en/suomi-fi/").status_code == 503


def test_reading_waits_for_the_silence_once_a_minute(cecilia: Client, suomi_fi: Mandates) -> None:
    fetch(cecilia, TWENTY)
    suomi_fi.behave("hang")
    later(cecilia)
    before = RightsQuery.objects.count()
    cecilia.get(start_of())
    cecilia.get(start_of())
    assert RightsQuery.objects.count() == before + 1


def test_whoever_has_another_right_goes_on_without_suomi_fi(cecilia: Client, suomi_fi: Mandates) -> None:
    own = {"principal": cast.employer(), "agent_user": cast.user("Cecilia"), "rights": ["apply"]}
    Mandate.objects.create(**own, valid_from=clock.today())
    fetch(cecilia, TWENTY)
    suomi_fi.behave("down")
    later(cecilia)
    apply = f"{start_of(cast.BAKERY)}apply/"
    assert cecilia.post(apply, {"benefit": "sickness_allowance"}).status_code == 503
    assert cecilia.post("/en/suomi-fi/leave").status_code == 302
    assert cecilia.post(apply, {"benefit": "sickness_allowance"}).status_code == 302
    assert may_act_for() == {cast.BAKERY}


def test_unasked_for_longer_it_counts_no_more(cecilia: Client) -> None:
    fetch(cecilia, TWENTY)
    mandate = Mandate.objects.get(source="suomi_fi")
    Mandate.objects.filter(pk=mandate.pk).update(checked_at=mandate.checked_at - LEASE)
    assert may_act_for() == set()


def test_signing_out_ends_it_there_and_here(cecilia: Client, suomi_fi: Mandates) -> None:
    fetch(cecilia, TWENTY)
    cecilia.post("/en/sign-out")
    assert may_act_for() == set()
    assert suomi_fi.suomi_fi.seen[-1] == "unregister"


def test_the_address_back_needs_the_state_of_this_visit(cecilia: Client) -> None:
    back = choose(begin(cecilia), TWENTY)
    assert come_back(cecilia, back.replace("state=", "state=x")).status_code == 400
    assert come_back(cecilia, back).status_code == 400, "the state is good once"
    assert may_act_for() == set()


def test_stopping_there_is_told_here(cecilia: Client) -> None:
    answer = come_back(cecilia, choose(begin(cecilia), cancel="1"))
    assert "You stopped at Suomi.fi" in text(cecilia.get(answer.url))


def test_the_identity_code_is_in_no_page_and_no_address_of_ours(cecilia: Client) -> None:
    address = begin(cecilia)
    assert CECILIA not in address
    assert CECILIA not in text(cecilia.get(come_back(cecilia, choose(address, TWENTY)).url))
    assert CECILIA not in str(list(RightsQuery.objects.values())) + str(list(RightsChange.objects.values()))


def test_staff_have_no_identity_code_to_ask_about(client: Client, suomi_fi: Mandates) -> None:
    client.force_login(cast.official(), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/en/suomi-fi/")
    assert (answer.status_code, "without an identity code" in text(answer)) == (403, True)
