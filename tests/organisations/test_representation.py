"""A payroll firm's person: what the employer gave the firm, met with what the firm gave the person. The whole cast."""

from datetime import date, timedelta

import pytest

from employers.organisations import access, rights
from employers.organisations.models import Mandate, User
from employers.organisations.models_mandates import Representation
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
ON = date(2026, 11, 22)
CAFE, JOINERY, BAKERY, TWENTY, HUNDREDS, LARGE = (
    "9000001-1", "9000003-8", "9000004-6", "9000005-4", "9000006-2", "9000007-0",
)  # fmt: skip
FIRM = "9000011-8"
# right -> person -> employers: what the queries must answer, for everybody.
MAY = {
    None: {
        "Aino": {CAFE, BAKERY}, "Bo": {BAKERY}, "Cecilia": set(), "Dan": {JOINERY}, "Elli": {HUNDREDS, LARGE},
        "Gunilla": {CAFE, BAKERY, TWENTY, HUNDREDS, LARGE}, "Heikki": {FIRM},
    },
    rights.APPLY: {
        "Aino": {CAFE, BAKERY}, "Bo": set(), "Cecilia": set(), "Dan": {JOINERY}, "Elli": {HUNDREDS, LARGE},
        "Gunilla": {CAFE, BAKERY, HUNDREDS, LARGE}, "Heikki": {FIRM},
    },
    rights.VIEW_DECISIONS: {
        "Aino": {CAFE, BAKERY}, "Bo": {BAKERY}, "Cecilia": set(), "Dan": {JOINERY}, "Elli": {HUNDREDS, LARGE},
        "Gunilla": {BAKERY, TWENTY, HUNDREDS, LARGE}, "Heikki": {FIRM},
    },
    rights.BANK_ACCOUNT: {
        "Aino": {CAFE, BAKERY}, "Bo": set(), "Cecilia": set(), "Dan": {JOINERY}, "Elli": {HUNDREDS, LARGE},
        "Gunilla": set(), "Heikki": {FIRM},
    },
}  # fmt: skip


def employers(name: str, right: str | None = None) -> set[str]:
    found = access.employers_of_user(cast.user(name), on=ON, right=right)
    return set(found.values_list("business_id", flat=True))


@pytest.mark.parametrize("right", MAY)
def test_for_whom_everybody_may_act(right: str | None) -> None:
    assert {name: employers(name, right) for name in MAY[right]} == MAY[right]


@pytest.mark.parametrize(
    ("employer", "held"),
    [
        (BAKERY, ["apply", "view_decisions", "view_payments"]),  # every right of the firm, three of the person's
        (CAFE, ["apply"]),
        (TWENTY, ["view_decisions"]),
        (JOINERY, []),
    ],
)
def test_the_smaller_set_counts(employer: str, held: list[str]) -> None:
    assert access.rights_of_user(cast.user("Gunilla"), cast.employer(employer), on=ON) == held


def test_the_actor_is_an_agent_of_the_firm_by_its_mandate() -> None:
    actor = access.actor_for_user(cast.user("Gunilla"), cast.employer(), on=ON, right=rights.APPLY)
    mandate = Mandate.objects.get(principal=cast.employer(), agent_organisation=cast.employer(FIRM))
    assert (actor.role, actor.organisation, actor.mandate) == ("agent", cast.employer(FIRM), mandate.pk)
    reader = actor.as_reader()
    assert (reader.organisation, reader.principal, reader.mandate) == (
        cast.employer(FIRM).pk, cast.employer().pk, mandate.pk,
    )  # fmt: skip


def test_an_own_mandate_and_an_office_go_before_the_firm() -> None:
    gunilla = cast.user("Gunilla")
    own = Mandate.objects.create(principal=cast.employer(), agent_user=gunilla, rights=["apply"], valid_from=ON)
    actor = access.actor_for_user(gunilla, cast.employer(), on=ON, right=rights.APPLY)
    assert (actor.role, actor.mandate, actor.firm) == ("employer", own.pk, None)
    lend("Aino", rights=["apply"])
    actor = access.actor_for_user(cast.user("Aino"), cast.employer(), on=ON, right=rights.APPLY)
    assert (actor.role, actor.mandate, actor.firm) == ("employer", None, None)


def lend(name: str, **changes) -> Representation:
    given = {"firm": cast.employer(FIRM), "user": cast.user(name), "rights": list(rights.RIGHTS), "valid_from": ON}
    return Representation.objects.create(**given | changes)


def test_even_who_leads_the_firm_needs_a_mandate_to_represent() -> None:
    assert employers("Heikki") == {FIRM}
    lend("Heikki", rights=["apply"])
    assert employers("Heikki", rights.APPLY) == {FIRM, CAFE, BAKERY, HUNDREDS, LARGE}


def test_for_one_customer_only() -> None:
    lend("Cecilia", principal=cast.employer())
    assert employers("Cecilia") == {BAKERY}
    assert access.rights_of_user(cast.user("Cecilia"), cast.employer(CAFE), on=ON) == []


def test_two_representations_are_added_up_and_not_mixed() -> None:
    """The right to apply for one customer is none for the others."""
    lend("Cecilia", principal=cast.employer(), rights=["apply"])
    lend("Cecilia", rights=["view_decisions"])
    assert employers("Cecilia", "apply") == {BAKERY}
    assert access.rights_of_user(cast.user("Cecilia"), cast.employer(), on=ON) == ["apply", "view_decisions"]
    assert access.rights_of_user(cast.user("Cecilia"), cast.employer(HUNDREDS), on=ON) == ["view_decisions"]


@pytest.mark.parametrize(
    "over", [{"valid_until": ON - timedelta(days=1)}, {"valid_from": ON + timedelta(days=1)}, {"rights": []}]
)
def test_neither_before_nor_after_its_time(over: dict[str, object]) -> None:
    Representation.objects.update(**over)
    assert employers("Gunilla") == set()


def test_it_lasts_its_last_day() -> None:
    Representation.objects.update(valid_until=ON)
    assert BAKERY in employers("Gunilla")


@pytest.mark.parametrize("ends", ["mandate", "representation"])
def test_it_ends_with_either(ends: str) -> None:
    over = {"valid_until": ON - timedelta(days=1)}
    if ends == "mandate":
        Mandate.objects.filter(agent_organisation__business_id=FIRM).update(**over)
    else:
        Representation.objects.update(**over)
    assert employers("Gunilla") == set()


def test_another_firms_customers_are_not_theirs() -> None:
    assert "9000008-9" not in employers("Gunilla")


def test_one_query_says_for_whom_and_two_what(django_assert_num_queries) -> None:
    gunilla, bakery = User.objects.get(name="Gunilla Exempel"), cast.employer()
    with django_assert_num_queries(1):
        list(access.employers_of_user(gunilla, on=ON, right=rights.APPLY))
    with django_assert_num_queries(2):
        access.rights_of_user(gunilla, bakery, on=ON)
    with django_assert_num_queries(1):
        access.actor_for_user(gunilla, bakery, on=ON, right=rights.APPLY)
