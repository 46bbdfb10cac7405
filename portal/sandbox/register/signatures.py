"""The register's own signature, and the judgement over those of others.

What comes is verified with signxml, not with the product's code, so that one does not check itself. Both styles pass:
enveloped with the exclusive transform, and enveloped alone, whose digest is over inclusive C14N.
"""

from base64 import b64decode, b64encode
from datetime import datetime
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, SignatureMethod
from signxml.exceptions import InvalidInput
from signxml.exceptions import InvalidSignature as InvalidXmlSignature
from signxml.verifier import SignatureConfiguration, XMLVerifier

from portal.sandbox.register.xml import element

DS = "http://www.w3.org/2000/09/xmldsig#"
ENVELOPED = f"{DS}enveloped-signature"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA_256 = "http://www.w3.org/2001/04/xmlenc#sha256"
INCLUSIVE = CanonicalizationMethod.CANONICAL_XML_1_0


class BadRequestSignature(Exception):
    """The text says what is wrong and quotes nothing."""


class Signer:
    """The register's key and certificate, read once."""

    def __init__(self, folder: Path, name: str = "register") -> None:
        key = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), password=None)
        assert isinstance(key, rsa.RSAPrivateKey)
        self.key = key
        lines = (folder / f"{name}.crt").read_text().splitlines()
        self.certificate = "".join(line for line in lines if not line.startswith("-----"))

    @cached_property
    def stranger(self) -> "Signer":
        """Signs with the register's certificate and a key that is not the register's."""
        other = object.__new__(Signer)
        other.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        other.certificate = self.certificate
        return other

    def signature(self, digest: bytes) -> str:
        info = _signed_info(b64encode(digest).decode())
        value = self.key.sign(info.encode(), padding.PKCS1v15(), hashes.SHA256())
        certificate = element("ds:X509Data", element("ds:X509Certificate", self.certificate))
        parts = [info.replace(f' xmlns:ds="{DS}"', "", 1), element("ds:SignatureValue", b64encode(value).decode())]
        return f'<ds:Signature xmlns:ds="{DS}">{"".join(parts)}{element("ds:KeyInfo", certificate)}</ds:Signature>'


def _signed_info(digest: str) -> str:
    """Canonical by itself: the digital signature's namespace stands where it is first used."""
    transforms = "".join(_algorithm("Transform", one) for one in (ENVELOPED, EXCLUSIVE))
    reference = (
        f'<ds:Reference URI="">{element("ds:Transforms", transforms)}'
        f"{_algorithm('DigestMethod', SHA_256)}{element('ds:DigestValue', digest)}</ds:Reference>"
    )
    methods = _algorithm("CanonicalizationMethod", EXCLUSIVE) + _algorithm("SignatureMethod", RSA_SHA256)
    return f'<ds:SignedInfo xmlns:ds="{DS}">{methods}{reference}</ds:SignedInfo>'


def _algorithm(name: str, uri: str) -> str:
    return f'<ds:{name} Algorithm="{uri}"></ds:{name}>'


class Trust:
    """Whose messages are believed: the portal's own certificate, and whatever the data providers' authority issued."""

    def __init__(self, folder: Path) -> None:
        self.known = (folder / "portal.crt").read_bytes()
        self.authority = x509.load_pem_x509_certificate((folder / "providers.crt").read_bytes())

    def believed(self, document: bytes, *, at: datetime) -> tuple[etree._Element, str | None]:
        """What was signed, and the Business ID in the signer's certificate: None for the portal's own.

        Raises BadRequestSignature.
        """
        root = etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True))
        certificate = self._certificate(root)
        if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
            raise BadRequestSignature("the certificate is not valid today")
        signed = self._signed(root, certificate, at=at)
        if certificate == x509.load_pem_x509_certificate(self.known):
            return signed, None
        return signed, str(certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)

    def _certificate(self, root: etree._Element) -> x509.Certificate:
        """The one in the message if our authority issued it, else the one we know the portal by."""
        known = x509.load_pem_x509_certificate(self.known)
        told = root.findtext(f"{{{DS}}}Signature/{{{DS}}}KeyInfo/{{{DS}}}X509Data/{{{DS}}}X509Certificate")
        try:
            certificate = x509.load_der_x509_certificate(b64decode(told or ""))
            certificate.verify_directly_issued_by(self.authority)
        except (ValueError, TypeError, InvalidSignature):
            return known
        return certificate

    def _signed(self, root: etree._Element, certificate: x509.Certificate, *, at: datetime) -> etree._Element:
        expected = SignatureConfiguration(
            location="./",
            signature_methods=frozenset((SignatureMethod.RSA_SHA256,)),
            default_reference_c14n_method=INCLUSIVE,
            verification_time=at,
        )
        try:
            verified = XMLVerifier().verify(root, x509_cert=certificate, expect_config=expected, validate_schema=False)
        except (InvalidXmlSignature, InvalidInput, ValueError, etree.LxmlError):
            raise BadRequestSignature("the signature is missing or wrong") from None
        signed = verified[0] if isinstance(verified, list) else verified
        if signed.signed_xml is None or signed.signed_xml.tag != root.tag:
            raise BadRequestSignature("the signature does not cover the message")
        return signed.signed_xml
