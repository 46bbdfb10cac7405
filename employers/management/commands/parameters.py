"""The figures of the law: are the files sound, what changes between two days, what would new values do.

parameters check
parameters diff 2025-12-31 2026-01-01
parameters impact new.toml      with lines like  "sickness.income_limit" = { 2027-01-01 = 29500 }
"""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from employers.applications.impact import Effect, impact
from employers.benefits.estimate import ParameterUse, plain
from employers.benefits.law import FOLDER, Overlay, Value, files
from employers.law.faults import faults
from employers.law.queries import laws, overlay

SOURCES = FOLDER.parents[1]
DIFF = ("name", "old", "new", "unit", "status")
IMPACT = ("benefit", "estimates", "changed", "difference", "least", "most", "newly known", "no longer")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="one line for each fault in the files")
        check.add_argument("--folder", type=Path, default=FOLDER)
        diff = verbs.add_parser("diff", help="what holds on one day and not on another")
        diff.add_argument("before", type=date.fromisoformat)
        diff.add_argument("after", type=date.fromisoformat)
        verbs.add_parser("impact", help="what new values would do to stored estimates").add_argument("file", type=Path)

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        if verb == "check":
            self.check_files(options["folder"])
        elif verb == "diff":
            self.diff(before=options["before"], after=options["after"])
        else:
            self.impact(options["file"])

    def check_files(self, folder: Path) -> None:
        found = list(faults(folder, sources=SOURCES))
        for fault in found:
            self.stdout.write(fault)
        if found:
            sys.exit(1)
        self.stdout.write(f"{len(files())} parameters are sound.")

    def diff(self, *, before: date, after: date) -> None:
        law_on = laws()
        old, new = law_on(before), law_on(after)
        rows = [row(name, old.find(name), new.find(name)) for name in sorted(files())]
        self.table(DIFF, [each for each in rows if each])

    def impact(self, file: Path) -> None:
        new = new_values(file)
        effects = impact(new, confirmed=overlay(), progress=self.progress)
        self.table(IMPACT, [effect_row(benefit, effect) for benefit, effect in effects.items()])

    def progress(self, count: int) -> None:
        self.stderr.write(f"{count} estimates counted", ending="\r")

    def table(self, heading: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
        if not rows:
            self.stdout.write("Nothing changes.")
            return
        widths = [max(map(len, column)) for column in zip(heading, *rows, strict=True)]
        for each in (heading, *rows):
            self.stdout.write("  ".join(text.ljust(width) for text, width in zip(each, widths, strict=True)).rstrip())


def row(name: str, old: ParameterUse | None, new: ParameterUse | None) -> tuple[str, ...] | None:
    """None where the same value holds."""
    if told(old) == told(new):
        return None
    return name, told(old), told(new), files()[name].unit, new.status if new else "unknown"


def told(use: ParameterUse | None) -> str:
    return plain(use.value) if use else "-"


def effect_row(benefit: str, effect: Effect) -> tuple[str, ...]:
    counts = (effect.estimates, effect.changed, effect.difference, effect.least, effect.most)
    return benefit, *map(str, counts), str(effect.newly_known), str(effect.no_longer_known)


def new_values(file: Path) -> Overlay:
    """From the file's own form. Raises CommandError."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        found = {name: tuple(as_values(dated)) for name, dated in named(content)}
    except (OSError, ValueError, ArithmeticError, TypeError, AttributeError) as error:
        raise CommandError(f"{file}: {error}") from None
    unknown = sorted(set(found) - set(files()))
    if unknown:
        raise CommandError(f"{file}: no such parameter: {', '.join(unknown)}")
    return found


def named(content: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """`"sickness.rate" = {...}` in quotes, or the same without them, which TOML reads as a table in a table."""
    for key, inner in content.items():
        if "." in key:
            yield key, inner
        else:
            yield from ((f"{key}.{name}", dated) for name, dated in inner.items())


def as_values(dated: Mapping[str, Any]) -> Iterator[Value]:
    for start, value in dated.items():
        yield Value(start=date.fromisoformat(start), value=Decimal(value), status="official", reference="")
