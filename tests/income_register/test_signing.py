"""What was not signed by the pinned key, exactly as it stands, is not read."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from lxml import etree
from signxml import CanonicalizationMethod, SignatureConfiguration, XMLSigner, XMLVerifier

from employers.income_register.signing import sign
from employers.income_register.verifying import DS, BadSignature, verify
from portal.sandbox.register.answers import Signer, write_answer
from portal.sandbox.register.data import payer_reports
from portal.sandbox.register.keys import make_keys
from tests.income_register.conftest import AT, TODAY

CONTENT = '<w:Root xmlns:w="urn:w"><Amount>100.00</Amount><Note>a &amp; b</Note></w:Root>'


@pytest.fixture
def certificate(keys):
    return keys / "register.crt"


@pytest.fixture
def signed(keys, certificate) -> bytes:
    return etree.tostring(sign(etree.fromstring(CONTENT), key=keys / "register.key", certificate=certificate))


def test_what_was_signed_comes_back(signed, certificate):
    root = verify(signed, certificate=certificate, at=AT)
    assert root.findtext("Amount") == "100.00"
    assert root.find(f"{{{DS}}}Signature") is None


def test_another_implementation_agrees(signed, certificate):
    verified = XMLVerifier().verify(
        signed, x509_cert=certificate.read_text(), expect_config=SignatureConfiguration(location="./")
    )
    assert verified.signed_xml.findtext("Amount") == "100.00"


def test_another_implementation_agrees_with_the_streamed_signature(keys, certificate):
    slips = list(payer_reports("9000004-6", 19, TODAY))
    answer = BytesIO()
    write_answer(answer, slips, kind="401", span=(AT, AT), count=len(slips), signer=Signer(keys))
    verified = XMLVerifier().verify(answer.getvalue(), x509_cert=certificate.read_text())
    assert len(verified.signed_xml.findall("Reports/Report")) == len(slips) == 19 * 12


def test_the_examples_of_the_register_rely_on_inclusive_canonical_form(keys, certificate):
    """Its published examples name the enveloped transform alone."""
    signer = XMLSigner(c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0)
    element = signer.sign(
        etree.fromstring("<Root><Amount>1</Amount></Root>"),
        key=(keys / "register.key").read_bytes(),
        cert=certificate.read_text(),
        exclude_c14n_transform_element=True,
    )
    assert verify(etree.tostring(element), certificate=certificate, at=AT).findtext("Amount") == "1"


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b">100.00<", b">900.00<"),
        (b"<Amount>", b"<Amount/><Amount>"),
        (b"rsa-sha256", b"rsa-sha1"),
        (b'URI=""', b'URI="#x"'),
        (b"</w:Root>", b"<Late/></w:Root>"),
        (b"<w:Root ", b"<!DOCTYPE x><w:Root "),
        (b"</w:Root>", b""),
    ],
)
def test_a_changed_document_is_refused(signed, certificate, was, becomes):
    assert was in signed
    with pytest.raises(BadSignature):
        verify(signed.replace(was, becomes, 1), certificate=certificate, at=AT)


def test_a_changed_digest_is_refused(signed, certificate):
    root = etree.fromstring(signed)
    digest = root.find(f".//{{{DS}}}DigestValue")
    digest.text = "A" + digest.text[1:] if digest.text[0] != "A" else "B" + digest.text[1:]
    with pytest.raises(BadSignature, match="pinned key"):
        verify(etree.tostring(root), certificate=certificate, at=AT)


def test_a_wrapped_signature_is_refused(signed, certificate):
    """The true document inside a false one: its signature is good, and not about what would be read."""
    true = etree.fromstring(signed)
    false = etree.fromstring(CONTENT.replace("100.00", "900.00"))
    etree.SubElement(false, "Wrapper").append(true)
    with pytest.raises(BadSignature):
        verify(etree.tostring(false), certificate=certificate, at=AT)
    false.append(etree.fromstring(signed).find(f"{{{DS}}}Signature"))
    with pytest.raises(BadSignature):
        verify(etree.tostring(false), certificate=certificate, at=AT)


def test_another_signer_is_refused(keys, certificate, tmp_path):
    """Also one whose certificate says the same name."""
    make_keys(tmp_path)
    element = sign(etree.fromstring(CONTENT), key=tmp_path / "register.key", certificate=tmp_path / "register.crt")
    with pytest.raises(BadSignature, match="pinned key"):
        verify(etree.tostring(element), certificate=certificate, at=AT)


def test_an_unsigned_document_is_refused(certificate):
    with pytest.raises(BadSignature, match="one signature"):
        verify(CONTENT.encode(), certificate=certificate, at=AT)


def test_a_certificate_is_good_in_its_time_only(signed, certificate):
    for day in (datetime(2018, 12, 31, tzinfo=UTC), datetime(2049, 1, 2, tzinfo=UTC)):
        with pytest.raises(BadSignature, match="not valid on that day"):
            verify(signed, certificate=certificate, at=day)
