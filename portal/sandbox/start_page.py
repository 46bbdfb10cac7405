"""How long an employer's page takes with thousands of applications behind it, beside a page that reads nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import quantiles

from django.db import transaction
from django.test import Client
from django.urls import reverse

from employers.applications.models import Application, ApplicationVersion
from employers.applications.submit import Filing
from employers.organisations.models import User
from employers.people.models import Person
from portal.sandbox.figure import timed
from portal.sandbox.register.data import identity_code

APPLICANTS = 100  # persons, so that each has many absences one after another
FIRST_NUMBER = 900_000  # of the synthetic people, beyond those of the other figures
WEEK = timedelta(days=7)
FIRST_DAY = date(2024, 1, 1)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True, slots=True)
class Latency:
    what: str
    applications: int
    ours: float  # seconds, the 95th of a hundred
    bare: float
    beside: str

    def line(self) -> str:
        return (
            f"{self.what:<34}{self.applications:>8} {self.ours * 1000:>11,.1f} ms {self.bare * 1000:>11,.1f} ms"
            f" {self.ours / self.bare:>7.1f} x  {self.beside}"
        )


def latency(*, applications: int, visits: int, like: Application, user: User, filing: Filing) -> Latency:
    """`like`: an application of the employer whose page it is. Nothing stays."""
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(user, backend=BACKEND)
    with transaction.atomic():
        _many(applications, like=like, filing=filing)
        page = reverse("employer", args=[like.organisation_id])
        ours = _p95(lambda: _visit(browser, page), visits)
        bare = _p95(lambda: _visit(browser, reverse("front")), visits)
        transaction.set_rollback(True)
    return Latency("start page, 95 of 100 visits", applications, ours, bare, "the front page, which knows nobody")


def _p95(visit: Callable[[], None], times: int) -> float:
    visit()  # what is made once, is made
    return quantiles([timed(visit) for _ in range(times)], n=20)[-1]


def _visit(browser: Client, page: str) -> None:
    response = browser.get(page, secure=True)
    if response.status_code != 200:
        raise ValueError(f"{page}: {response.status_code}")


def _many(count: int, *, like: Application, filing: Filing) -> None:
    said = like.versions.get(number=like.version)
    people = Person.objects.bulk_create(_person(number) for number in range(APPLICANTS))
    sent = [_one(number, people, like=like, filing=filing) for number in range(count)]
    Application.objects.bulk_create(sent, batch_size=1000)
    versions = [
        ApplicationVersion(application=one, number=1, content=said.content, estimate=said.estimate, at=filing.at)
        for one in sent
    ]
    ApplicationVersion.objects.bulk_create(versions, batch_size=1000)


def _one(number: int, people: list[Person], *, like: Application, filing: Filing) -> Application:
    start = FIRST_DAY + WEEK * (number // APPLICANTS)
    return Application(
        organisation=like.organisation,
        person=people[number % APPLICANTS],
        benefit=like.benefit,
        status=like.status,
        channel=filing.channel,
        reference=f"many-{number}",
        content_hash=number.to_bytes(32, "big"),
        absence_start=start,
        absence_end=start + timedelta(days=4),
        law_day=start,
        deadline=start + timedelta(days=60),
        amount=Decimal("500.00"),
        submitted_at=filing.at,
        submitted_by=filing.by.user,
    )


def _person(number: int) -> Person:
    code = identity_code(FIRST_NUMBER + number)
    return Person(identity_code=code, identity_index=Person.index_of(code))
