"""Set the project up: a virtual environment with one locked set of packages, and compiled translations.

Runs before anything is installed, so it may use the standard library only:

    python3 portal/sandbox/install.py sandbox|dev|proof

Needs python3 (3.11 or newer) with pip, and a package registry. When nothing changed it ends at once.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
OLDEST = (3, 11)


class SetUpError(Exception):
    """The machine lacks something; the text is for the person at the terminal."""


def install(wanted: str) -> None:
    if sys.version_info < OLDEST:
        raise SetUpError(
            f"Python {sys.version.split()[0]} is too old: 3.11 or newer is needed (make PYTHON=python3.11)."
        )
    lock = os.open(PROJECT / "requirements", os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)  # two starts at once: the second waits and finds the work done
    try:
        chosen = choose(wanted, venv=VENV)
        if not is_current(chosen):
            _build(chosen)
        compile_translations()
    finally:
        os.close(lock)


def choose(wanted: str, *, venv: Path) -> str:
    """The set to have: dev holds all of sandbox, so what once was dev stays dev."""
    return "dev" if wanted == "sandbox" and (venv / "bin" / "pytest").exists() else wanted


def is_current(chosen: str) -> bool:
    """Compare with what the last set-up finished; a run cut short leaves no stamp."""
    if not STAMP.exists() or not PYTHON.exists():
        return False
    return bool(json.loads(STAMP.read_text()) == _fingerprint(chosen))


def _fingerprint(chosen: str) -> dict[str, str]:
    content = (PROJECT / "requirements" / f"{chosen}.txt").read_bytes()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {"set": chosen, "lock": hashlib.sha256(content).hexdigest(), "python": version}


def _build(chosen: str) -> None:
    started = time.monotonic()
    STAMP.unlink(missing_ok=True)
    if not PYTHON.exists() or not _same_python():
        _say(f"[1/3] a virtual environment in {VENV}")
        shutil.rmtree(VENV, ignore_errors=True)
        # Without pip inside: Debian ships venv in python3, and ensurepip in a package of its own.
        _run(sys.executable, "-m", "venv", "--without-pip", str(VENV))
    _say("[2/3] uv, the installer")
    has_uv = _attempt(*_pip(), "install", "-q", "--require-hashes", "-r", "requirements/uv.txt")
    _say(f"[3/3] the packages of requirements/{chosen}.txt")
    if not (has_uv and _with_uv(chosen)):
        _say("      uv could not do it; pip does (about a minute)")
        _run(*_pip(), "install", "-q", "--require-hashes", "-r", f"requirements/{chosen}.txt")
    STAMP.write_text(json.dumps(_fingerprint(chosen)))
    _say(f"Set up in {time.monotonic() - started:.0f} s.")


def _same_python() -> bool:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return (VENV / "lib" / f"python{version}").exists()


def _pip() -> list[str]:
    """The system's pip working on our environment, else a pip inside it."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON), "--disable-pip-version-check"]
    if importlib.util.find_spec("ensurepip"):
        _run(str(PYTHON), "-m", "ensurepip", "--default-pip")
        return [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
    raise SetUpError("pip is missing: install Debian's python3-pip.")


def _with_uv(chosen: str) -> bool:
    uv = [str(VENV / "bin" / "uv"), "pip", "sync", "--python", str(PYTHON)]
    return _attempt(*uv, "--require-hashes", f"requirements/{chosen}.txt", env=_registry())


def _registry() -> dict[str, str]:
    """uv does not read pip's configuration; a mirror named there is the only registry some machines reach."""
    if "UV_DEFAULT_INDEX" in os.environ or "UV_INDEX_URL" in os.environ:
        return {}
    mirror = os.environ.get("PIP_INDEX_URL") or _configured("global.index-url")
    return {"UV_DEFAULT_INDEX": mirror} if mirror else {}


def _configured(name: str) -> str:
    command = [sys.executable, "-m", "pip", "config", "get", name]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def compile_translations() -> None:
    """Every catalogue whose compiled form is older. Babel does it; gettext need not be there."""
    for source in sorted((PROJECT / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _say(f"Compiling {source.relative_to(PROJECT)}")
            _run(str(VENV / "bin" / "pybabel"), "-q", "compile", "-i", str(source), "-o", str(target))


def _attempt(*command: str, env: dict[str, str] | None = None) -> bool:
    return subprocess.run(command, cwd=PROJECT, env=os.environ | (env or {}), check=False).returncode == 0


def _run(*command: str) -> None:
    if not _attempt(*command):
        raise SetUpError(f"This failed: {' '.join(command)}")


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    try:
        install(sys.argv[1])
    except SetUpError as error:
        sys.exit(f"Set-up stopped. {error}")
