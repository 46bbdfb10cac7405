"""Faults on demand: each does what it says, for as many answers as it is told, and then all is well again."""

import json
import threading
import time
from io import BytesIO

import httpx
import pytest
from lxml import etree

from employers.income_register import messages
from employers.income_register.parser import MalformedExtract, read
from employers.income_register.schema import Poison
from employers.income_register.verifying import BadSignature, verify
from employers.income_register.wire import HEAD, TAIL
from portal.sandbox.register.extraction import extract_due
from portal.sandbox.register.faults import TELLING, Faults, UnknownBehaviour
from tests.income_register.conftest import AT
from tests.income_register.feeding import PORTAL, record, report, signed
from tests.income_register.schemas import SCHEMAS, schema
from tests.income_register.test_simulator_subscriptions import DAY, nights, ordered

PAYER = "9000006-2"
QUERY = "/20170526/WageReportQueryService.svc"


def question(**more):
    facts = {"payer": PAYER, "modified": (AT - 60 * DAY, AT)} | more
    return messages.wage_reports(PORTAL, at=AT, **facts)


def told(desk, fault):
    octets = etree.tostring(desk.ask(question(), fault))
    return octets, read(BytesIO(octets))


def believed(desk, octets):
    try:
        verify(octets, certificate=desk.keys / "register.crt", at=AT)
    except BadSignature:
        return False
    return True


@pytest.fixture
def well(desk):
    return list(told(desk, "well")[1])


@pytest.mark.parametrize("fault", TELLING)
def test_only_two_faults_break_the_signature(desk, fault):
    assert believed(desk, told(desk, fault)[0]) == (fault not in ("bad_signature", "other_signer"))


@pytest.mark.parametrize("fault", ["well", "bad_signature", "other_signer"])
def test_these_say_what_is_true(desk, well, fault):
    assert list(told(desk, fault)[1]) == well


def test_duplicate(desk, well):
    extract = told(desk, "duplicate")[1]
    assert (list(extract), extract.header.promised) == ([one for one in well for _ in range(2)], 2 * len(well))


def test_old_before_new(desk, well):
    backwards = list(told(desk, "old_before_new")[1])
    assert backwards == well[::-1]
    versions = [
        one.version for one in backwards if one.report_id in {one.report_id for one in well if one.version == 2}
    ]
    assert versions[0] == 2


def test_wrong_window(desk, well):
    extract = told(desk, "wrong_window")[1]
    assert (extract.header.window_end, list(extract)) == (AT - DAY / 24, well)


def test_wrong_count(desk, well):
    extract = told(desk, "wrong_count")[1]
    assert extract.header.promised == len(well) + 1
    with pytest.raises(MalformedExtract):
        list(extract)


def test_unknown_element(desk, well):
    octets, extract = told(desk, "unknown_element")
    assert octets.count(b"NewSinceThen>1<") == len(well)
    assert list(extract) == well
    if SCHEMAS:
        assert not schema("WageReportsFromIR.xsd").validate(etree.parse(BytesIO(octets)))


def test_poison(desk, well):
    first, *rest = told(desk, "poison")[1]
    assert isinstance(first, Poison)
    assert rest == well[1:]


def test_a_fault_for_so_many_answers():
    faults = Faults()
    faults.behave("slow", 2)
    assert [faults.take(("cut",)), faults.take(), faults.take(), faults.take()] == ["well", "slow", "slow", "well"]
    faults.behave("cut")
    assert {faults.take() for _ in range(9)} == {"cut"}
    for word, times in (("nonsense", None), ("cut", 0)):
        with pytest.raises(UnknownBehaviour):
            faults.behave(word, times)


# Over HTTP.


@pytest.fixture
def base(simulator):
    return f"http://127.0.0.1:{simulator.server_address[1]}"


@pytest.fixture
def post(base, keys):
    def send(message=None, path=QUERY, **more):
        message = message or question(payer="9000004-6")
        body = HEAD + signed(message.element, keys) + TAIL
        return httpx.post(base + path, content=body, headers={"SOAPAction": message.operation.name}, **more)

    return send


def behave(base, told):
    body = told if isinstance(told, str) else json.dumps(told)
    return httpx.post(f"{base}/sandbox/behaviour", content=body).status_code


def test_told_over_http(base, post):
    assert behave(base, {"behaviour": "broken", "times": 2}) == 204
    assert [post().status_code for _ in range(3)] == [503, 503, 200]
    assert behave(base, "certificate_refused") == 204
    assert [post().status_code for _ in range(2)] == [403, 403]
    assert behave(base, "well") == 204
    assert post().status_code == 200
    for nonsense in ("nonsense", "{", '{"behaviour": "cut", "times": "x"}', '{"times": 1}'):
        assert behave(base, nonsense) == 400


@pytest.mark.parametrize("fault", ["reset", "cut"])
def test_the_connection_breaks(base, post, fault):
    behave(base, {"behaviour": fault, "times": 1})
    with pytest.raises(httpx.TransportError):
        post()
    assert post().status_code == 200


def test_one_that_hangs_is_let_go_by_the_next_behaviour(base, post):
    behave(base, "hang")
    with pytest.raises(httpx.ReadTimeout):
        post(timeout=0.2)
    waiting: list[int] = []
    thread = threading.Thread(target=lambda: waiting.append(post(timeout=10).status_code))
    thread.start()
    behave(base, "well")
    thread.join()
    assert waiting == [200]


@pytest.mark.parametrize(("fault", "bytes_a_second"), [("slow", 16384 * 21), ("drip", 21)])
def test_a_slow_answer_comes_in_pieces(base, keys, fault, bytes_a_second):
    """Twenty pieces a second at the most: of a page, or of one byte."""
    behave(base, {"behaviour": fault, "times": 1})
    message = question()
    headers = {"SOAPAction": message.operation.name}
    body = HEAD + signed(message.element, keys) + TAIL
    began, read_so_far = time.monotonic(), 0
    with httpx.stream("POST", base + QUERY, content=body, headers=headers) as answer:
        for chunk in answer.iter_raw():
            read_so_far += len(chunk)
            if time.monotonic() - began > 0.3:
                break
    assert 0 < read_so_far <= bytes_a_second * (time.monotonic() - began)


def test_hanging_after_accepting_keeps_what_was_sent(base, simulator):
    behave(base, "hang_after")
    body = HEAD + record(report("a"), several=False, payer="9000004-6").encode() + TAIL
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f"{base}/20170526/WageReportService.svc",
            content=body,
            headers={"SOAPAction": "SendWageReport"},
            timeout=0.3,
        )
    behave(base, "well")
    assert simulator.office.memory.row("SELECT status FROM record WHERE reference = 'record-1'")["status"] == 3


@pytest.mark.parametrize(
    ("fault", "files", "whole"), [("cut", 1, False), ("duplicate", 2, True), ("bad_signature", 1, True)]
)
def test_faults_of_files(desk, fault, files, whole):
    ordered(desk)
    desk.office.faults.behave(fault, 1)
    desk.office.clock.move(nights(1))
    extract_due(desk.office)
    written = [file.read_bytes() for file in desk.office.outgoing.iterdir()]
    assert (len(written), len(set(written))) == (files, 1)
    assert written[0].endswith(b"WageReportsFromIR>") == whole
    assert believed(desk, written[0]) == (fault == "duplicate")
