"""Play the scenarios of a vendor's integration against a sandbox, and print what passed and what failed."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.conformance import command


class Command(BaseCommand):
    help = command.HELP
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        command.arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        code = command.run(options, write=lambda line: self.stdout.write(line, ending=""))
        if code:
            sys.exit(code)
