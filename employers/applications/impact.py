"""What new values of the law would do to the estimates that were made: nothing is written, nobody is named."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, QuerySet

from employers.applications import basis
from employers.applications.models import ApplicationVersion
from employers.applications.replay import again, kept_with
from employers.benefits.law import Law, Overlay

AT_ONCE = 500  # versions in memory
NOTHING = Decimal("0.00")


@dataclass(slots=True, kw_only=True)
class Effect:
    """On the estimates of one benefit. Sums are EUR to the employers, new less old."""

    estimates: int = 0
    changed: int = 0
    difference: Decimal = NOTHING
    least: Decimal = NOTHING
    most: Decimal = NOTHING
    newly_known: int = 0  # with an amount that could not be told before
    no_longer_known: int = 0

    def count(self, *, old: Decimal | None, new: Decimal | None) -> None:
        self.estimates += 1
        if old is None or new is None:
            self.newly_known += old is None and new is not None
            self.no_longer_known += old is not None and new is None
            return
        difference = new - old
        self.changed += difference != 0
        self.difference += difference
        self.least, self.most = min(self.least, difference), max(self.most, difference)


def impact(new: Overlay, *, confirmed: Overlay, progress: Callable[[int], None]) -> dict[str, Effect]:
    """By benefit. `confirmed`: what is approved today; `progress` is told how many were counted so far."""
    effects: dict[str, Effect] = defaultdict(Effect)
    for number, version in enumerate(versions(new).iterator(chunk_size=AT_ONCE), start=1):
        made = again(version, law=with_new(version, new, confirmed=confirmed), kept=kept_with(version))
        old = version.estimate["to_employer"]
        effects[version.application.benefit].count(old=None if old is None else Decimal(old), new=made.to_employer)
        if number % AT_ONCE == 0:
            progress(number)
    return dict(sorted(effects.items()))


def versions(new: Overlay) -> QuerySet[ApplicationVersion]:
    """What is said now in every application whose law could be another, as far as it was kept what it was made from."""
    first = min((value.start for values in new.values() for value in values), default=date.max)
    said = ApplicationVersion.objects.filter(
        number=F("application__version"), application__law_day__gte=first, basis__isnull=False
    )
    return said.select_related("application").order_by("pk")


def with_new(version: ApplicationVersion, new: Overlay, *, confirmed: Overlay) -> Law:
    """The law as the estimate knew it, but for the new values that hold on its day."""
    kept = kept_with(version)
    day, together = basis.law_day_of(kept), merged(confirmed, new)
    before, after = Law.on(day, overlay=confirmed), Law.on(day, overlay=together)
    said = basis.uses_of(kept, told=version.estimate["parameters"])
    same = {name: use for name, use in said.items() if name not in new or before.find(name) == after.find(name)}
    return Law.as_said(day, said=same, overlay=together)


def merged(confirmed: Overlay, new: Overlay) -> Overlay:
    together = dict(confirmed)
    for name, values in new.items():
        by_start = {value.start: value for value in (*confirmed.get(name, ()), *values)}
        together[name] = tuple(by_start.values())
    return together
