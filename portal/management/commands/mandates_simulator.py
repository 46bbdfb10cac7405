"""Run the simulated Suomi.fi e-Authorizations of the sandbox."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.sandbox.mandates.server import Mandates


class Command(BaseCommand):
    help = "Run the simulated Suomi.fi e-Authorizations of the sandbox."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("SUOMI_FI_PORT", "0")))

    def handle(self, *args: Any, **options: Any) -> None:
        server = Mandates(port=options["port"])
        self.stdout.write(f"The simulated Suomi.fi e-Authorizations answer at {server.url}")
        server.serve_forever()
