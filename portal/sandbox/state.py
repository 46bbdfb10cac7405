"""What a portal on a laptop keeps between starts: a folder with its servers' data, keys, ports and logs.

Each way of starting has a folder of its own, `var/<name>/`; `PORTAL_VAR` puts it elsewhere. Only the standard
library is used here, because the set-up reads it before anything is installed.
"""

import base64
import contextlib
import fcntl
import json
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

PROJECT = Path(__file__).resolve().parents[2]
KEYS = ("SECRET_KEY", "IDENTITY_KEYS", "INDEX_KEY")
LONGEST_SOCKET_FOLDER = 90  # bytes: a unix socket's path holds 107, and PostgreSQL appends `/.s.PGSQL.5432`


class StateError(Exception):
    """The folder cannot be used; the text is one line for the person at the terminal."""


class State:
    """One state folder. `name` is written into it, so that no other kind of start wipes or reuses it."""

    def __init__(self, name: str, path: Path | None = None) -> None:
        self.name = name
        self.path = (path or Path(os.environ.get("PORTAL_VAR") or PROJECT / "var" / name)).absolute()
        self.log = self.path / "log"

    def prepare(self) -> None:
        self._refuse_foreign()
        for folder in (self.path, self.log):
            folder.mkdir(parents=True, exist_ok=True)
        (self.path / "kind").write_text(self.name + "\n")

    def wipe(self) -> None:
        """Delete what an earlier start left. The servers must have been stopped."""
        self._refuse_foreign()
        if self.path.exists():
            for entry in self.path.iterdir():
                if entry.name != "lock":
                    shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        self.prepare()

    def _refuse_foreign(self) -> None:
        kind = self.path / "kind"
        if not self.path.exists() or not any(entry.name != "lock" for entry in self.path.iterdir()):
            return
        found = kind.read_text().strip() if kind.exists() else "something else"
        if found != self.name:
            raise StateError(f"{self.path} holds the state of {found}, not of {self.name}: choose another PORTAL_VAR.")

    @contextlib.contextmanager
    def locked(self, *, wait: bool) -> Iterator[TextIO]:
        """Hold the folder. Without `wait` a folder in use is an error instead of a queue."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "lock").open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                raise StateError(f"Already running on {self.path}. Stop that one first (make stop).") from None
            yield handle

    def keys(self) -> dict[str, str]:
        """The kept keys, made once. Data whose keys are gone can never be read again, so it is not served."""
        file = self.path / "keys"
        if file.exists():
            return dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
        if (self.path / "postgres" / "PG_VERSION").exists():
            raise StateError(f"{self.path} holds data, but its keys ({file}) are gone. Put them back, or make clean.")
        made = new_keys()
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write("".join(f"{name}={value}\n" for name, value in made.items()))
        return made

    def keys_or(self, given: Mapping[str, str]) -> dict[str, str]:
        """The keys the environment gives, when it gives them all; else the kept ones."""
        named = {name: given[name] for name in KEYS if given.get(name)}
        if len(named) == len(KEYS):
            return named
        if named:
            raise StateError(f"Give all of {', '.join(KEYS)}, or none of them.")
        return self.keys()

    def recall(self, what: str) -> str | None:
        return self._facts().get(what)

    def remember(self, what: str, value: str) -> str:
        """Keep a small fact (a port, a socket folder) for the next start and for `make stop`."""
        facts = self._facts() | {what: value}
        new = self.path / "facts.json.new"
        new.write_text(json.dumps(facts, indent=2) + "\n")
        new.replace(self.path / "facts.json")
        return value

    def _facts(self) -> dict[str, str]:
        file = self.path / "facts.json"
        return json.loads(file.read_text()) if file.exists() else {}

    def port(self, what: str) -> int:
        """The port this service had last time if it is still free, else a free one."""
        kept = self.recall(f"port.{what}")
        if kept and is_free(int(kept)):
            return int(kept)
        return int(self.remember(f"port.{what}", str(free_port())))

    def socket_folder(self) -> Path:
        """Where unix sockets go: in the state folder, or under /tmp when its path is too long for a socket."""
        inside = self.path / "sockets"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            inside.mkdir(mode=0o700, exist_ok=True)
            return inside
        kept = self.recall("sockets")
        if kept and Path(kept).is_dir():
            return Path(kept)
        return Path(self.remember("sockets", tempfile.mkdtemp(prefix="portal-", dir="/tmp")))


def new_keys() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "IDENTITY_KEYS": "k1:" + _key(),
        "INDEX_KEY": _key(),
    }


def _key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
