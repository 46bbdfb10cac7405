"""Pick up extracts from the register's SFTP folder: one session, one file at a time, never a whole file in memory.

The register's host key is the one in `sftp_known_hosts`, our key is `sftp.key`: nothing is asked and nothing learnt.
"""

import fcntl
import re
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

import paramiko
import structlog
from paramiko.pkey import UnknownKeyType

KEY, KNOWN_HOSTS = "sftp.key", "sftp_known_hosts"
FOLDER = "OUT"
NAME = re.compile(r"([0-9]{1,5})_([0-9A-Za-z_-]{1,60})_([0-9A-Za-z-]{1,40})\.xml", re.ASCII)
BLOCK = 32768  # bytes: what every server answers at a time
MOST_NAMES = 10_000  # in the folder
log = structlog.get_logger()


class PickupUnavailable(Exception):
    """The folder cannot be reached now, or somebody of ours is there. Coming again later is right."""

    code = "unavailable"


class PickupRefused(Exception):
    """They are not who they should be, or we are not welcome. Coming again does not help."""

    code = "refused"


class TooLarge(PickupRefused):
    """A file that is never read."""

    code = "too_large"


class Unfinished(Exception):
    """The file changed while it was read: left for the next time."""

    code = "unfinished"


class Gone(Exception):
    """There is no such file."""

    code = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """`<DeliveryDataType>_<FileId>_<IRDeliveryId>.xml`"""

    name: str
    kind: str
    file_id: str
    delivery_id: str
    size: int  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    patience: float = 30  # seconds without an answer
    longest: float = 3600  # seconds for one file
    largest: int = 4 * 1024**3  # bytes
    settles: float = 1  # seconds between the two looks at the folder


@contextmanager
def _errors_told() -> Iterator[None]:
    """Of an error only its kind is told: its text may be anybody's."""
    try:
        yield
    except (paramiko.BadHostKeyException, paramiko.AuthenticationException, UnknownKeyType) as error:
        raise PickupRefused(type(error).__name__) from None
    except paramiko.SSHException as error:
        if "not found in known_hosts" in str(error):
            raise PickupRefused("the host key is not known") from None
        raise PickupUnavailable(type(error).__name__) from None
    except (OSError, EOFError, ValueError) as error:
        raise PickupUnavailable(type(error).__name__) from None


@contextmanager
def _gone_told() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise Gone from None


@contextmanager
def opened(url: str, folder: Path, *, limits: Limits | None = None) -> Iterator["Pickup"]:
    """`sftp://user@host:port`, with the path above the folder if there is one.

    Raises PickupUnavailable or PickupRefused.
    """
    chosen = limits or Limits()
    with _alone(folder), closing(paramiko.SSHClient()) as client:
        with _errors_told():
            _connect(client, url, folder, patience=chosen.patience)
            sftp = client.open_sftp()
            channel = sftp.get_channel()
        assert channel is not None
        channel.settimeout(chosen.patience)
        yield Pickup(client, sftp, path=f"{unquote(urlsplit(url).path)}/{FOLDER}".lstrip("/"), limits=chosen)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """The register wants one session at a time for an account: its key is what we hold for that long."""
    if not (folder / KEY).exists() or not (folder / KNOWN_HOSTS).exists():
        raise PickupUnavailable("no key, or no known host")
    with (folder / KEY).open("rb") as key:
        try:
            fcntl.flock(key, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PickupUnavailable("another session is open") from None
        yield


def _connect(client: paramiko.SSHClient, url: str, folder: Path, *, patience: float) -> None:
    parts = urlsplit(url)
    if parts.scheme != "sftp" or not parts.hostname or not parts.username:
        raise PickupRefused("the address is not sftp://user@host")
    client.load_host_keys(str(folder / KNOWN_HOSTS))
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    client.connect(
        parts.hostname,
        port=parts.port or 22,
        username=unquote(parts.username),
        pkey=paramiko.PKey.from_path(folder / KEY),
        allow_agent=False,
        look_for_keys=False,
        timeout=min(patience, 10),
        banner_timeout=patience,
        auth_timeout=patience,
        channel_timeout=patience,
    )


class Pickup:
    """An open session. What cannot be done raises PickupUnavailable."""

    def __init__(self, client: paramiko.SSHClient, sftp: paramiko.SFTPClient, *, path: str, limits: Limits) -> None:
        self._client, self._sftp, self._path, self._limits = client, sftp, path, limits

    @_errors_told()
    def files(self) -> list[File]:
        """Extracts that stand still, oldest first. Other names are left alone and counted in the log."""
        with self._within(self._limits.patience * 2):
            first = self._look()
            if not first:
                return []
            time.sleep(self._limits.settles)
            second = self._look()
        still = [name for name, seen in second.items() if seen == first.get(name)]
        return [_file(name, size=second[name][0]) for name in sorted(still, key=lambda one: (second[one][1], one))]

    def _look(self) -> dict[str, tuple[int, int]]:
        """Size and time of change of every extract."""
        found, others = {}, 0
        for number, one in enumerate(self._sftp.listdir_iter(self._path)):
            if number >= MOST_NAMES:
                break
            if NAME.fullmatch(one.filename) and stat.S_ISREG(one.st_mode or stat.S_IFREG):
                found[one.filename] = _seen(one)
            else:
                others += 1
        if others:
            log.warning("other files in the register's folder", count=others)
        return found

    @_errors_told()
    def fetch(self, name: str, target: IO[bytes], progress: Callable[[], None] = lambda: None) -> None:
        """Write the whole file to `target` and rewind it. `progress` is called with every block.

        Raises Gone, Unfinished or TooLarge, after which `target` must not be read.
        """
        path = self._inside(name)
        with self._within(self._limits.longest), _gone_told():
            before = _seen(self._sftp.stat(path))
            if before[0] > self._limits.largest:
                raise TooLarge
            size = self._copy(path, target, progress)
            if (size, before) != (before[0], _seen(self._sftp.stat(path))):
                raise Unfinished
        target.seek(0)

    def _copy(self, path: str, target: IO[bytes], progress: Callable[[], None]) -> int:
        size = 0
        with self._sftp.open(path, "rb") as file:
            while block := file.read(BLOCK):
                size += len(block)
                if size > self._limits.largest:
                    raise TooLarge
                target.write(block)
                progress()
        return size

    @_errors_told()
    def remove(self, name: str) -> None:
        """Done with it. One that has gone already is no error."""
        with self._within(self._limits.patience * 2), suppress(FileNotFoundError):
            self._sftp.remove(self._inside(name))

    def _inside(self, name: str) -> str:
        if not NAME.fullmatch(name):
            raise PickupRefused("not the name of an extract")
        return f"{self._path}/{name}"

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        """A timeout begins again with every byte: what drips is ended from outside, and the session with it."""
        timer = threading.Timer(seconds, self._client.close)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _seen(attributes: paramiko.SFTPAttributes) -> tuple[int, int]:
    return attributes.st_size or 0, attributes.st_mtime or 0


def _file(name: str, *, size: int) -> File:
    match = NAME.fullmatch(name)
    assert match is not None
    kind, file_id, delivery_id = match.groups()
    return File(name=name, kind=kind, file_id=file_id, delivery_id=delivery_id, size=size)
