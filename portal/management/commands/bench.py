"""Print rates beside the bare minimum: parsing, merging, syncing, finding, sending, estimating."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.sandbox import bench
from portal.sandbox.figure import HEADING

SIZES = ("reports", "synced", "absences", "applications", "listed")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reports", type=int, default=12000)
        parser.add_argument("--synced", type=int, default=100_000)
        parser.add_argument("--absences", type=int, default=50_000)
        parser.add_argument("--applications", type=int, default=500)
        parser.add_argument("--listed", type=int, default=1_000_000)

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(HEADING)
        for figure in bench.figures(**{name: options[name] for name in SIZES}):
            self.stdout.write(figure.line())
