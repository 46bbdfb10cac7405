"""The folder of attached documents: each under a random name, encrypted, outside of what the web server serves.

Bytes in, bytes out. A document is there whole or not at all.
"""

import os
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from employers.records import crypto

NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)
UNFINISHED = ".part"


class Unavailable(Exception):
    """The folder cannot be written or read now: a full disk, no folder, no permission."""


def put(content: bytes) -> str:
    """The document's name in the store. Raises Unavailable, and then nothing of it is left."""
    name = secrets.token_hex(16)
    sealed = crypto.seal_bytes(content, bound_to=_bound_to(name))
    path = _path(name)
    unfinished = path.with_suffix(UNFINISHED)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(unfinished, sealed)
        unfinished.replace(path)
    except OSError as error:
        _forget(unfinished)
        raise Unavailable(type(error).__name__) from error
    return name


def get(name: str) -> bytes:
    """Raises Unavailable."""
    try:
        sealed = _path(name).read_bytes()
    except OSError as error:
        raise Unavailable(type(error).__name__) from error
    return crypto.unseal_bytes(sealed, bound_to=_bound_to(name))


def remove(name: str) -> None:
    """What is not there is removed already. Raises Unavailable."""
    try:
        _path(name).unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(type(error).__name__) from error


def written_before(moment: datetime) -> Iterator[str]:
    """Names of documents older than that by the disk's own time, unfinished ones among them."""
    for path in _folder().glob("??/*"):
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment:
            yield path.name


def _write(path: Path, sealed: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the folder is gone, and the document with it


def _path(name: str) -> Path:
    stem = name.removesuffix(UNFINISHED)
    if not NAME.fullmatch(stem):
        raise ValueError("not a name of the store")
    return _folder() / stem[:2] / name


def _folder() -> Path:
    folder: Path = settings.UPLOADS_DIR
    return folder


def _bound_to(name: str) -> str:
    return f"attachment.{name}"
