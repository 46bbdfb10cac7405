"""PostgreSQL and the broker of a state folder, started together; and the pair that stands for direct test runs."""

import contextlib
import fcntl
import os
from typing import TextIO

from portal.sandbox.broker import Broker
from portal.sandbox.postgresql import ROLE, PostgreSQL
from portal.sandbox.state import PROJECT, State
from portal.sandbox.supervisor import stop_launcher, stop_leftover

STATES = ("run", "demo", "test", "pytest", "proof", "bench", "screenshots")
DATABASES_A_RUN = 8  # of the broker: one for each test worker of a run
_claimed: list[TextIO] = []  # the lock of this process's test databases, held until it ends


def start(state: State, *, durable: bool = True) -> dict[str, str]:
    """Start what the environment does not already name, and say where it is: the two URLs."""
    return {"DATABASE_URL": _database(state, durable=durable), "CELERY_BROKER_URL": _broker(state)}


def stop(state: State) -> None:
    PostgreSQL(state).stop()
    Broker(state).stop()


def revive(state: State) -> None:
    """Start again what of ours has died. Cheap when nothing has: this is asked every second."""
    if "DATABASE_URL" not in os.environ and not PostgreSQL(state).is_running():
        PostgreSQL(state).start()
    if "CELERY_BROKER_URL" not in os.environ and not Broker(state).pid():
        Broker(state).start()


def _database(state: State, *, durable: bool) -> str:
    given = os.environ.get("DATABASE_URL")
    if given:
        return given
    server = PostgreSQL(state, durable=durable)
    server.start()
    return server.url()


def _broker(state: State) -> str:
    given = os.environ.get("CELERY_BROKER_URL")
    if given:
        return given
    server = Broker(state)
    server.start()
    return server.url()


def environment_of(state: State) -> dict[str, str]:
    """What a test run reads, with servers that trade safety for speed."""
    fixed = {"SANDBOX": "1", "ALLOWED_HOSTS": "127.0.0.1,localhost", "PORTAL_VAR": str(state.path)}
    return fixed | state.keys_or(os.environ) | start(state, durable=False)


def test_environment() -> dict[str, str]:
    """The environment for a pytest started by hand: standing servers, reused by every run until `make stop`.

    Runs at the same time share the servers, not the data: each process claims a number, which names its database
    and its eight databases of the broker (the URL's number and the seven after it).
    """
    state = State("pytest", PROJECT / "var" / "pytest")
    with state.locked(wait=True):
        state.prepare()
        given = environment_of(state)
        number = _claim(state)
    if "DATABASE_URL" not in os.environ:
        given["DATABASE_URL"] = PostgreSQL(state).url(f"{ROLE}_{number}")
    if "CELERY_BROKER_URL" not in os.environ:
        first = number * DATABASES_A_RUN
        Broker(state).empty(range(first, first + DATABASES_A_RUN))
        given["CELERY_BROKER_URL"] = Broker(state).url(first)
    return given


# pytest collects by name, and this one is imported into a conftest.
test_environment.__test__ = False  # type: ignore[attr-defined]


def _claim(state: State) -> int:
    for number in range(1, 16):
        handle = (state.path / f"claim.{number}").open("w")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            continue
        _claimed.append(handle)
        return number
    raise RuntimeError("Fifteen test runs at once are enough.")


def stop_all() -> None:
    """Stop every server of every state folder of this checkout."""
    for name in STATES:
        state = State(name, PROJECT / "var" / name)
        if state.path.exists():
            with contextlib.suppress(FileNotFoundError):
                stop_launcher(state)
                stop_leftover(state)
                stop(state)
                print(f"{name}: stopped")


if __name__ == "__main__":
    stop_all()
