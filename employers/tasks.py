"""Tasks: find the rows that wait, call one action, end. The table is the queue."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings

from employers.applications import end_pay, expire, findings, preview, purge, receive_rows, review_register, scan
from employers.income_register import extracts, subscribe, sync, watch
from employers.notifications import announce, deliver, due, follow, post
from employers.notifications import remind as reminders
from employers.notifications.guard import Network
from employers.notifications.purge import purge as purge_webhooks
from employers.organisations import authenticate
from employers.records import clock, doorbell, idempotency, rates
from employers.records.turn import take_turn

MAILS_AT_ONCE = 20
SYNCS_AT_ONCE = 4  # a round of the net; whoever ends one rings again


@shared_task(name="employers.sweep")
def sweep() -> None:
    """Rung by the doorbell, and by the timetable in case nobody heard."""
    for _ in range(sync.how_many_due(at_most=SYNCS_AT_ONCE)):
        doorbell.ring("employers.sync_registers")  # a task of its own each: it may take minutes
    if receive_rows.is_any_due():
        doorbell.ring("employers.work_batches")
    if preview.is_any_due():
        doorbell.ring("employers.check_previews")
    if review_register.is_any_due():
        doorbell.ring("employers.review_register")
    if scan.is_any_due(at=clock.now()):
        doorbell.ring("employers.scan_documents")
    if purge.is_any_due():
        doorbell.ring("employers.purge_documents")
    _ring_for_webhooks()
    _ring_for_mails()
    findings.close(on=clock.today())
    if end_pay.end_pay(at=clock.now()):
        doorbell.ring()  # somebody may be waiting to hear of it


@shared_task(name="employers.sync_registers")
def sync_registers() -> None:
    """One sync a task, so that no task grows beyond its time limit."""
    if sync.sync_next(at=clock.now()):
        doorbell.ring()  # what it brought may be somebody's work; and another may wait


@shared_task(name="employers.request_register_syncs")
def request_register_syncs() -> None:
    """Every night: ask for a sync of every employer that lets its register data be read."""
    at = clock.now()
    if take_turn("register-syncs", at=at.replace(minute=0, second=0, microsecond=0)):
        sync.request_all(at=at)
        doorbell.ring()


@shared_task(name="employers.look_for_extracts")
def look_for_extracts() -> None:
    if extracts.look(at=clock.now()):
        doorbell.ring()


@shared_task(name="employers.follow_subscriptions")
def follow_subscriptions() -> None:
    subscribe.follow(at=clock.now())


@shared_task(name="employers.watch_register")
def watch_register() -> None:
    at = clock.now()
    watch.watch_freshness(at=at)
    watch.watch_quarantine(at=at)
    watch.watch_certificates(settings.REGISTER_FOLDER, on=clock.day_of(at), at=at)


@shared_task(name="employers.work_batches")
def work_batches() -> None:
    """A turn a task: what waits behind it in the queue is not kept from being done by a long file."""
    if receive_rows.work_next(at=clock.now()):
        doorbell.ring("employers.work_batches")
        doorbell.ring()  # what a batch brought may be somebody's work


@shared_task(name="employers.check_previews")
def check_previews() -> None:
    while preview.check_next(at=clock.now()):
        pass


@shared_task(name="employers.review_register")
def review_register_syncs() -> None:
    """Claims that reports carry, and findings, of every employer whose sync has finished."""
    review_register.review_register(at=clock.now())


@shared_task(name="employers.scan_documents")
def scan_documents() -> None:
    """Until nothing waits, or the scanner does not answer: then the sweep comes back to it."""
    while scan.scan_next(at=clock.now()):
        pass


@shared_task(name="employers.purge_documents")
def purge_documents() -> None:
    """What belongs to nothing, and files of an hour ago that no row ever knew: a disk is stamped by the real time."""
    purge.purge()
    purge.purge_strays(before=clock.real_now() - timedelta(hours=1))


def _ring_for_mails() -> None:
    if follow.is_any_due():
        doorbell.ring("employers.write_mails")
    if deliver.is_any_due(at=clock.now()):
        doorbell.ring("employers.send_mails")


@shared_task(name="employers.write_mails")
def write_mails() -> None:
    if follow.follow():
        doorbell.ring("employers.send_mails")


@shared_task(name="employers.send_mails")
def send_mails() -> None:
    """A few a task: a mail server that does not answer takes its time over each."""
    for _ in range(MAILS_AT_ONCE):
        if not deliver.deliver_next(at=clock.now()):
            return
    doorbell.ring("employers.send_mails")


def _ring_for_webhooks() -> None:
    if announce.is_any_due() or due.is_any_due(at=clock.now()):
        doorbell.ring("employers.send_webhooks")


@shared_task(name="employers.send_webhooks")
def send_webhooks() -> None:
    announce.announce(at=clock.now())
    network = Network(private=settings.SANDBOX)
    if post.send_waiting(network=network, now=clock.now, real_now=clock.real_now):
        doorbell.ring("employers.send_webhooks")


@shared_task(name="employers.remind")
def remind() -> None:
    if reminders.remind(at=clock.now()):
        doorbell.ring("employers.send_mails")


@shared_task(name="employers.expire_drafts")
def expire_drafts() -> None:
    expire.expire(at=clock.now())
    preview.expire(at=clock.now())
    purge_webhooks(at=clock.now())


@shared_task(name="employers.forget_rates")
def forget_rates() -> None:
    """Every night: the counts of callers who have long been quiet."""
    rates.forget()


@shared_task(name="employers.forget_tokens")
def forget_tokens() -> None:
    """Every night, by the real time: tokens know no other."""
    authenticate.forget(at=clock.real_now())


@shared_task(name="employers.forget_keys")
def forget_keys() -> None:
    """Every night: answers that were kept for whoever repeats a call."""
    idempotency.forget(at=clock.now())
