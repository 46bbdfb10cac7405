"""What is known of a message after anything that can happen to it: it never arrived, nobody knows, it was refused."""

from functools import partial
from itertools import count

import pytest

from employers.income_register import client, messages
from tests.income_register.behaviours import (
    BODY,
    HEADERS,
    closing,
    cut,
    dripping,
    fault,
    garbage,
    hanging,
    packed,
    status,
    unsigned,
    well,
)
from tests.income_register.conftest import AT
from tests.income_register.orders import order


def extract(register, **about):
    return client.wage_reports(register, messages.wage_reports(register.user, at=AT, **about), at=AT)


@pytest.mark.parametrize(
    ("behaviour", "changed"),
    [
        (hanging, {"patience": 0.2}),
        (partial(dripping, HEADERS), {"longest": 0.3}),
        (partial(dripping, BODY), {"longest": 0.3}),
        (closing, {}),
        (garbage, {}),
        (unsigned, {}),
        (partial(status, 502), {}),
        (partial(status, 503), {}),
        (partial(fault, "Server"), {}),
    ],
)
def test_an_order_of_which_nobody_knows_is_not_told_again(called, behaviour, changed):
    service, register = called(behaviour, **changed)
    with pytest.raises(client.RegisterUncertain) as told:
        client.subscribe(register, order(), at=AT)
    assert len(service.heard) == 1
    assert "010180" not in f"{told.value} {told.value.__cause__}"


@pytest.mark.parametrize(
    "behaviour",
    [cut, packed, partial(well, delivery_id="a2"), partial(well, production="true")],
)
def test_an_answer_to_something_else_says_nothing_of_the_order(called, keys, behaviour):
    service, register = called(partial(behaviour, keys))
    with pytest.raises(client.RegisterUncertain):
        client.subscribe(register, order(), at=AT)
    assert len(service.heard) == 1


def test_an_answer_too_large_says_nothing_of_the_order(called, keys):
    _, register = called(partial(well, keys), largest=1000)
    with pytest.raises(client.RegisterUncertain, match="too large"):
        client.subscribe(register, order(), at=AT)
    with pytest.raises(client.UnusableAnswer), extract(register, payer="9000004-6"):
        pass


def test_an_order_answered_by_a_stranger_is_uncertain(called, stranger):
    _, register = called(partial(well, stranger))
    with pytest.raises(client.RegisterUncertain, match="BadSignature"):
        client.end_subscription(register, delivery_id="a1-end", reference="a1", at=AT)
    with pytest.raises(client.BadSignature):
        client.subscription_status(register, delivery_id="a1", at=AT)
    with pytest.raises(client.BadSignature), extract(register, payer="9000004-6"):
        pass


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (partial(fault, "Client"), client.RegisterRefused),
        (partial(status, 404), client.RegisterRefused),
        (partial(status, 401), client.CertificateRefused),
        (partial(status, 403), client.CertificateRefused),
    ],
)
def test_a_refusal_is_final(called, behaviour, error):
    service, register = called(behaviour)
    for ask in (
        partial(client.subscribe, register, order()),
        partial(client.subscription_status, register, delivery_id="a1"),
    ):
        with pytest.raises(client.RegisterRefused) as told:
            ask(at=AT)
        assert type(told.value) is error
        assert "010180" not in str(told.value)
    assert len(service.heard) == 2


def test_a_redirect_is_not_followed(called, keys):
    elsewhere, _ = called(partial(well, keys))

    def redirect(handler, _):
        handler.send(307, Location=elsewhere.url)

    _, register = called(redirect)
    with pytest.raises(client.RegisterRefused, match="307"):
        client.subscribe(register, order(), at=AT)
    assert elsewhere.heard == []


def test_what_surely_never_arrived_is_told_again(called, keys):
    """429 says that nothing was done."""
    attempt = count(1)

    def busy_first(handler, request):
        partial(status, 429)(handler, request) if next(attempt) == 1 else well(keys, handler, request)

    service, register = called(busy_first)
    assert client.subscribe(register, order(), at=AT).stored
    assert len(service.heard) == 2


def test_nobody_there_never_arrived(called, keys):
    _, register = called(partial(well, keys), url="http://127.0.0.1:9", attempts=1)
    with pytest.raises(client.RegisterUnavailable) as told:
        client.subscribe(register, order(), at=AT)
    assert not isinstance(told.value, client.RegisterUncertain)


def test_a_question_is_asked_again(called, keys):
    attempt = count(1)

    def broken_first(handler, request):
        closing() if next(attempt) == 1 else well(keys, handler, request)

    service, register = called(broken_first)
    assert client.subscription_status(register, delivery_id="a1", at=AT).stored
    assert len(service.heard) == 2


def test_nothing_personal_goes_where_others_listen(keys):
    register = client.Register(url="http://register.example", owner="9000000-3", folder=keys)
    with pytest.raises(client.RegisterRefused, match="https"):
        client.subscribe(register, order(), at=AT)


@pytest.mark.parametrize("missing", ["portal.key", "portal.crt", "register.crt"])
@pytest.mark.parametrize("broken", [False, True])
def test_without_its_keys_nothing_is_sent(called, keys, tmp_path, missing, broken):
    for name in ("portal.key", "portal.crt", "register.crt"):
        (tmp_path / name).write_bytes((keys / name).read_bytes())
    (tmp_path / missing).write_text("nothing") if broken else (tmp_path / missing).unlink()
    service, register = called(partial(well, keys), folder=tmp_path, attempts=1)
    with pytest.raises(client.RegisterUnavailable, match="cannot be read"):
        client.subscribe(register, order(), at=AT)
    assert service.heard == []
