"""Bring the database up to date before the processes start: tables, demo data, and the text of the welcome.

One process for all of it, because loading Django is most of what a second start takes. Run by `run.py`.
"""

import os
import sys
import time
from pathlib import Path

import django
from django.core.management import call_command, get_commands

import portal.celery  # noqa: F401  commands ring the doorbell too


def prepare(commands: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    for name, *arguments in (command.split() for command in commands):
        if name not in get_commands():
            print(f"  {name}: there is no such command yet, left out", flush=True)
            continue
        started = time.monotonic()
        call_command(name, *arguments)
        print(f"  {name}: {time.monotonic() - started:.1f} s", flush=True)


def keep_welcome(file: Path) -> None:
    """Written now, printed by `run.py` when the portal answers."""
    if "sandbox_welcome" not in get_commands():
        file.unlink(missing_ok=True)
        return
    with file.open("w") as output:
        call_command("sandbox_welcome", stdout=output)


if __name__ == "__main__":
    prepare(["migrate --noinput --verbosity=0", "sandbox_data"])
    keep_welcome(Path(sys.argv[1]))
