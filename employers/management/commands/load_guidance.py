"""Bring the guidance of the seed files into the database. What an official has edited is left alone."""

from typing import Any

from django.core.management.base import BaseCommand

from employers.guidance.load import load
from employers.guidance.topics import read_folder
from employers.records import clock


class Command(BaseCommand):
    help = "Load the guidance topics of the seed files; edited topics are left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = load(read_folder(), at=clock.now())
        self.stdout.write(", ".join(f"{count} {what}" for what, count in counts.items()))
