"""Run the simulated identification broker of the sandbox."""

import os
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from employers.organisations.identification.tokens import read_keys
from portal.sandbox.identification.broker import registered
from portal.sandbox.identification.keys import make_keys
from portal.sandbox.identification.server import Identification


class Command(BaseCommand):
    help = "Run the simulated identification broker of the sandbox."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("IDENTIFICATION_PORT", "0")))

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.IDENTIFICATION_FOLDER
        make_keys(folder)
        port = urlsplit(os.environ["PORTAL_URL"]).port
        client = registered(
            settings.IDENTIFICATION_CLIENT, read_keys(folder).public(), f"127.0.0.1:{port}", f"localhost:{port}"
        )
        server = Identification(port=options["port"], client=client)
        self.stdout.write(f"The simulated identification broker answers at {server.broker.issuer}")
        server.serve_forever()
