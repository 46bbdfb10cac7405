"""Run the portal on this machine: servers, tables, demo data, processes; until told to stop.

python -m portal.sandbox.run run             serve until Ctrl-C, keep the data
python -m portal.sandbox.run demo|proof|bench [arguments]
                                             start anew, run that management command against it, stop
"""

import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from portal.sandbox import servers
from portal.sandbox.parent import Parent
from portal.sandbox.state import PROJECT, State, StateError, free_port, is_free
from portal.sandbox.supervisor import LAUNCHER, Supervisor, programs, stop_leftover

READY_WITHIN = 180  # seconds, with demo data being read by the workers
ASK_EVERY = 0.3


class Stop(Exception):
    """Somebody asked us to stop."""


def main(name: str, arguments: list[str]) -> int:
    state = State(name)
    with state.locked(wait=False):
        if name == "run":
            state.prepare()
        else:
            clean(state)
        (state.path / LAUNCHER).write_text(str(os.getpid()))
        return Run(state).hold(arguments)


def clean(state: State) -> None:
    if (state.path / "kind").exists():
        stop_leftover(state)
        servers.stop(state)
    state.wipe()


class Run:
    """One run of the portal over one state folder."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.port = web_port(state)
        self.supervisor = Supervisor(state)
        self.parent = Parent()
        self.own = [name for name in ("DATABASE_URL", "CELERY_BROKER_URL") if name not in os.environ]

    def hold(self, arguments: list[str]) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _ask_to_stop)
        try:
            environment = self.start()
            if self.state.name == "run":
                self._welcome()
                return self._watch()
            return self._command(arguments, environment)
        except Stop:
            return 0 if self.state.name == "run" else 130
        finally:
            self.stop()

    def start(self) -> dict[str, str]:
        started = time.monotonic()
        stop_leftover(self.state)
        say(f"Servers: {self._named()}")
        given = environment(self.state, port=self.port)
        say("Database:")
        self._prepare(given)
        chosen = programs(self.state)
        say("Processes: " + ", ".join(program.name for program in chosen))
        refuse_taken(self.port, self.state.name)  # once more: the tables took a while
        self.supervisor.start(given, chosen)
        self._wait_until_ready()
        say(f"Ready in {time.monotonic() - started:.1f} s.\n")
        return given

    def stop(self) -> None:
        """Everything we started, and nothing of what was given to us; a second Ctrl-C does not cut it short."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        say("\nStopping ...")
        self.supervisor.stop()
        servers.stop(self.state)
        say("Stopped." + (f" The data stays in {self.state.path}" if self.state.name == "run" else ""))

    def _named(self) -> str:
        mine = {"DATABASE_URL": "PostgreSQL", "CELERY_BROKER_URL": "broker"}
        return ", ".join(what + (" (ours)" if name in self.own else f" of {name}") for name, what in mine.items())

    def _prepare(self, given: dict[str, str]) -> None:
        command = [sys.executable, "-m", "portal.sandbox.prepare", str(self.state.path / "welcome")]
        if self._foreground(command, given):
            raise StateError("The database could not be prepared; the reason stands above.")

    def _command(self, arguments: list[str], given: dict[str, str]) -> int:
        return self._foreground([sys.executable, "manage.py", self.state.name, *arguments], given)

    def _foreground(self, command: list[str], given: dict[str, str]) -> int:
        process = subprocess.Popen(command, env=given, cwd=PROJECT, stdin=subprocess.DEVNULL)
        try:
            while process.poll() is None:
                self.parent.check(Stop)
                time.sleep(0.1)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
        return process.returncode

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + READY_WITHIN
        while not (self._all_run() and self._all_answer()):
            if time.monotonic() > until:
                raise StateError(self._who_is_late())
            self.parent.check(Stop)
            time.sleep(ASK_EVERY)

    def _all_run(self) -> bool:
        if not self.supervisor.is_running():
            raise StateError(f"supervisord ended:\n{_tail(self.state.log / 'supervisord.out')}")
        failing, running = self.supervisor.look()
        if failing:
            log = self.state.log / f"{failing}.log"
            raise StateError(f"The {failing} does not stay up. The end of {log}:\n{_tail(log)}")
        return running

    def _all_answer(self) -> bool:
        simulators = ("register", "identification")
        served = (not is_free(int(self.state.recall(f"port.{name}") or 0)) for name in simulators)
        return ask(self.port, "/readyz") == 200 and all(served)

    def _who_is_late(self) -> str:
        states = ", ".join(f"{entry['name']} {entry['statename']}" for entry in self.supervisor.programs())
        answer = ask(self.port, "/readyz")
        return f"Not ready after {READY_WITHIN} s: /readyz answers {answer}; {states}. Logs: {self.state.log}"

    def _welcome(self) -> None:
        base = f"http://127.0.0.1:{self.port}"
        for language in ("fi", "sv", "en"):
            say(f"  {base}/{language}/")
        say(f"  {base}/admin/\n  {base}/api/docs/\n")
        file = self.state.path / "welcome"
        if file.exists():
            say(file.read_text())
        say(f"Logs: {self.state.log}    Ctrl-C stops everything and keeps the data.")

    def _watch(self) -> int:
        """supervisord restarts the processes; the servers under them are ours to restart."""
        while self.supervisor.is_running():
            self.parent.check(Stop)
            self._revive()
            for name in self.supervisor.restarted():
                say(f"The {name} ended; it is started again. Log: {self.state.log / name}.log")
            time.sleep(1)
        raise StateError(f"supervisord ended:\n{_tail(self.state.log / 'supervisord.log')}")

    def _revive(self) -> None:
        try:
            servers.revive(self.state)
        except StateError as error:
            say(f"{error}\nTrying again.")


def environment(state: State, *, port: int) -> dict[str, str]:
    """What the processes read: our own servers and keys, wherever the environment does not name others."""
    kept = state.keys_or(os.environ)
    register, pick_up, scanner = state.port("register"), state.port("register_sftp"), state.port("clamd")
    identification, suomi_fi = state.port("identification"), state.port("mandates")
    made = {
        "SANDBOX": "1",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "PORTAL_VAR": str(state.path),
        "PORT": str(port),
        "PORTAL_URL": f"http://127.0.0.1:{port}",
        "REGISTER_PORT": str(register),
        "REGISTER_URL": f"https://127.0.0.1:{register}",
        "REGISTER_SFTP_PORT": str(pick_up),
        "REGISTER_SFTP_URL": f"sftp://portal@127.0.0.1:{pick_up}",
        "IDENTIFICATION_PORT": str(identification),
        "IDENTIFICATION_URL": f"http://127.0.0.1:{identification}",
        "SUOMI_FI_PORT": str(suomi_fi),
        "SUOMI_FI_URL": f"http://127.0.0.1:{suomi_fi}",
        "SUOMI_FI_CLIENT_ID": "sandbox1",  # the simulator knows this one
        "SUOMI_FI_API_KEY": "sandbox-api-key",
        "SUOMI_FI_OAUTH_PASSWORD": "sandbox-oauth-password",
        "CLAMD_PORT": str(scanner),
        "CLAMD_URL": f"tcp://127.0.0.1:{scanner}",
        "PYTHONUNBUFFERED": "1",
    }
    return dict(os.environ) | kept | made | servers.start(state)


def web_port(state: State) -> int:
    """8000 under `make run`, a free one for the others; PORT decides for all. Never somebody else's."""
    asked = os.environ.get("PORT") or ("8000" if state.name == "run" else "")
    if not asked:
        return free_port()
    if not asked.isdigit() or not 0 < int(asked) < 65536:
        raise StateError(f"PORT={asked} is not a port number.")
    refuse_taken(int(asked), state.name)
    return int(asked)


def refuse_taken(port: int, name: str) -> None:
    if not is_free(port):
        raise StateError(f"Port {port} is taken. Choose another: make {name} PORT={port + 1}")


def ask(port: int, path: str) -> int | None:
    """The status of a GET, None when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def say(text: str) -> None:
    print(text, flush=True)


def _ask_to_stop(number: int, frame: FrameType | None) -> None:
    raise Stop


def _tail(file: Path, lines: int = 20) -> str:
    return "\n".join(file.read_text(errors="replace").splitlines()[-lines:]) if file.exists() else "(no log)"


if __name__ == "__main__":
    try:
        code = main(sys.argv[1], sys.argv[2:])
    except StateError as error:
        sys.exit(f"{error}")
    sys.exit(code)
