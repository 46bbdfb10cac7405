"""Hostile XML is refused in under a second and 64 MB, by everything that reads XML from outside."""

import json
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest

from employers.income_register.parser import MalformedExtract, reports_in
from employers.income_register.wire import HEAD, TAIL, MalformedXml, SoapFault, copy_body
from tests.income_register.extracts import extract, minimal

PROJECT = Path(__file__).resolve().parents[2]
MORE = "".join(f"<!ENTITY a{n} '" + f"&a{n - 1};" * 10 + "'>" for n in range(1, 12))
LAUGHS = f'<!DOCTYPE x [<!ENTITY a0 "ha">{MORE}]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a0 SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
MANY = " ".join(f"b{n}=''" for n in range(300_000))
ATTACKS = {
    "billion laughs": extract(minimal(report_id="&a11;"), head=LAUGHS).getvalue(),
    "external entity": extract(minimal(report_id="&a0;"), head=EXTERNAL).getvalue(),
    "remote DTD": extract(minimal(), head=REMOTE).getvalue(),
    "DOCTYPE alone": extract(minimal(), head="<!DOCTYPE x>").getvalue(),
    "deep nesting": extract(minimal(more="<a>" * 100_000 + "</a>" * 100_000)).getvalue(),
    "endless report": extract(minimal(more="<a/>" * 2_000_000)).getvalue(),
    "endless text": extract(minimal(more=f"<a>{'x' * 12_000_000}</a>")).getvalue(),
    "many attributes": extract(minimal(more=f"<a {MANY}/>")).getvalue(),
    "undeclared entity": extract(minimal(report_id="&x;")).getvalue(),
    "UTF-16 DOCTYPE": extract(minimal(), head="<!DOCTYPE x>").getvalue().decode().encode("utf-16"),
}
MEASURE = """
import json, resource, sys, time
from io import BytesIO
from employers.income_register.parser import MalformedExtract, reports_in
document = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.monotonic()
try:
    list(reports_in(BytesIO(document)))
except MalformedExtract as error:
    print(json.dumps({"error": str(error), "seconds": time.monotonic() - began,
        "megabytes": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024}))
"""


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_extract_is_refused_fast_and_small(attack):
    run = subprocess.run(
        [sys.executable, "-c", MEASURE], input=ATTACKS[attack], cwd=PROJECT, capture_output=True, check=True
    )
    seen = json.loads(run.stdout)
    assert seen["seconds"] < 1
    assert seen["megabytes"] < 64


def test_no_error_quotes_the_file():
    secret = "010190-9123"
    with pytest.raises(MalformedExtract) as caught:
        list(reports_in(BytesIO(extract(minimal(more=f"<{secret}></oops>")).getvalue())))
    assert secret not in str(caught.value)


@pytest.mark.parametrize(
    "message",
    [
        b"<!DOCTYPE x>" + HEAD + b"<a/>" + TAIL,
        HEAD + b"<a>" * 10_000 + b"</a>" * 10_000 + TAIL,
        HEAD + b"<a/><b/>" + TAIL,
        HEAD + TAIL,
        b"<a><b><c/></b></a>",
        b"",
    ],
)
def test_an_envelope_holds_one_element_and_no_doctype(message):
    began = time.monotonic()
    with pytest.raises(MalformedXml):
        copy_body(BytesIO(message), BytesIO())
    assert time.monotonic() - began < 1


def test_the_body_comes_out_byte_for_byte():
    body, out = b'<a xmlns="urn:x" b = "1"><c ></c>\n</a>', BytesIO()
    copy_body(BytesIO(HEAD + body + TAIL), out)
    assert out.read() == body


def test_a_fault_is_told_by_its_code():
    fault = HEAD + b"<soapenv:Fault><faultcode>soapenv:Client</faultcode><faultstring>x</faultstring></soapenv:Fault>"
    with pytest.raises(SoapFault, match=r"^soapenv:Client$"):
        copy_body(BytesIO(fault + TAIL), BytesIO())
