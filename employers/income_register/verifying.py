"""Check who signed a document of the Incomes Register, however large, and hand on what was signed.

Verification trusts pinned certificates and nothing the message says about keys. It accepts one profile only: one
signature, last child of the root, over the whole document. What it hands on are the very octets whose digest was
checked, so nothing that was not signed can reach the parser.

The register sends what it signed: in canonical form already. Then the octets around the signature have the digest that
was signed, and no other octets have it, so neither a tree nor canonicalisation is needed. A document that was laid out
anew on its way is canonicalised: as a tree while it is small, else as a stream, which knows the exclusive form alone.
"""

import hashlib
import hmac
import os
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import ParseError, canonicalize

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from lxml import etree

from .streams import Chunks, Encoded
from .wire import MalformedXml, refuse_doctype

DS = "http://www.w3.org/2000/09/xmldsig#"
ENVELOPED = f"{DS}enveloped-signature"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA_256 = "http://www.w3.org/2001/04/xmlenc#sha256"

CHUNK = 1 << 20
LARGEST_SIGNATURE = 1 << 16  # bytes
LARGEST_TREE = 16 << 20  # bytes; the tree takes about six times as much
DECLARATION = re.compile(rb"\s*(?:<\?xml\s[^<>]*\?>)?\s*")
CLOSING = re.compile(rb"</((?:[A-Za-z_][\w.-]*:)?Signature)\s*>[^<>]*</[^<>]+>(\s*)\Z")


class BadSignature(Exception):
    """The document is not what the pinned signer signed."""


@dataclass(frozen=True, slots=True)
class _Signed:
    """What the signature says: the digest, and over which canonical form."""

    digest: bytes
    exclusive: bool


@dataclass(frozen=True, slots=True)
class _Spans:
    """Where the signature stands among the octets of the document element, in bytes of the file."""

    start: int
    signature: tuple[int, int]
    end: int


def verify(document: bytes, *, certificate: Path, at: datetime) -> etree._Element:
    """The signed element, parsed from the signed octets."""
    signed = BytesIO()
    copy_verified(BytesIO(document), signed, certificate=certificate, at=at)
    return etree.parse(signed, _parser()).getroot()


def copy_verified(source: IO[bytes], target: IO[bytes], *, certificate: Path, at: datetime) -> str:
    """Write the signed octets to `target`, in constant memory; the SHA-256 of them in hexadecimal.

    `certificate` may hold several pinned ones. Raises BadSignature, after which `target` is empty.
    """
    pinned = _Pinned(certificate, at)
    try:
        digest = _copy_as_sent(source, target, pinned) or _copy_canonical(source, target, pinned)
    except BadSignature:
        _empty(target)
        raise
    target.seek(0)
    return digest


def _copy_as_sent(source: IO[bytes], target: IO[bytes], pinned: "_Pinned") -> str | None:
    """None where the octets as they are do not have the digest, or the signature cannot be told from them alone."""
    spans = _spans(source)
    signature = None if spans is None else _cut(source, spans)
    if spans is None or signature is None:
        return None
    signed = pinned.signed(signature)
    tee = _Tee(target)
    for chunk in _around(source, spans):
        tee.write(chunk)
    return None if tee.names_a_signature else tee.digest_if(signed)


def _copy_canonical(source: IO[bytes], target: IO[bytes], pinned: "_Pinned") -> str:
    _empty(target)
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    copied = _copy_tree(source, target, pinned) if size <= LARGEST_TREE else _copy_stream(source, target, pinned)
    if copied is None:
        raise BadSignature("the content is not what was signed")
    return copied


def _copy_tree(source: IO[bytes], target: IO[bytes], pinned: "_Pinned") -> str | None:
    root = _parse(source)
    signature = _only_signature(root)
    signed = pinned.signed(signature)
    _remove(signature)
    tee = _Tee(target)
    try:
        root.getroottree().write_c14n(tee, exclusive=signed.exclusive, with_comments=False)
    except etree.LxmlError:
        raise BadSignature("cannot be canonicalised") from None
    return tee.digest_if(signed)


def _copy_stream(source: IO[bytes], target: IO[bytes], pinned: "_Pinned") -> str | None:
    """C14N 2.0 of the standard library writes what exclusive C14N 1.0 does, of documents like the register's."""
    spans = _spans(source)
    signature = None if spans is None else _cut(source, spans)
    if spans is None or signature is None:
        raise BadSignature("there must be one signature, last in the document")
    signed = pinned.signed(signature)
    if not signed.exclusive:
        raise BadSignature("too large to be canonicalised in the inclusive form")
    tee = _Tee(target)
    try:
        source.seek(0)
        refuse_doctype(source)
        canonicalize(from_file=Chunks(_around(source, spans)), out=Encoded(tee))
    except (MalformedXml, ParseError):
        raise BadSignature("not well-formed") from None
    return None if tee.names_a_signature else tee.digest_if(signed)


def _spans(source: IO[bytes]) -> _Spans | None:
    """None where no signature is last in the document element, as far as its octets alone can tell."""
    size = source.seek(0, os.SEEK_END)
    before = max(0, size - LARGEST_SIGNATURE)
    source.seek(before)
    tail = source.read()
    source.seek(0)
    declaration, closing = DECLARATION.match(source.read(1024)), CLOSING.search(tail)
    if declaration is None or closing is None:
        return None
    opening = list(re.finditer(rb"<" + re.escape(closing[1]) + rb"[\s>]", tail[: closing.start()]))
    if not opening:
        return None
    signature = (before + opening[-1].start(), before + closing.end(1) + tail[closing.end(1) :].index(b">") + 1)
    return _Spans(declaration.end(), signature, size - len(closing[2]))


def _cut(source: IO[bytes], spans: _Spans) -> etree._Element | None:
    """The signature as a small document; None where it needs what is declared above it."""
    start, end = spans.signature
    source.seek(start)
    try:
        signature = etree.fromstring(source.read(end - start), _parser())
    except etree.XMLSyntaxError:
        return None
    return signature if signature.tag == f"{{{DS}}}Signature" else None


def _around(source: IO[bytes], spans: _Spans) -> Iterator[bytes]:
    """The octets of the document element but for the signature."""
    for start, end in ((spans.start, spans.signature[0]), (spans.signature[1], spans.end)):
        source.seek(start)
        left = end - start
        while left > 0 and (chunk := source.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk


class _Pinned:
    """Whom we believe on that day."""

    def __init__(self, certificate: Path, at: datetime) -> None:
        certificates = x509.load_pem_x509_certificates(certificate.read_bytes())
        valid = [one for one in certificates if one.not_valid_before_utc <= at <= one.not_valid_after_utc]
        if not valid:
            raise BadSignature("the pinned certificate is not valid on that day")
        self.keys = [one.public_key() for one in valid]

    def signed(self, signature: etree._Element) -> _Signed:
        """Raises BadSignature unless one of the keys signed it in the agreed way."""
        info = _child(signature, "SignedInfo")
        if _algorithm(info, "CanonicalizationMethod") != EXCLUSIVE or _algorithm(info, "SignatureMethod") != RSA_SHA256:
            raise BadSignature("another algorithm than agreed")
        octets = etree.tostring(info, method="c14n", exclusive=True, with_comments=False)
        value = _octets(_child(signature, "SignatureValue"))
        if not any(_is_signed(octets, value, key) for key in self.keys):
            raise BadSignature("not signed with the pinned key")
        reference = _child(info, "Reference")
        return _Signed(_octets(_child(reference, "DigestValue")), _exclusive(reference))


def _is_signed(octets: bytes, value: bytes, key: object) -> bool:
    assert isinstance(key, rsa.RSAPublicKey)
    try:
        key.verify(value, octets, padding.PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True


class _Tee:
    """Writes on, takes the digest, and looks out for a second signature: that is how wrapped documents look."""

    def __init__(self, target: IO[bytes]) -> None:
        self.target, self.digest = target, hashlib.sha256()
        self.names_a_signature, self.last = False, b""

    def write(self, octets: bytes, /) -> int:
        self.digest.update(octets)
        name = DS.encode()
        self.names_a_signature |= name in octets or name in self.last + octets[: len(name)]
        self.last = (self.last + octets)[-len(name) :]
        return self.target.write(octets)

    def digest_if(self, signed: _Signed) -> str | None:
        return self.digest.hexdigest() if hmac.compare_digest(self.digest.digest(), signed.digest) else None


def _empty(target: IO[bytes]) -> None:
    target.seek(0)
    target.truncate()


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )


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
