"""Put the sandbox's cast in place; what is there stays."""

from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from employers.law.queries import overlay
from employers.records import clock
from portal.sandbox import data
from portal.sandbox.last_year import publish_last_year
from portal.sandbox.today import keep_to_official_years


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        moved = keep_to_official_years(overlay=overlay())
        if moved:
            self.stdout.write(f"Today is {moved}: later years have no official parameters yet.")
        if "load_guidance" in get_commands():
            call_command("load_guidance", stdout=self.stdout)
        data.load(at=clock.now())
        data.give_addresses(at=clock.now())
        data.ask_for_syncs(at=clock.now())
        publish_last_year(at=clock.now())
        self.stdout.write("The sandbox's employers, people and clients are in place.")
