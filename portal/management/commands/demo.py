"""Walk every flow against the running portal at PORTAL_URL, print what happened, fail if any step did."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from employers.records import clock
from portal.sandbox.demo.flows import FLOWS
from portal.sandbox.demo.journal import Journal
from portal.sandbox.demo.story import Story


class Command(BaseCommand):
    help = __doc__
    flows = FLOWS

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--keep", action="store_true", help="without the step that puts everything back")

    def handle(self, *args: Any, **options: Any) -> None:
        story = Story(base=os.environ["PORTAL_URL"], today=clock.today(), keep=options["keep"])
        journal = Journal(write=lambda line: self.stdout.write(line, ending=""))
        for title, flow in self.flows:
            with journal.step(title) as step:
                flow(story, step)
        self.stdout.write(journal.table())
        if journal.failed:
            raise CommandError(f"{len(journal.failed)} steps failed")
