"""What is told or asked, and what is believed of the answer: who has signed it, and how."""

from functools import partial

import pytest
from lxml import etree
from signxml import CanonicalizationMethod, XMLSigner

from employers.income_register import client, messages
from employers.income_register.messages import NAMESPACES
from tests.income_register.behaviours import well
from tests.income_register.conftest import AT
from tests.income_register.orders import order
from tests.income_register.service import enveloped, signed, stored


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
    question = messages.wage_reports(register.user, at=AT, earner="010180-9026")
    with client.wage_reports(register, question, at=AT) as file:
        assert file.read().startswith(b"<w:WageReportsFromIR")
    assert asked == [("400", "010180-9026")]
    assert service.heard == [("/20170526/WageReportQueryService.svc", "GetWageReportsOneIncomeEarner")]
