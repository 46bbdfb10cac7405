"""The Incomes Register from the command line.

register status                      last good run, what waits and runs, subscriptions, open alarms
register sync [BUSINESS_ID ...]      read these employers, or all that are read by themselves, and show how far it is
register dry-run BUSINESS_ID ...     the same, counted and not kept
register subscribe [BUSINESS_ID ...] --since 2026-01-01T00:00+02:00   order a nightly extract of them, or all
register end REFERENCE               end a subscription
register echo                        whether the register answers
"""

import time
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from datetime import time as time_of_day
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from employers.income_register import client, freshness, subscribe, sync
from employers.income_register.connection import register
from employers.income_register.models import RegisterSync
from employers.income_register.models_subscriptions import RegisterAlarm, RegisterSubscription
from employers.organisations.models import Organisation
from employers.records import clock, doorbell

Status = RegisterSync.Status
ENDED = (Status.FINISHED, Status.FAILED)
COUNTS = ("reports", "new", "replaced", "invalidated", "quarantined")
LOOK_EVERY = 0.5  # seconds


class Command(BaseCommand):
    help = __doc__

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("status")
        verbs.add_parser("echo")
        verbs.add_parser("end").add_argument("reference", type=UUID)
        for verb, number in (("sync", "*"), ("dry-run", "+")):
            reading = verbs.add_parser(verb)
            reading.add_argument("employers", nargs=number, metavar="BUSINESS_ID")
            reading.add_argument("--here", action="store_true", help="in this process, without a worker")
        ordering = verbs.add_parser("subscribe")
        ordering.add_argument("employers", nargs="*", metavar="BUSINESS_ID")
        ordering.add_argument("--since", type=datetime.fromisoformat, required=True, help="changes since this moment")
        ordering.add_argument("--daily-at", type=time_of_day.fromisoformat, default=subscribe.NIGHT)

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        try:
            getattr(self, verb.replace("-", "_"))(**options)
        except client.Unsendable as error:
            raise CommandError(f"The register would refuse this: {error}.") from None
        except (client.RegisterUnavailable, client.RegisterRefused, client.BadSignature) as error:
            raise CommandError(f"{type(error).__name__}: {error}") from None

    def status(self, **_: Any) -> None:
        at = clock.now()
        self.line("last good run", freshness.last_good_at() or "none")
        for status in (Status.WAITING, Status.RUNNING):
            self.line(str(status.value), RegisterSync.objects.filter(status=status).count())
        for running in RegisterSync.objects.filter(status=Status.RUNNING).select_related("organisation"):
            self.line("", told(running))
        for one in freshness.late(at=at):
            self.line("late", f"{one.business_id} since {one.waits_since:%Y-%m-%d %H:%M}")
        for subscription in RegisterSubscription.objects.exclude(status=RegisterSubscription.Status.ENDED):
            until = subscription.synced_until or subscription.modified_from
            self.line("subscription", f"{subscription.reference} {subscription.status} until {until:%Y-%m-%d %H:%M}")
        for alarm in RegisterAlarm.objects.filter(cleared_at=None).order_by("pk"):
            self.line("alarm", f"{alarm.kind} {alarm.about} since {alarm.raised_at:%Y-%m-%d %H:%M} {alarm.facts}")

    def echo(self, **_: Any) -> None:
        if not client.echo(register(), text="echo", at=clock.now()):
            raise CommandError("The register answered something else.")
        self.stdout.write("The register answers.")

    def sync(self, employers: Sequence[str], here: bool, **_: Any) -> None:
        if not employers:
            self.stdout.write(f"{sync.request_all(at=clock.now())} employers are read.")
            doorbell.ring()
            return
        self.read(employers, here=here, dry_run=False)

    def dry_run(self, employers: Sequence[str], here: bool, **_: Any) -> None:
        self.read(employers, here=here, dry_run=True)

    def read(self, employers: Sequence[str], *, here: bool, dry_run: bool) -> None:
        asked = [self.asked(one, dry_run=dry_run) for one in found(employers)]
        doorbell.ring()
        for one in asked:
            self.follow(one, here=here)

    def asked(self, employer: Organisation, *, dry_run: bool) -> RegisterSync:
        try:
            return sync.request_sync(organisation=employer, by=None, dry_run=dry_run, at=clock.now())
        except sync.AccessMissing:
            raise CommandError(f"{employer.business_id} does not let its register data be read.") from None

    def follow(self, one: RegisterSync, *, here: bool) -> None:
        """Until it has ended; a line whenever something has changed."""
        last = ""
        while one.status not in ENDED:
            if not (here and sync.sync_next(at=clock.now())):
                time.sleep(LOOK_EVERY)
            one.refresh_from_db()
            if (now := told(one)) != last:
                self.stdout.write(now)
                last = now
        if one.status == Status.FAILED:
            raise CommandError(f"It failed: {one.error}.")

    def subscribe(self, employers: Sequence[str], since: datetime, daily_at: time_of_day, **_: Any) -> None:
        if since.tzinfo is None:
            raise CommandError("Say the time zone, as in 2026-01-01T00:00+02:00.")
        at = clock.now()
        made = subscribe.want(
            organisations=list(found(employers)),
            since=since,
            valid_from=clock.day_of(at) + timedelta(days=1),
            daily_at=daily_at,
        )
        self.tell(subscribe.order(made.pk, at=at))

    def end(self, reference: UUID, **_: Any) -> None:
        try:
            self.tell(subscribe.end(reference, at=clock.now()))
        except subscribe.WrongState:
            raise CommandError("No active subscription has this reference.") from None

    def tell(self, subscription: RegisterSubscription) -> None:
        self.line("subscription", f"{subscription.reference} {subscription.status} {' '.join(subscription.errors)}")

    def line(self, name: str, value: object) -> None:
        self.stdout.write(f"{name:<14} {value}")


def found(business_ids: Sequence[str]) -> Iterable[Organisation]:
    known = {one.business_id: one for one in Organisation.objects.filter(business_id__in=business_ids)}
    for business_id in business_ids:
        if business_id not in known:
            raise CommandError(f"Nobody here has the Business ID {business_id}.")
        yield known[business_id]


def told(one: RegisterSync) -> str:
    whose = one.organisation.business_id if one.organisation else one.source
    if one.status == Status.RUNNING:
        return f"{whose} running: {one.read} of {one.promised or '?'} reports of this window, {one.reports} kept before"
    counts = ", ".join(f"{getattr(one, name)} {name}" for name in COUNTS)
    return f"{whose} {one.status}{f' ({one.error})' if one.error else ''}: {counts}"
