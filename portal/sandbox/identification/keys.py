"""The portal's own keys towards the simulated broker, made once and kept: one signs, to the other it is written."""

import os
from contextlib import suppress
from pathlib import Path

from joserfc.jwk import RSAKey

NAMES = ("signing.pem", "encryption.pem")


def make_keys(folder: Path) -> None:
    """What is there already stays; two processes may start at once."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in NAMES:
        if not (folder / name).exists():
            _put(folder / name, RSAKey.generate_key(2048).as_pem(private=True))


def _put(path: Path, content: bytes) -> None:
    """Whole or not at all; an existing file wins."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    with suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()
