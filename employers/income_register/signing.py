"""Sign what we send to the Incomes Register: enveloped, RSA-SHA256, exclusive C14N. Verifying is beside this."""

from base64 import b64encode
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from lxml import etree
from signxml.algorithms import CanonicalizationMethod
from signxml.signer import XMLSigner

from .verifying import DS


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
