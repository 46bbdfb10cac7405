"""The portal's processes on a laptop: what runs, under supervisord, which restarts whatever exits."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import xmlrpc.client
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.sandbox.state import PROJECT, State, StateError
from portal.timetable import OFFICIAL

STOPS_WITHIN = 60  # seconds
STARTS_TO_GIVE_UP = 3
APART = ("--queues", OFFICIAL, "--pool", "solo", "--loglevel", "WARNING")  # never behind a long piece of work
LAUNCHER, LAUNCHED = "launcher.pid", "portal.sandbox.run"


@dataclass(frozen=True)
class Program:
    name: str
    command: tuple[str, ...]
    graceful: int = 10  # seconds between the request to stop and the kill


def programs(state: State) -> list[Program]:
    here = Path(sys.executable).parent
    celery = (str(here / "celery"), "-A", "portal")
    beat = ("--schedule", str(state.path / "beat"), "--pidfile", "")
    return [
        Program("register", (str(here / "python"), "manage.py", "register_simulator")),
        Program("clamd", (str(here / "python"), "-m", "portal.sandbox.clamd")),
        Program("identification", (str(here / "python"), "manage.py", "identification_simulator")),
        Program("mandates", (str(here / "python"), "manage.py", "mandates_simulator")),
        Program("web", (str(here / "gunicorn"), "-c", "python:portal.gunicorn", "portal.wsgi")),
        Program("worker", (*celery, "worker", "--concurrency", "2", "--loglevel", "INFO")),
        Program("official", (*celery, "worker", "--hostname", "official@%h", *APART)),
        Program("scheduler", (*celery, "beat", "--loglevel", "WARNING", *beat)),
    ]


def configuration(state: State, chosen: list[Program]) -> str:
    """supervisord's file. The environment is inherited, so no key is written here."""
    head = {
        "unix_http_server": {"file": str(_socket(state)), "chmod": "0700"},
        "supervisord": {
            "nodaemon": "true",
            "logfile": str(state.log / "supervisord.log"),
            "pidfile": str(state.path / "supervisord.pid"),
            "childlogdir": str(state.log),
            "directory": str(PROJECT),
            **({"user": "root"} if os.getuid() == 0 else {}),  # said, or it warns
        },
        "rpcinterface:supervisor": {
            "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface",
        },
    }
    # One group: supervisord stops groups one after another, but the programs of a group at once.
    head["group:portal"] = {"programs": ",".join(program.name for program in chosen)}
    sections = head | {f"program:{program.name}": _program(state, program) for program in chosen}
    return "\n".join(_section(name, values) for name, values in sections.items())


def _program(state: State, program: Program) -> dict[str, str]:
    return {
        "command": " ".join(_quoted(part) for part in program.command),
        "stdout_logfile": str(state.log / f"{program.name}.log"),
        "redirect_stderr": "true",
        "stdout_logfile_maxbytes": "10MB",
        "stdout_logfile_backups": "1",
        "autorestart": "true",
        "startsecs": "2",
        "startretries": "60",  # with its growing pauses half an hour of a neighbour's absence
        "stopwaitsecs": str(program.graceful),
        "killasgroup": "true",
    }


def _section(name: str, values: dict[str, str]) -> str:
    # supervisord expands % everywhere.
    lines = (f"{key} = {value.replace('%', '%%')}" for key, value in values.items())
    return "\n".join([f"[{name}]", *lines, ""])


def _quoted(part: str) -> str:
    return '"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _socket(state: State) -> Path:
    return state.socket_folder() / "supervisor"


class Supervisor:
    """One supervisord over the programs of a state folder."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.process: subprocess.Popen[bytes] | None = None
        self._numbers: dict[str, set[int]] = {}

    def start(self, environment: dict[str, str], chosen: list[Program]) -> None:
        """In a session of its own: Ctrl-C reaches us alone, and we stop the rest in order."""
        file = self.state.path / "supervisord.conf"
        file.write_text(configuration(self.state, chosen))
        command = [str(Path(sys.executable).parent / "supervisord"), "-c", str(file)]
        with (self.state.log / "supervisord.out").open("w") as output:
            self.process = subprocess.Popen(
                command,
                env=environment,
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def programs(self) -> list[dict[str, Any]]:
        """What supervisord says of each program; nothing while it does not answer."""
        from supervisor.xmlrpc import SupervisorTransport

        transport = SupervisorTransport(None, None, f"unix://{_socket(self.state)}")
        proxy = xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport)
        answer: Any = []
        with contextlib.suppress(OSError, xmlrpc.client.Error):
            answer = proxy.supervisor.getAllProcessInfo()
        return list(answer)

    def look(self) -> tuple[str | None, bool]:
        """The program that keeps ending, if one does; and whether all of them run.

        Loading Django outlasts supervisord's idea of a successful start, so starts are counted here, by number.
        """
        found = self.programs()
        for entry in found:
            seen = self._numbers.setdefault(entry["name"], set())
            seen.add(entry["pid"])
            if entry["statename"] == "FATAL" or len(seen - {0}) > STARTS_TO_GIVE_UP:
                return str(entry["name"]), False
        return None, bool(found) and all(entry["statename"] == "RUNNING" for entry in found)

    def restarted(self) -> list[str]:
        """The programs that ended and were started again since the last look."""
        before = {name: len(numbers - {0}) for name, numbers in self._numbers.items()}
        self.look()
        return [name for name, numbers in self._numbers.items() if len(numbers - {0}) > max(before.get(name, 0), 1)]

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()


def stop_leftover(state: State) -> None:
    """A start that was killed could not stop its supervisord."""
    _end(state.path / "supervisord.pid", command=str(state.path / "supervisord.conf"))


def stop_launcher(state: State) -> None:
    """A start that still runs stops what is its own; left alone it would start the servers again."""
    _end(state.path / LAUNCHER, command=LAUNCHED)


def _end(file: Path, *, command: str) -> None:
    pid = int(file.read_text().strip() or 0) if file.exists() else 0
    if not pid or not _runs(pid, command):
        return
    os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + STOPS_WITHIN
    while _runs(pid, command):
        if time.monotonic() > until:
            raise StateError(f"Process {pid} of an earlier start does not stop; end it first.")
        time.sleep(0.1)


def _runs(pid: int, command: str) -> bool:
    """The number may belong to somebody else's process by now."""
    try:
        process = Path(f"/proc/{pid}")
        return command in (process / "cmdline").read_text() and (process / "cwd").resolve() == PROJECT
    except OSError:
        return False
