"""Sealing of personal data: AES-256-GCM, bound to table, column and row; a keyed index beside it for look-up.

A sealed value is `key name NUL nonce(12) ciphertext`. The key's name travels with it, so that keys can rotate.
"""

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12  # bytes


class UnknownKey(Exception):
    """The value was sealed with a key this process does not hold."""


def seal(text: str, *, bound_to: str) -> bytes:
    """`bound_to` names table, column and row; a value moved elsewhere does not open."""
    return seal_bytes(text.encode(), bound_to=bound_to)


def unseal(sealed: bytes, *, bound_to: str) -> str:
    return unseal_bytes(sealed, bound_to=bound_to).decode()


def seal_bytes(content: bytes, *, bound_to: str) -> bytes:
    """The same of what is no text: a document."""
    keys: dict[str, bytes] = settings.IDENTITY_KEYS
    name, key = next(iter(keys.items()))
    nonce = os.urandom(NONCE)
    return name.encode() + b"\0" + nonce + _cipher(key).encrypt(nonce, content, bound_to.encode())


def unseal_bytes(sealed: bytes, *, bound_to: str) -> bytes:
    name, _, rest = bytes(sealed).partition(b"\0")
    key = settings.IDENTITY_KEYS.get(name.decode())
    if key is None:
        raise UnknownKey(name.decode())
    return _cipher(key).decrypt(rest[:NONCE], rest[NONCE:], bound_to.encode())


def index(text: str, *, purpose: str) -> bytes:
    """HMAC-SHA-256 under a key of its own, for exact look-up. 32 bytes; equal texts of one purpose, equal bytes.

    A personal identity code goes in whole, all eleven characters: two people may differ in the separator alone.
    """
    return hmac.new(settings.INDEX_KEY, f"{purpose}\0{text}".encode(), hashlib.sha256).digest()


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    """Made once: it takes longer to make than to use."""
    return AESGCM(key)
