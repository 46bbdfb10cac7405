"""Tasks: find the rows that wait, call one action, end."""

from celery import shared_task

from customers.contacts import follow as contacts
from customers.feedback import publish
from customers.segments import follow
from employers.records import clock


@shared_task(name="customers.feed")
def feed() -> None:
    """Copy what is new in the event log into facts, and assign segments anew where facts changed."""
    follow.follow(on=clock.today())


@shared_task(name="customers.count_contacts")
def count_contacts() -> None:
    """Make contacts of what is new in the event log."""
    contacts.follow()


@shared_task(name="customers.settle")
def settle() -> None:
    """Assign anew where time alone changes the segment."""
    follow.settle(on=clock.today())


@shared_task(name="customers.publish_benchmarks")
def publish_benchmarks() -> None:
    """Once a year, of the year before. A second time does nothing."""
    at = clock.now()
    publish.publish(year=clock.day_of(at).year - 1, at=at)
