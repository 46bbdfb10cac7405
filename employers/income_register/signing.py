"""XML signatures of the Incomes Register: enveloped, RSA-SHA256, exclusive C14N.

Verification trusts one pinned certificate and nothing the message says about keys. It accepts one profile only: one
signature, last child of the root, over the whole document. What it hands back are the very octets whose digest was
checked, so nothing that was not signed can reach the parser.
"""

import hashlib
import hmac
from base64 import b64decode, b64encode
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import IO

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from lxml import etree
from signxml.algorithms import CanonicalizationMethod
from signxml.signer import XMLSigner

DS = "http://www.w3.org/2000/09/xmldsig#"
ENVELOPED = f"{DS}enveloped-signature"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA_256 = "http://www.w3.org/2001/04/xmlenc#sha256"


class BadSignature(Exception):
    """The document is not what the pinned signer signed."""


def sign(element: etree._Element, *, key: Path, certificate: Path) -> etree._Element:
    """The element with its signature last, as the register's own examples are signed but for the second transform."""
    signer = XMLSigner(c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0)
    ours = x509.load_pem_x509_certificate(certificate.read_bytes())
    return signer.sign(element, key=_private_key(key.read_bytes()), key_info=_key_info(ours))


@lru_cache(maxsize=4)
def _private_key(pem: bytes) -> rsa.RSAPrivateKey:
    """Loading checks the key's numbers, which takes longer than signing."""
    key = load_pem_private_key(pem, password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def _key_info(certificate: x509.Certificate) -> etree._Element:
    """The key, whose it is, and the certificate, each on one line: a line break may become a forbidden `&#`."""
    key = certificate.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    numbers = key.public_numbers()
    info = etree.Element(f"{{{DS}}}KeyInfo", nsmap={"ds": DS})
    value = etree.SubElement(etree.SubElement(info, f"{{{DS}}}KeyValue"), f"{{{DS}}}RSAKeyValue")
    etree.SubElement(value, f"{{{DS}}}Modulus").text = _number(numbers.n)
    etree.SubElement(value, f"{{{DS}}}Exponent").text = _number(numbers.e)
    data = etree.SubElement(info, f"{{{DS}}}X509Data")
    etree.SubElement(data, f"{{{DS}}}X509SubjectName").text = certificate.subject.rfc4514_string()
    etree.SubElement(data, f"{{{DS}}}X509Certificate").text = b64encode(certificate.public_bytes(Encoding.DER)).decode()
    return info


def _number(value: int) -> str:
    return b64encode(value.to_bytes((value.bit_length() + 7) // 8)).decode()


def verify(document: bytes, *, certificate: Path, at: datetime) -> etree._Element:
    """The signed element, parsed from the signed octets."""
    signed = BytesIO()
    copy_verified(BytesIO(document), signed, certificate=certificate, at=at)
    return etree.parse(signed, _parser()).getroot()


def copy_verified(source: IO[bytes], target: IO[bytes], *, certificate: Path, at: datetime) -> None:
    """Write the signed octets to `target`; raises BadSignature, after which `target` must not be read."""
    root = _parse(source)
    signature = _only_signature(root)
    info = _child(signature, "SignedInfo")
    _check_key(signature, info, certificate=certificate, at=at)
    reference = _child(info, "Reference")
    exclusive = _exclusive(reference)
    _remove(signature)
    tee = _Tee(target)
    try:
        root.getroottree().write_c14n(tee, exclusive=exclusive, with_comments=False)
    except etree.LxmlError:
        raise BadSignature("cannot be canonicalised") from None
    if not hmac.compare_digest(tee.digest.digest(), _octets(_child(reference, "DigestValue"))):
        raise BadSignature("the content is not what was signed")
    target.seek(0)


class _Tee:
    def __init__(self, target: IO[bytes]) -> None:
        self.target, self.digest = target, hashlib.sha256()

    def write(self, octets: bytes, /) -> int:
        self.digest.update(octets)
        return self.target.write(octets)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _parse(source: IO[bytes]) -> etree._Element:
    try:
        tree = etree.parse(source, _parser())
    except etree.XMLSyntaxError:
        raise BadSignature("not well-formed") from None
    if tree.docinfo.doctype or tree.docinfo.internalDTD is not None:
        raise BadSignature("a DOCTYPE is not allowed")
    return tree.getroot()


def _only_signature(root: etree._Element) -> etree._Element:
    """A second signature, or one elsewhere, is how wrapped documents look."""
    signatures = list(root.iter(f"{{{DS}}}Signature"))
    if len(signatures) != 1 or len(root) == 0 or root[-1] is not signatures[0]:
        raise BadSignature("there must be one signature, last in the document")
    return signatures[0]


def _check_key(signature: etree._Element, info: etree._Element, *, certificate: Path, at: datetime) -> None:
    if _algorithm(info, "CanonicalizationMethod") != EXCLUSIVE or _algorithm(info, "SignatureMethod") != RSA_SHA256:
        raise BadSignature("another algorithm than agreed")
    pinned = x509.load_pem_x509_certificate(certificate.read_bytes())
    if not pinned.not_valid_before_utc <= at <= pinned.not_valid_after_utc:
        raise BadSignature("the pinned certificate is not valid on that day")
    key = pinned.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    octets = etree.tostring(info, method="c14n", exclusive=True, with_comments=False)
    try:
        key.verify(_octets(_child(signature, "SignatureValue")), octets, padding.PKCS1v15(), SHA256())
    except InvalidSignature:
        raise BadSignature("not signed with the pinned key") from None


def _exclusive(reference: etree._Element) -> bool:
    """Whether the digest is over exclusive C14N; without a second transform the standard says inclusive."""
    transforms = list(_child(reference, "Transforms"))
    algorithms = [one.get("Algorithm") for one in transforms]
    whole = reference.get("URI") == "" and _algorithm(reference, "DigestMethod") == SHA_256
    if not whole or any(len(one) for one in transforms) or algorithms not in ([ENVELOPED], [ENVELOPED, EXCLUSIVE]):
        raise BadSignature("the signature must cover the whole document in the agreed way")
    return EXCLUSIVE in algorithms


def _child(parent: etree._Element, name: str) -> etree._Element:
    found = parent.findall(f"{{{DS}}}{name}")
    if len(found) != 1:
        raise BadSignature(f"one {name} expected")
    return found[0]


def _algorithm(parent: etree._Element, name: str) -> str | None:
    return _child(parent, name).get("Algorithm")


def _octets(element: etree._Element) -> bytes:
    try:
        return b64decode(element.text or "")
    except ValueError:
        raise BadSignature("not base64") from None


def _remove(signature: etree._Element) -> None:
    """Take the signature out and leave the text after it, which was signed."""
    parent, before, tail = signature.getparent(), signature.getprevious(), signature.tail or ""
    assert parent is not None
    parent.remove(signature)
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
