"""What is known of a message after anything that can happen to it: it never arrived, nobody knows, it was refused."""

import gzip
from contextlib import ExitStack
from functools import partial
from itertools import count

import pytest
from lxml import etree

from employers.income_register.client import (
    BadSignature,
    CertificateRefused,
    Register,
    RegisterRefused,
    RegisterUnavailable,
    RegisterUncertain,
    UnusableAnswer,
    earner_reports,
    echo,
    end_subscription,
    payer_reports,
    subscribe,
    subscription_status,
)
from employers.income_register.messages import NAMESPACES
from employers.income_register.wire import HEAD, TAIL
from portal.sandbox.register.keys import make_keys
from tests.income_register.conftest import AT
from tests.income_register.orders import order
from tests.income_register.service import enveloped, serving, signed, stored

FAULT = (
    '<s:Fault xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><faultcode>s:{}</faultcode>'
    "<faultstring>010180-9026</faultstring></s:Fault>"
)


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stranger")
    make_keys(folder)
    return folder


@pytest.fixture
def called(keys):
    """Serve a behaviour; what comes back is the service and the register as the client sees it."""
    with ExitStack() as stack:

        def start(behaviour, **changed):
            service = stack.enter_context(serving(behaviour))
            usual = {"url": service.url, "owner": "9000000-3", "folder": keys, "patience": 5, "longest": 5}
            return service, Register(**(usual | changed))

        yield start


def well(keys, handler, request, **changed):
    handler.send(200, signed(stored(request, **changed), keys))


def fault(code, handler, _):
    handler.send(500, HEAD + FAULT.format(code).encode() + TAIL)


def status(number, handler, _):
    handler.send(number)


def garbage(handler, _):
    handler.send(200, b"<html>service break</html>")


def unsigned(handler, request):
    handler.send(200, enveloped(stored(request)))


def cut(keys, handler, request):
    answer = signed(stored(request), keys)
    handler.send(200, answer[: len(answer) // 2], promised=len(answer))


def closing(*_):
    pass


def hanging(handler, _):
    handler.server.over.wait(10)


def dripping(start, handler, _):
    handler.wfile.write(start)
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b"x")


def packed(keys, handler, request):
    handler.send(200, gzip.compress(signed(stored(request), keys)), **{"Content-Encoding": "gzip"})


HEADERS, BODY = b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"


def test_an_order_is_told_and_answered(called, keys):
    service, register = called(partial(well, keys))
    reply = subscribe(register, order(), at=AT)
    assert (reply.stored, reply.delivery_id, reply.register_id) == (True, "a1", "1" * 32)
    assert service.heard == [("/20170526/SubscriptionService.svc", "ProcessSubscription")]


def test_its_status_and_its_end(called, keys):
    service, register = called(partial(well, keys))
    assert subscription_status(register, delivery_id="a1", at=AT).stored
    assert end_subscription(register, delivery_id="a1-end", reference="a1", at=AT).stored
    assert service.heard == [
        ("/20170526/StatusService.svc", "GetDeliveryDataStatus"),
        ("/20170526/InvalidationService.svc", "SendInvalidation"),
    ]


@pytest.mark.parametrize("said", ["hei", "moi"])
def test_an_echo(called, keys, said):
    def answer(handler, request):
        request.remove(request[-1])
        request.find("Data").text = said
        handler.send(200, signed(request, keys))

    service, register = called(answer)
    assert echo(register, text="hei", at=AT) is (said == "hei")
    assert service.heard == [("/20170526/EchoService.svc", "SendEcho")]


def test_one_earner_whoever_paid(called, keys):
    asked = []

    def answer(handler, request):
        asked.append((request.findtext("QueryDataType"), request.findtext(".//IdCode")))
        handler.send(200, signed(etree.fromstring(f'<w:WageReportsFromIR xmlns:w="{NAMESPACES}W"/>'), keys))

    service, register = called(answer)
    with earner_reports(register, identity_code="010180-9026", at=AT) as file:
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
    with pytest.raises(RegisterUncertain) as told:
        subscribe(register, order(), at=AT)
    assert len(service.heard) == 1
    assert "010180" not in f"{told.value} {told.value.__cause__}"


@pytest.mark.parametrize(
    "behaviour",
    [
        cut,
        packed,
        partial(well, delivery_id="a2"),
        partial(well, production="true"),
    ],
)
def test_an_answer_to_something_else_says_nothing_of_the_order(called, keys, behaviour):
    service, register = called(partial(behaviour, keys))
    with pytest.raises(RegisterUncertain):
        subscribe(register, order(), at=AT)
    assert len(service.heard) == 1


def test_an_answer_too_large_says_nothing_of_the_order(called, keys):
    _, register = called(partial(well, keys), largest=1000)
    with pytest.raises(RegisterUncertain, match="too large"):
        subscribe(register, order(), at=AT)
    with pytest.raises(UnusableAnswer), payer_reports(register, business_id="9000004-6", at=AT):
        pass


def test_an_order_answered_by_a_stranger_is_uncertain(called, stranger):
    _, register = called(partial(well, stranger))
    with pytest.raises(RegisterUncertain, match="BadSignature"):
        end_subscription(register, delivery_id="a1-end", reference="a1", at=AT)
    with pytest.raises(BadSignature):
        subscription_status(register, delivery_id="a1", at=AT)
    with pytest.raises(BadSignature), payer_reports(register, business_id="9000004-6", at=AT):
        pass


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (partial(fault, "Client"), RegisterRefused),
        (partial(status, 404), RegisterRefused),
        (partial(status, 401), CertificateRefused),
        (partial(status, 403), CertificateRefused),
    ],
)
def test_a_refusal_is_final(called, behaviour, error):
    service, register = called(behaviour)
    for ask in (partial(subscribe, register, order()), partial(subscription_status, register, delivery_id="a1")):
        with pytest.raises(RegisterRefused) as told:
            ask(at=AT)
        assert type(told.value) is error
        assert "010180" not in str(told.value)
    assert len(service.heard) == 2


def test_a_redirect_is_not_followed(called, keys):
    elsewhere, _ = called(partial(well, keys))

    def redirect(handler, _):
        handler.send(307, Location=elsewhere.url)

    _, register = called(redirect)
    with pytest.raises(RegisterRefused, match="307"):
        subscribe(register, order(), at=AT)
    assert elsewhere.heard == []


def test_what_surely_never_arrived_is_told_again(called, keys):
    """429 says that nothing was done."""
    attempt = count(1)

    def busy_first(handler, request):
        partial(status, 429)(handler, request) if next(attempt) == 1 else well(keys, handler, request)

    service, register = called(busy_first)
    assert subscribe(register, order(), at=AT).stored
    assert len(service.heard) == 2


def test_nobody_there_never_arrived(called, keys):
    _, register = called(partial(well, keys), url="http://127.0.0.1:9", attempts=1)
    with pytest.raises(RegisterUnavailable) as told:
        subscribe(register, order(), at=AT)
    assert not isinstance(told.value, RegisterUncertain)


def test_a_question_is_asked_again(called, keys):
    attempt = count(1)

    def broken_first(handler, request):
        closing() if next(attempt) == 1 else well(keys, handler, request)

    service, register = called(broken_first)
    assert subscription_status(register, delivery_id="a1", at=AT).stored
    assert len(service.heard) == 2


def test_nothing_personal_goes_where_others_listen(keys):
    register = Register(url="http://register.example", owner="9000000-3", folder=keys)
    with pytest.raises(RegisterRefused, match="https"):
        subscribe(register, order(), at=AT)


def test_without_a_key_nothing_is_sent(called, keys, tmp_path):
    service, register = called(partial(well, keys), folder=tmp_path, attempts=1)
    with pytest.raises(RegisterUnavailable, match="key"):
        subscribe(register, order(), at=AT)
    assert service.heard == []
