"""Photograph every page of the running portal into var/screenshots, with demo data, in each language."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from employers.organisations.models import User
from portal.sandbox import inventory, photograph
from portal.sandbox.examples import drafts, examples, looking, matters
from portal.sandbox.state import PROJECT

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--languages", default="fi,sv,en")
        parser.add_argument("--lights", default="light,dark")
        parser.add_argument("--only", default="", help="pages whose address holds this")
        parser.add_argument("--as-it-is", action="store_true", help="without the demonstration, of what is there")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["as_it_is"]:
            call_command("demo", keep=True, stdout=self.stdout)
        user, folder = looking(), PROJECT / "var" / "screenshots"
        found = examples(user)
        pages = inventory.of(found, more=[*matters(), *drafts(user)])
        languages, lights = options["languages"].split(","), options["lights"].split(",")
        paths = [f"/{code}/{page}" for code in languages for page in pages.pages if options["only"] in page]
        cookies = [session(user)]  # beside a browser the database is out of reach
        shots = []
        with photograph.chromium() as opened:
            taking = photograph.photograph(
                opened,
                base=os.environ["PORTAL_URL"],
                paths=paths,
                cookies=cookies,
                folder=folder,
                lights=lights,
            )
            for shot in taking:
                shots.append(shot)
                self.stdout.write(f"  {len(shots)}/{len(paths)} {shot.path} {shot.status} {shot.kilobytes:.0f} kB")
        Path(folder / "index.html").write_text(photograph.contents(shots))
        for route in pages.without_example:
            self.stdout.write(f"  no example for {route}")
        self.stdout.write(f"{len(shots)} pages: {folder / 'index.html'}")


def session(user: User) -> dict[str, str]:
    """A cookie of somebody who has signed in."""
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    assert store.session_key
    return {"name": settings.SESSION_COOKIE_NAME, "value": store.session_key, "url": os.environ["PORTAL_URL"]}
