"""GET /benchmarks: what the agency publishes of a year, counted once, and of nobody who could be told apart."""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from customers.feedback.models import Benchmark
from customers.feedback.publish import publish
from customers.feedback.sums import Sums, telling_lives, with_totals
from customers.segments.models import SegmentAssignment
from customers.segments.rules import segments
from employers.applications.models import Application, InformationRequest
from employers.organisations.models import Organisation, User
from employers.people.models import Person
from employers.records.record import copy_in
from tests.customers import walk
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
    people = [Person(identity_code="010190-9123", identity_index=uuid4().bytes * 2) for _ in each]
    usual = {"previous": STEADY, "reasons": [], "assigned_on": date(YEAR, 5, 1), "valid_from": date(YEAR, 5, 1)}
    lives = [SegmentAssignment(person=person, segment=code, **usual) for person, code in zip(people, each, strict=True)]
    sent = [application(among[number % len(among)], person) for number, person in enumerate(people)]
    for rows in (people, lives, sent):
        copy_in(rows)


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
TOO_FEW = {
    "nine employers": (9, ENOUGH),
    "999 persons": (10, ENOUGH | {STEADY: 699}),
    "a cell of 49": (10, ENOUGH | {STEADY: 701, SUPPORTED: 49}),
    "an empty cell": (10, {STEADY: 700, CHANGING: 300}),
}


def many(firms: int, lives: dict[str, int], *, times: int = 1) -> Sums:
    counted = Counter({code: times * count for code, count in lives.items()})
    return Sums(employers=firms, living=firms, lives=counted)


def told_of(leaves: dict[tuple[str, str], Sums]) -> set[tuple[str, str]]:
    return telling_lives(with_totals(leaves), codes=ENOUGH)


class TestWhoIsManyEnough:
    def test_ten_employers_and_a_thousand_persons_with_fifty_of_each(self):
        assert told_of({("small", "C"): many(10, ENOUGH)}) == {("small", "C"), ("small", ""), ("", "C"), ("", "")}

    @pytest.mark.parametrize("few", TOO_FEW.values(), ids=TOO_FEW)
    def test_one_less_is_withheld(self, few):
        assert told_of({("small", "C"): many(*few)}) == set()
        beside = told_of({("small", "C"): many(*few), ("small", "F"): many(20, ENOUGH, times=3)})
        assert ("small", "C") not in beside
        assert ("", "C") not in beside

    @pytest.mark.parametrize("few", TOO_FEW.values(), ids=TOO_FEW)
    def test_nor_can_it_be_reckoned_from_what_is_told(self, few):
        """All less those of F would be those of C, who are too few: the shares of F are taken back."""
        found = told_of({("small", "C"): many(*few), ("medium", "F"): many(20, ENOUGH, times=3)})
        assert found == {("", "")}

    def test_an_unknown_sector_is_a_part_of_all_and_never_shown(self):
        found = told_of({("small", "C"): many(10, ENOUGH), ("small", "?"): many(10, ENOUGH)})
        assert found == {("small", "C"), ("small", ""), ("", "C"), ("", "")}
        assert told_of({("small", "C"): many(10, ENOUGH), ("small", "?"): many(9, ENOUGH)}) == {("small", ""), ("", "")}

    @pytest.mark.django_db
    def test_and_so_it_is_published(self):
        """Four sectors: one that is many enough, and one less of each kind."""
        for sector, (firms, lives) in {"C": (10, ENOUGH), **dict(zip("FMN", TOO_FEW.values(), strict=False))}.items():
            living(employers(firms, sector=sector), **lives)
        publish(year=YEAR, at=AT)
        shares = {one["code"]: one["share"] for one in told("?size_class=small&sector=C")["everyday_life"]}
        assert shares == {STEADY: "0.70", CHANGING: "0.25", SUPPORTED: "0.05"}
        assert [told(f"?sector={sector}")["everyday_life"] for sector in "FMN"] == [None] * 3
        assert told("?sector=F")["absence_days"] is None  # nine employers: figures of so few are somebody's own
        assert told("?sector=M")["absence_days"] == "10.00"
        assert {STEADY, CHANGING, SUPPORTED} <= walk.leaks(Client().get("/api/v1/benchmarks").content, "json")


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
