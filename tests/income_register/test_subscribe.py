"""A subscription is told to the register once, whatever becomes of the message, and what it says of it is believed."""

from datetime import timedelta

import pytest
import stamina

from employers.income_register import subscribe
from employers.income_register.client import RegisterRefused, RegisterUnavailable, Unsendable
from employers.income_register.models_subscriptions import RegisterSubscription
from employers.income_register.queries import read_by_themselves
from tests.income_register.conftest import AT
from tests.income_register.standing import DAY, SINCE, employers, extracted, order

pytestmark = pytest.mark.django_db
LATER = AT + subscribe.FIRST_ASKED_AFTER
State = RegisterSubscription.Status


@pytest.fixture(autouse=True)
def asked_once():
    """Whoever does not answer is not asked three times, with pauses."""
    with stamina.set_testing(True, attempts=1):
        yield


@pytest.fixture
def there(simulator, keys, settings):
    settings.REGISTER_URL = f"http://127.0.0.1:{simulator.server_address[1]}"
    settings.REGISTER_FOLDER = keys
    simulator.office.clock.move(AT)
    return simulator


@pytest.fixture
def wanted(there):
    return subscribe.want(organisations=employers(), since=SINCE, valid_from=(AT + DAY).date())


def ordered_there(register):
    return register.office.memory.rows("SELECT reference FROM subscription")


def status(wanted):
    wanted.refresh_from_db()
    return wanted.status


def test_an_order_is_told_and_believed(there, wanted):
    subscribe.order(wanted.pk, at=AT)
    assert (status(wanted), wanted.ordered_at, wanted.errors) == (State.ACTIVE, AT, [])
    assert wanted.register_id
    assert [row["reference"] for row in ordered_there(there)] == [wanted.reference]


def test_it_is_told_once(there, wanted):
    subscribe.order(wanted.pk, at=AT)
    with pytest.raises(subscribe.WrongState):
        subscribe.order(wanted.pk, at=AT)
    assert len(ordered_there(there)) == 1


def test_who_it_tells_all_of_is_not_read_by_itself(there, wanted):
    assert read_by_themselves().count() == 2
    subscribe.order(wanted.pk, at=AT)
    assert read_by_themselves().count() == 0
    subscribe.end(wanted.pk, at=AT)
    assert read_by_themselves().count() == 2


def test_an_answer_that_never_came_is_asked_after_and_not_told_again(there, wanted):
    """The register kept the order and its answer was lost: the status says that it is there."""
    there.behave("cut", times=1)
    subscribe.order(wanted.pk, at=AT)
    assert status(wanted) == State.ORDERED
    subscribe.follow(at=LATER - timedelta(seconds=1))
    assert status(wanted) == State.ORDERED  # not before five minutes
    subscribe.follow(at=LATER)
    assert status(wanted) == State.ACTIVE
    assert len(ordered_there(there)) == 1


def test_an_order_that_never_arrived_is_told_again_with_the_same_reference(there, wanted):
    there.behave("reset", times=1)
    subscribe.order(wanted.pk, at=AT)
    assert status(wanted) == State.ORDERED
    subscribe.follow(at=LATER)
    assert status(wanted) == State.WANTED
    subscribe.follow(at=LATER)
    assert status(wanted) == State.ACTIVE
    assert [row["reference"] for row in ordered_there(there)] == [wanted.reference]


def test_a_worker_killed_before_it_told_is_no_lost_order(there, wanted):
    RegisterSubscription.objects.update(status=State.ORDERED, ordered_at=AT)
    subscribe.follow(at=LATER)
    subscribe.follow(at=LATER)
    assert status(wanted) == State.ACTIVE


def test_a_register_that_cannot_be_reached_leaves_it_wanted(wanted, settings):
    settings.REGISTER_URL = "http://127.0.0.1:9"
    with pytest.raises(RegisterUnavailable):
        subscribe.order(wanted.pk, at=AT)
    assert (status(wanted), wanted.ordered_at) == (State.WANTED, AT)
    subscribe.follow(at=LATER)
    assert status(wanted) == State.WANTED


def test_a_certificate_that_is_refused_leaves_it_wanted(there, wanted):
    there.behave("certificate_refused", times=1)
    with pytest.raises(RegisterRefused):
        subscribe.order(wanted.pk, at=AT)
    assert status(wanted) == State.WANTED


def test_what_the_register_refuses_keeps_its_codes(there):
    refused = subscribe.want(organisations=employers(), since=SINCE, valid_from=(AT + DAY).date())
    RegisterSubscription.objects.update(profile="of-nobody")
    subscribe.order(refused.pk, at=AT)
    assert (status(refused), refused.errors) == (State.REFUSED, ["SUB-02"])
    assert read_by_themselves().count() == 2


def test_what_it_would_refuse_cannot_be_wanted():
    with pytest.raises(Unsendable):
        subscribe.want(organisations=employers(), since=AT + 9 * DAY, valid_from=AT.date())
    assert not RegisterSubscription.objects.exists()


@pytest.mark.parametrize("nights", [0, 1])
def test_it_ends(there, wanted, nights):
    """Whether or not it was extracted from: only then does its own status say so."""
    subscribe.order(wanted.pk, at=AT)
    for number in range(nights):
        extracted(there, number + 1)
    subscribe.end(wanted.pk, at=AT)
    assert (status(wanted), wanted.ended_at) == (State.ENDED, AT)


@pytest.mark.parametrize("fault", ["cut", "reset"])
def test_an_end_that_nobody_answered_is_asked_after(there, wanted, fault):
    """Kept or not: it is told again only when the register does not know it."""
    subscribe.order(wanted.pk, at=AT)
    there.behave(fault, times=1)
    subscribe.end(wanted.pk, at=AT)
    assert (status(wanted), wanted.ended_at) == (State.ACTIVE, AT)
    subscribe.follow(at=LATER)
    assert status(wanted) == State.ENDED


def test_an_end_that_was_refused_can_be_tried_again(there, wanted):
    """With a reference of its own: the register takes none twice."""
    subscribe.order(wanted.pk, at=AT)
    there.office.memory.rows("UPDATE subscription SET reference = 'lost'")
    subscribe.end(wanted.pk, at=AT)
    assert (status(wanted), wanted.ended_at) == (State.ACTIVE, None)
    assert wanted.errors
    refused = wanted.ending
    there.office.memory.rows("UPDATE subscription SET reference = ?", wanted.reference)
    subscribe.end(wanted.pk, at=LATER)
    assert (status(wanted), wanted.ended_at, wanted.errors) == (State.ENDED, LATER, [])
    assert wanted.ending != refused


def test_an_end_that_had_arrived_is_no_refusal_when_it_is_told_again(there, wanted):
    subscribe.order(wanted.pk, at=AT)
    there.behave("cut", times=1)
    subscribe.end(wanted.pk, at=AT)
    assert status(wanted) == State.ACTIVE
    told = wanted.ending
    subscribe.end(wanted.pk, at=AT)
    assert (status(wanted), wanted.ending) == (State.ENDED, told)


def test_a_second_order_of_the_same_reference_is_asked_after(there, wanted):
    """It had arrived, and everybody thought it had not: the refusal of the copy is no refusal."""
    order([], since=SINCE)
    subscribe.order(wanted.pk, at=AT)
    RegisterSubscription.objects.filter(pk=wanted.pk).update(status=State.WANTED)
    subscribe.follow(at=LATER)
    assert status(wanted) == State.ACTIVE
    assert len(ordered_there(there)) == 2
