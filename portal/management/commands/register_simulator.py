"""Run the simulated Incomes Register of the sandbox."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from portal.sandbox.register.clock import Clock
from portal.sandbox.register.keys import make_keys
from portal.sandbox.register.server import Register, cast, reference_day


class Command(BaseCommand):
    help = "Run the simulated Incomes Register of the sandbox."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("REGISTER_PORT", "0")))
        parser.add_argument("--sftp-port", type=int, default=int(os.environ.get("REGISTER_SFTP_PORT", "0")))
        parser.add_argument("--plain", action="store_true", help="HTTP instead of mutual TLS")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.REGISTER_FOLDER
        make_keys(folder)
        server = Register(
            port=options["port"],
            folder=folder,
            payers=cast(),
            today=reference_day(folder),
            tls=not options["plain"],
            clock=Clock(settings.CLOCK_FILE),
        )
        sftp = server.open_sftp(options["sftp_port"])
        scheme = "http" if options["plain"] else "https"
        self.stdout.write(
            f"The simulated Incomes Register answers at {scheme}://127.0.0.1:{server.server_address[1]}"
            f" and sftp://127.0.0.1:{sftp}"
        )
        server.serve_forever()
