"""GET /benchmarks: what the agency publishes of a year, counted once, and of nobody who could be told apart."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from customers.feedback.models import Benchmark
from customers.feedback.publish import publish
from customers.segments.models import SegmentAssignment
from customers.segments.rules import segments
from employers.applications.models import Application, InformationRequest
from employers.organisations.models import Organisation, User
from employers.people.models import Person
from tests.machine import Machine, codes

AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
YEAR = 2025
STEADY, CHANGING, SUPPORTED = (segment.code for segment in segments())


def employers(count: int, *, sector: str = "C", employees: int = 5) -> list[Organisation]:
    return Organisation.objects.bulk_create(
        Organisation(
            business_id=uuid4().hex[:9], name=f"{sector} {number}", employees=employees, sector=sector or None
        )
        for number in range(count)
    )  # fmt: skip


def living(among: list[Organisation], **persons: int) -> None:
    """So many persons of each everyday life, spread evenly, with an application of ten days each."""
    each = [code for code, count in persons.items() for _ in range(count)]
    people = Person.objects.bulk_create(
        Person(identity_code="010190-9123", identity_index=uuid4().bytes * 2) for _ in each
    )
    SegmentAssignment.objects.bulk_create(
        SegmentAssignment(
            person=person, segment=code, previous=STEADY, reasons=[], assigned_on=date(YEAR, 5, 1),
            valid_from=date(YEAR, 5, 1),
        )
        for person, code in zip(people, each, strict=True)
    )  # fmt: skip
    Application.objects.bulk_create(
        application(among[number % len(among)], person) for number, person in enumerate(people)
    )


def application(organisation: Organisation, person: Person | None = None, **more) -> Application:
    usual = {
        "benefit": "sickness_allowance", "status": "submitted", "channel": "web", "content_hash": b"x" * 32,
        "absence_start": date(YEAR, 4, 1), "absence_end": date(YEAR, 4, 10),
        "submitted_at": datetime(YEAR, 4, 21, 9, tzinfo=UTC),
    }  # fmt: skip
    return Application(organisation=organisation, person=person, reference=uuid4().hex, **(usual | more))


def told(query: str = "") -> dict:
    return Client().get(f"/api/v1/benchmarks{query}").json()["items"][0]


ENOUGH = {STEADY: 700, CHANGING: 250, SUPPORTED: 50}


@pytest.mark.django_db
class TestWhoIsManyEnough:
    @pytest.fixture(autouse=True)
    def elsewhere(self) -> None:
        """So many that nothing which is told of all is the reason."""
        living(employers(20, sector="G", employees=50), **{code: 2 * count for code, count in ENOUGH.items()})

    def test_ten_employers_and_a_thousand_persons_with_fifty_of_each(self):
        living(employers(10), **ENOUGH)
        publish(year=YEAR, at=AT)
        shares = {one["code"]: one["share"] for one in told("?size_class=small&sector=C")["everyday_life"]}
        assert shares == {STEADY: "0.70", CHANGING: "0.25", SUPPORTED: "0.05"}

    @pytest.mark.parametrize(
        ("firms", "persons"),
        [
            (9, ENOUGH),
            (10, ENOUGH | {STEADY: 699}),
            (10, ENOUGH | {SUPPORTED: 49, STEADY: 701}),
            (10, {STEADY: 700, CHANGING: 300}),
        ],
        ids=["nine employers", "999 persons", "a cell of 49", "an empty cell"],
    )
    def test_one_less_is_withheld(self, firms, persons):
        living(employers(firms), **persons)
        publish(year=YEAR, at=AT)
        for query in ("?size_class=small&sector=C", "?size_class=small", "?sector=C"):
            assert told(query)["everyday_life"] is None, query

    def test_nor_can_it_be_reckoned_from_what_is_told(self):
        """Of all less those of G would be those of C, who are too few: the shares of G are taken back."""
        living(employers(9), **ENOUGH)
        publish(year=YEAR, at=AT)
        assert told()["everyday_life"] is not None
        for query in ("?sector=G", "?size_class=medium", "?size_class=medium&sector=G"):
            assert told(query)["everyday_life"] is None, query

    def test_with_nobody_else_the_whole_and_the_part_are_told(self):
        publish(year=YEAR, at=AT)
        whole = told()["everyday_life"]
        assert whole is not None
        assert told("?sector=G")["everyday_life"] == told("?size_class=medium")["everyday_life"] == whole

    def test_figures_of_nine_employers_are_withheld_too(self):
        living(employers(9), **ENOUGH)
        publish(year=YEAR, at=AT)
        found = told("?sector=C")
        assert {found[name] for name in ("absence_days", "days_to_application", "clarification_rate")} == {None}


@pytest.mark.django_db
class TestFigures:
    def test_are_counted_as_described(self):
        """Ten employers, each with 10 days applied for after 20: one of four asked about, one of four by machine."""
        firms = employers(10)
        made = [application(firm) for firm in firms for _ in range(3)]
        made += [application(firm, channel="api") for firm in firms]
        made += [application(firms[0], status="withdrawn"), application(firms[0], submitted_at=AT)]  # neither counts
        Application.objects.bulk_create(made)
        by = User.objects.create_user("asking")
        InformationRequest.objects.bulk_create(
            InformationRequest(application=one, due=date(2026, 5, 1), asked_at=AT, asked_by=by) for one in made[:10]
        )
        publish(year=YEAR, at=AT)
        found = told("?size_class=small&sector=C")
        assert found == {
            "year": YEAR, "size_class": "small", "sector": "C", "absence_days": "10.00",
            "days_to_application": "20.00", "clarification_rate": "0.25", "share_automatic": "0.25",
            "everyday_life": None,
        }  # fmt: skip
        assert told("?sector=C")["size_class"] is None
        assert Decimal(told()["clarification_rate"]) == Decimal("0.25")

    def test_a_day_of_new_year_is_finlands(self):
        firms = employers(10)
        Application.objects.bulk_create(
            application(firm, submitted_at=datetime(YEAR - 1, 12, 31, 22, 30, tzinfo=UTC)) for firm in firms
        )
        publish(year=YEAR, at=AT)
        assert told("?sector=C")["absence_days"] == "10.00"

    def test_are_published_once_and_never_changed(self):
        assert publish(year=YEAR, at=AT) == 88
        Application.objects.bulk_create(application(firm) for firm in employers(10))
        assert publish(year=YEAR, at=AT) == 0
        assert told("?sector=C")["absence_days"] is None
        for change in (lambda rows: rows.update(body=b"{}"), lambda rows: rows.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change(Benchmark.objects.all())

    def test_a_year_that_is_not_over_is_not_published(self):
        with pytest.raises(ValueError, match="not over"):
            publish(year=2026, at=AT)

    def test_three_queries_count_however_many_employers(self):
        numbers = []
        for count in (2, 12):
            Application.objects.bulk_create(application(firm) for firm in employers(count))
            with transaction.atomic(), CaptureQueriesContext(connection) as seen:
                publish(year=YEAR, at=AT)
                transaction.set_rollback(True)
            numbers.append(len(seen))
        assert numbers[0] == numbers[1] <= 7


@pytest.mark.usefixtures("sandbox")
class TestTheAnswer:
    def test_everyone_gets_the_same_bytes(self):
        publish(year=YEAR, at=AT)
        anybody = Client().get("/api/v1/benchmarks?sector=C")
        others = [Machine(who).get("benchmarks?sector=C") for who in ("sandbox-payroll", "sandbox-agency")]
        others.append(Client().get("/api/v1/benchmarks?sector=C", headers={"Accept-Language": "sv"}))
        assert {answer.content for answer in others} == {anybody.content}
        assert {answer.headers["ETag"] for answer in others} == {anybody.headers["ETag"]}
        held = Client().get("/api/v1/benchmarks?sector=C", headers={"If-None-Match": anybody.headers["ETag"]})
        assert (held.status_code, held.content) == (304, b"")

    def test_it_reads_what_is_stored_and_counts_nothing(self):
        publish(year=YEAR, at=AT)
        with CaptureQueriesContext(connection) as seen:
            Client().get("/api/v1/benchmarks?size_class=large")
        assert len(seen) == 1
        assert "customers_benchmark" in seen[0]["sql"]

    def test_the_last_year_comes_first(self):
        publish(year=YEAR - 1, at=AT)
        publish(year=YEAR, at=AT)
        assert [one["year"] for one in Client().get("/api/v1/benchmarks").json()["items"]] == [YEAR, YEAR - 1]

    def test_before_anything_is_published(self):
        assert Client().get("/api/v1/benchmarks").json() == {"items": [], "next": None}

    @pytest.mark.parametrize(
        "query", ["size_class=tiny", "sector=Z", "sector=", "sector=%00", "size_class=small&sector=?"]
    )
    def test_a_mistaken_value(self, query):
        answer = Client().get(f"/api/v1/benchmarks?{query}")
        assert answer.status_code == 422
        assert [code for _, code in codes(answer)] == ["invalid_choice"]
