"""What is known of a message after anything that can happen to it: it never arrived, nobody knows, it was refused."""

from contextlib import ExitStack
from functools import partial
from itertools import count

import pytest
from lxml import etree
from signxml import CanonicalizationMethod, XMLSigner

from employers.income_register import client, messages
from employers.income_register.messages import NAMESPACES
from portal.sandbox.register.keys import make_keys
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
from tests.income_register.service import enveloped, serving, signed, stored


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stranger")
    make_keys(folder)
    return folder


def extract(register, **about):
    return client.wage_reports(register, messages.wage_reports(register.user, at=AT, **about), at=AT)


@pytest.fixture
def called(keys):
    """Serve a behaviour; what comes back is the service and the register as the client sees it."""
    with ExitStack() as stack:

        def start(behaviour, **changed):
            service = stack.enter_context(serving(behaviour))
            usual = {"url": service.url, "owner": "9000000-3", "folder": keys, "patience": 5, "longest": 5}
            return service, client.Register(**(usual | changed))

        yield start


def test_an_order_is_told_and_answered(called, keys):
    service, register = called(partial(well, keys))
    reply = client.subscribe(register, order(), at=AT)
    assert (reply.stored, reply.delivery_id, reply.register_id) == (True, "a1", "1" * 32)
    assert service.heard == [("/20170526/SubscriptionService.svc", "ProcessSubscription")]


def test_its_status_and_its_end(called, keys):
    service, register = called(partial(well, keys))
    assert client.subscription_status(register, delivery_id="a1", at=AT).stored
    assert client.end_subscription(register, delivery_id="a1-end", reference="a1", at=AT).stored
    assert service.heard == [
        ("/20170526/StatusService.svc", "GetDeliveryDataStatus"),
        ("/20170526/InvalidationService.svc", "SendInvalidation"),
    ]


def test_an_answer_signed_as_the_published_examples_are_is_believed(called, keys):
    """They name no canonical form, so theirs is the inclusive one."""

    def answer(handler, request):
        signer = XMLSigner(c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0)
        key, certificate = ((keys / f"register.{ending}").read_bytes() for ending in ("key", "crt"))
        element = signer.sign(stored(request), key=key, cert=certificate.decode(), exclude_c14n_transform_element=True)
        handler.send(200, enveloped(element))

    _, register = called(answer)
    assert client.subscribe(register, order(), at=AT).stored


def test_the_old_signer_and_the_new_one_are_believed(called, keys, stranger, tmp_path):
    for name in ("portal.key", "portal.crt"):
        (tmp_path / name).write_bytes((keys / name).read_bytes())
    old, new = ((folder / "register.crt").read_bytes() for folder in (keys, stranger))
    (tmp_path / "register.crt").write_bytes(old + new)
    for signer in (keys, stranger):
        _, register = called(partial(well, signer), folder=tmp_path)
        assert client.subscribe(register, order(), at=AT).stored


@pytest.mark.parametrize("said", ["hei", "moi"])
def test_an_echo(called, keys, said):
    def answer(handler, request):
        request.remove(request[-1])
        request.find("Data").text = said
        handler.send(200, signed(request, keys))

    service, register = called(answer)
    assert client.echo(register, text="hei", at=AT) is (said == "hei")
    assert service.heard == [("/20170526/EchoService.svc", "SendEcho")]


def test_one_earner_whoever_paid(called, keys):
    asked = []

    def answer(handler, request):
        asked.append((request.findtext("QueryDataType"), request.findtext(".//IdCode")))
        handler.send(200, signed(etree.fromstring(f'<w:WageReportsFromIR xmlns:w="{NAMESPACES}W"/>'), keys))

    service, register = called(answer)
    with extract(register, earner="010180-9026") as file:
        assert file.read().startswith(b"<w:WageReportsFromIR")
    assert asked == [("400", "010180-9026")]
    assert service.heard == [("/20170526/WageReportQueryService.svc", "GetWageReportsOneIncomeEarner")]


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
