"""Extracts are verified as they were sent where that is what was signed; the octets are those signxml would sign."""

import hashlib
import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from signxml import CanonicalizationMethod, SignatureConfiguration, XMLSigner, XMLVerifier

from employers.income_register import verifying
from employers.income_register.verifying import DS, BadSignature, copy_verified
from employers.income_register.wire import HEAD, TAIL, MalformedXml, copy_body
from portal.sandbox.register.keys import make_keys
from tests.income_register.conftest import AT

PROJECT = Path(__file__).resolve().parents[2]
WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_characters="\x7f"), max_size=8)
NAMES = st.sampled_from(["Report", "Amount", "Note", "w:Odd"])
TREES = st.recursive(
    WORDS, lambda inner: st.tuples(NAMES, st.dictionaries(st.sampled_from("abc"), WORDS), st.lists(inner, max_size=3))
)


@pytest.fixture(scope="module")
def signer(keys):
    signer = XMLSigner(c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0)
    key = load_pem_private_key((keys / "register.key").read_bytes(), password=None)
    certificate = (keys / "register.crt").read_text()
    return lambda element, **style: signer.sign(element, key=key, cert=certificate, **style)


def build(parent, tree):
    if isinstance(tree, str):
        last = parent[-1] if len(parent) else None
        if last is None:
            parent.text = (parent.text or "") + tree
        else:
            last.tail = (last.tail or "") + tree
        return
    name, attributes, inner = tree
    child = etree.SubElement(parent, name.replace("w:", "{urn:w}"), attributes)
    for one in inner:
        build(child, one)


def document(trees):
    root = etree.Element("{urn:w}Root", nsmap={"w": "urn:w"})
    for tree in trees:
        build(root, tree)
    return root


def canonical(root):
    return etree.tostring(root, method="c14n", exclusive=True, with_comments=False)


OFTEN = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
MANY = settings(OFTEN, max_examples=1000)
INCLUSIVE = SignatureConfiguration(default_reference_c14n_method=CanonicalizationMethod.CANONICAL_XML_1_0)


def same_octets(signer, keys, trees, inclusive):
    sent, out = canonical(signer(document(trees), exclude_c14n_transform_element=inclusive)), BytesIO()
    digest = copy_verified(BytesIO(sent), out, certificate=keys / "register.crt", at=AT)
    assert digest == verifying._copy_as_sent(BytesIO(sent), BytesIO(), verifying._Pinned(keys / "register.crt", AT))
    pinned = (keys / "register.crt").read_text()
    theirs = XMLVerifier().verify(sent, x509_cert=pinned, expect_config=INCLUSIVE).signed_data
    assert out.getvalue() == theirs
    assert digest == hashlib.sha256(theirs).hexdigest()


@OFTEN
@given(trees=st.lists(TREES, max_size=4), inclusive=st.booleans())
def test_the_octets_are_those_of_another_implementation(signer, keys, trees, inclusive):
    same_octets(signer, keys, trees, inclusive)


@pytest.mark.proof
@MANY
@given(trees=st.lists(TREES, max_size=4), inclusive=st.booleans())
def test_the_octets_of_a_thousand_documents(signer, keys, trees, inclusive):
    same_octets(signer, keys, trees, inclusive)


@pytest.fixture(scope="module")
def sent(signer):
    return canonical(signer(document(["a", ("Amount", {"a": "1"}, ["100.00"]), ("Note", {}, [])])))


@OFTEN
@given(place=st.floats(0, 1, exclude_max=True), octet=st.integers(0, 255), how=st.sampled_from("cid"))
def test_no_octet_can_be_changed(sent, keys, place, octet, how):
    """Changed, inserted or dropped: refused, or it was no part of what is signed and what comes out is the same."""
    good, out = BytesIO(), BytesIO()
    copy_verified(BytesIO(sent), good, certificate=keys / "register.crt", at=AT)
    at = int(place * len(sent))
    changed = sent[:at] + (b"" if how == "d" else bytes([octet])) + sent[at if how == "i" else at + 1 :]
    try:
        copy_verified(BytesIO(changed), out, certificate=keys / "register.crt", at=AT)
    except BadSignature:
        assert out.getvalue() == b""
    else:
        assert out.getvalue() == good.getvalue()


def test_a_document_laid_out_anew_is_canonicalised(sent, keys):
    anew = b'<?xml version="1.0" encoding="UTF-8"?>\n' + sent.replace(b'a="1"', b"a = '1'").replace(b"></Note>", b"/>")
    assert anew.endswith(b">")
    out, good = BytesIO(), BytesIO()
    copy_verified(BytesIO(sent), good, certificate=keys / "register.crt", at=AT)
    copy_verified(BytesIO(anew + b"\n"), out, certificate=keys / "register.crt", at=AT)
    assert out.getvalue() == good.getvalue()


@pytest.mark.parametrize("inclusive", [False, True])
def test_a_large_document_laid_out_anew_is_streamed_or_refused(signer, keys, inclusive, monkeypatch):
    monkeypatch.setattr(verifying, "LARGEST_TREE", 10)
    signed = canonical(
        signer(document(["a", ("w:Odd", {"b": "2", "a": "1"}, [])]), exclude_c14n_transform_element=inclusive)
    )
    anew, out = BytesIO(signed.replace(b"></w:Odd>", b" />")), BytesIO()
    if inclusive:
        with pytest.raises(BadSignature, match="too large"):
            copy_verified(anew, out, certificate=keys / "register.crt", at=AT)
        assert out.getvalue() == b""
    else:
        copy_verified(anew, out, certificate=keys / "register.crt", at=AT)
        assert out.getvalue() == b'<w:Root xmlns:w="urn:w">a<w:Odd a="1" b="2"></w:Odd></w:Root>'


def test_a_second_signature_inside_is_refused(signer, sent, keys):
    root = etree.fromstring(sent)
    with pytest.raises(BadSignature, match="one signature"):
        copy_verified(BytesIO(canonical(signer(root))), BytesIO(), certificate=keys / "register.crt", at=AT)


def test_a_wrong_signer_never_yields_an_octet(sent, tmp_path):
    make_keys(tmp_path)
    out = BytesIO()
    with pytest.raises(BadSignature, match="pinned key"):
        copy_verified(BytesIO(sent), out, certificate=tmp_path / "register.crt", at=AT)
    assert out.getvalue() == b""


def test_one_of_several_pinned_certificates_will_do(sent, keys, tmp_path):
    make_keys(tmp_path)
    both = tmp_path / "both.crt"
    both.write_bytes((tmp_path / "register.crt").read_bytes() + (keys / "register.crt").read_bytes())
    copy_verified(BytesIO(sent), BytesIO(), certificate=both, at=AT)


def test_the_body_of_a_large_envelope_comes_out_byte_for_byte():
    body, out = b"<a>" + b"<b>1</b>" * 300_000 + b"</a>", BytesIO()
    copy_body(BytesIO(HEAD + body + TAIL + b"\n"), out)
    assert out.getvalue() == body


def test_a_large_envelope_without_an_end_is_refused():
    with pytest.raises(MalformedXml):
        copy_body(BytesIO(HEAD + b"<a>" + b"<b>1</b>" * 300_000 + TAIL[:20]), BytesIO())


MEASURE = """
import json, resource, sys, time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from employers.income_register.verifying import BadSignature, copy_verified
document, out = sys.stdin.buffer.read(), BytesIO()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.process_time()
try:
    copy_verified(BytesIO(document), out, certificate=Path(sys.argv[1]), at=datetime(2026, 11, 21, tzinfo=UTC))
except BadSignature as error:
    print(json.dumps({"octets": len(out.getvalue()), "seconds": time.process_time() - began,
        "megabytes": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024}))
"""


@pytest.mark.parametrize("attack", ["wrapped", "wrong signer", "laughs", "deep", "many signatures"])
def test_a_hostile_document_is_refused_fast_and_small(attack, sent, keys, tmp_path):
    make_keys(tmp_path)
    trusted = tmp_path if attack == "wrong signer" else keys
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 1000 + b'">]>'
    documents = {
        "wrapped": b"<w:Root xmlns:w='urn:w'><Amount>9</Amount>" + sent + b"</w:Root>",
        "wrong signer": sent,
        "laughs": laughs + sent.replace(b"100.00", b"&b;" * 1000),
        "deep": sent.replace(b"100.00", b"<a>" * 100_000 + b"</a>" * 100_000),
        "many signatures": sent.replace(b"100.00", f'<ds:Signature xmlns:ds="{DS}"/>'.encode() * 1000),
    }
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(trusted / "register.crt")],
        input=documents[attack], cwd=PROJECT, capture_output=True, check=True,
    )  # fmt: skip
    seen = json.loads(run.stdout)
    assert seen["octets"] == 0
    assert seen["seconds"] < 1
    assert seen["megabytes"] < 64
