"""The register's answers as values: codes and references, never its words."""

from datetime import UTC, datetime

import pytest
from lxml import etree

from employers.income_register.messages import NAMESPACES
from employers.income_register.replies import Item, Status, UnusableReply, read_echo, read_reply
from tests.income_register.schemas import schema

OURS, THEIRS = "a1", "0123456789abcdef0123456789ABCDEF"
PARTY = "".join(
    f"<{name}><Type>1</Type><Code>9000000-3</Code></{name}>"
    for name in ("DeliveryDataOwner", "DeliveryDataCreator", "DeliveryDataSender")
)
HEADER = (
    "<DeliveryData><Timestamp>2026-11-22T08:00:00Z</Timestamp><DeliveryDataType>103</DeliveryDataType>"
    f"<DeliveryId>{OURS}</DeliveryId><ProductionEnvironment>false</ProductionEnvironment>{PARTY}</DeliveryData>"
)
SENT = f"<IRResponseId>{THEIRS}</IRResponseId><IRResponseTimestamp>2026-11-22T10:00:00.5+02:00</IRResponseTimestamp>"
SIGNATURE = (
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod '
    'Algorithm="a"/><ds:SignatureMethod Algorithm="a"/><ds:Reference><ds:DigestMethod Algorithm="a"/>'
    "<ds:DigestValue>AA==</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>AA==</ds:SignatureValue>"
    "</ds:Signature>"
)


def error(code: str) -> str:
    said = "<ErrorMessage>Henkilö 010180-9026 on väärä</ErrorMessage><ErrorDetails>010180-9026</ErrorDetails>"
    return f"<ErrorInfo><ErrorCode>{code}</ErrorCode>{said}</ErrorInfo>"


def answer(inner: str, *, name: str = "StatusResponseFromIR", header: str = HEADER) -> etree._Element:
    body = {"StatusResponseFromIR": "StatusResponse", "AckFromIR": "AckData"}.get(name, "StatusResponse")
    text = f'<a:{name} xmlns:a="{NAMESPACES}{name}">{header}<{body}>{SENT}{inner}</{body}>{SIGNATURE}</a:{name}>'
    root = etree.fromstring(text)
    return root


def test_a_stored_order():
    root = answer(
        f"<DeliveryDataStatus>3</DeliveryDataStatus><IRDeliveryId>{THEIRS}</IRDeliveryId><ValidItems><Item>"
        f"<ItemId>{OURS}</ItemId><IRItemId>{THEIRS}</IRItemId><ItemVersion>1</ItemVersion></Item></ValidItems>"
    )
    schema("StatusResponseFromIR.xsd").assertValid(etree.ElementTree(root))
    reply = read_reply(root)
    assert (reply.status, reply.stored, reply.pending, reply.errors) == (Status.VALID, True, False, [])
    assert (reply.delivery_id, reply.register_id, reply.production) == (OURS, THEIRS, False)
    assert reply.valid == (Item(reference=OURS, register_id=THEIRS, version=1),)
    assert reply.answered_at == datetime(2026, 11, 22, 8, 0, 0, 500000, tzinfo=UTC)


def test_codes_of_every_level_and_none_of_the_words():
    root = answer(
        "<DeliveryDataStatus>5</DeliveryDataStatus><InvalidItems><Item><ItemErrors>"
        f"{error('I1')}{error('D1')}</ItemErrors></Item></InvalidItems>"
        f"<MessageErrors>{error('M1')}{error('M2')}</MessageErrors><DeliveryErrors>{error('D1')}</DeliveryErrors>"
    )
    schema("StatusResponseFromIR.xsd").assertValid(etree.ElementTree(root))
    reply = read_reply(root)
    assert reply.errors == ["M1", "M2", "D1", "I1"]
    assert not reply.stored
    assert "010180" not in repr(reply)


def test_an_acknowledgement_of_what_is_being_processed():
    root = answer(f"<DeliveryDataStatus>2</DeliveryDataStatus><IRDeliveryId>{THEIRS}</IRDeliveryId>", name="AckFromIR")
    schema("AckFromIR.xsd").assertValid(etree.ElementTree(root))
    reply = read_reply(root)
    assert (reply.status, reply.pending, reply.register_id) == (Status.PROCESSING, True, THEIRS)


def test_an_unknown_record_has_no_header():
    root = answer("<DeliveryDataStatus>0</DeliveryDataStatus>", header="")
    schema("StatusResponseFromIR.xsd").assertValid(etree.ElementTree(root))
    reply = read_reply(root)
    assert (reply.status, reply.delivery_id, reply.production) == (Status.UNKNOWN, "", None)


def test_a_record_stored_in_part_is_not_stored():
    root = answer(
        "<DeliveryDataStatus>3</DeliveryDataStatus>"
        f"<InvalidItems><Item><ItemErrors>{error('I1')}</ItemErrors></Item></InvalidItems>"
    )
    assert not read_reply(root).stored


@pytest.mark.parametrize(
    "root",
    [
        answer("<DeliveryDataStatus>7</DeliveryDataStatus>"),
        answer("<DeliveryDataStatus>three</DeliveryDataStatus>"),
        answer(""),
        answer("<DeliveryDataStatus>3</DeliveryDataStatus>", name="WageReportsFromIR"),
        etree.fromstring(f'<a:AckFromIR xmlns:a="{NAMESPACES}AckFromIR"/>'),
        etree.fromstring(
            f'<a:StatusResponseFromIR xmlns:a="{NAMESPACES}AckFromIR"><StatusResponse/></a:StatusResponseFromIR>'
        ),
        etree.fromstring(etree.tostring(answer("<DeliveryDataStatus>3</DeliveryDataStatus>")).replace(b"+02:00", b"")),
    ],
)
def test_what_is_no_answer_is_none(root):
    with pytest.raises(UnusableReply):
        read_reply(root)


def test_an_echo_comes_back():
    root = etree.fromstring(f'<e:Echo xmlns:e="{NAMESPACES}Echo"><Data>hei</Data>{SIGNATURE}</e:Echo>')
    schema("Echo.xsd").assertValid(etree.ElementTree(root))
    assert read_echo(root) == "hei"
    with pytest.raises(UnusableReply):
        read_echo(answer("<DeliveryDataStatus>3</DeliveryDataStatus>"))
