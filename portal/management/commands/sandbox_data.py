"""Put the sandbox's cast in place; what is there stays."""

from datetime import UTC, date, datetime
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from employers.benefits import law
from employers.law.queries import overlay
from employers.records import clock
from portal.sandbox import data


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        last = law.last_official_year(overlay=overlay())
        if clock.today().year > last:
            clock.move_to(datetime(last, 12, 31, 12, tzinfo=UTC))
            self.stdout.write(f"Today is {date(last, 12, 31)}: later years have no official parameters yet.")
        if "load_guidance" in get_commands():
            call_command("load_guidance", stdout=self.stdout)
        data.load(at=clock.now())
        data.give_addresses(at=clock.now())
        data.ask_for_syncs(at=clock.now())
        self.stdout.write("The sandbox's employers, people and clients are in place.")
