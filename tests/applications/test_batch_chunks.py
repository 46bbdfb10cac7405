"""A batch in chunks ends as if every row had been sent by itself: the same results, the same rows in the tables."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from employers.applications import receive_chunk as chunks
from employers.applications import receive_rows, receive_whole
from employers.applications.models import Application, ApplicationVersion, StatusChange
from employers.applications.receive_row import receive_row
from employers.applications.receive_rows import work_next
from employers.applications.submit import Filing, submit
from employers.applications.withdraw import withdraw
from employers.income_register.models import ReportVersion
from employers.intake.models import BatchRow
from employers.intake.received import rows
from employers.intake.serializers import read_claim
from employers.people.models import Person
from employers.records.models import Event
from portal.sandbox.register.data import identity_code
from tests import cast
from tests.applications.test_receive_rows import received
from tests.intake.files import claim
from tests.intake.thirteen import BENEFITS, example

pytestmark = pytest.mark.usefixtures("sandbox")
ROWS = 60
CHUNKS = (400, 17, 1, 50)
SEEDS = [0, 1, *(pytest.param(seed, marks=pytest.mark.proof) for seed in range(2, 12))]
WITHOUT_ABSENCE = ("annual_leave_compensation", "occupational_health_reimbursement")


def file_of(seed: int, before: list[str]) -> list[dict[str, object]]:
    """Rows about few people, so that they meet: twins, overlaps, references twice, continuations, relapses, wrong
    employers, things that cannot be read. `before`: applications that are there."""
    chance = random.Random(seed)
    made = [_row(chance, number, before) for number in range(ROWS)]
    for _ in range(12):
        made.insert(chance.randrange(len(made)), {**chance.choice(made), "reference": f"again-{chance.random()}"})
    return made


def _row(chance: random.Random, number: int, before: list[str]) -> dict[str, object]:
    benefit = chance.choice((*BENEFITS, *["sickness_allowance"] * 8, *["partial_sickness_allowance"] * 3))
    reference = f"row-{number if chance.random() < 0.95 else chance.randrange(ROWS)}"
    said = example(benefit, reference=reference, contact=None)
    if "employee" in said:
        code = identity_code(500 + chance.randrange(9))
        said["employee"] = {"personal_identity_code": code, "given_name": "Aino", "family_name": "Esimerkki"}
    if benefit not in WITHOUT_ABSENCE and chance.random() < 0.9:
        start = date(2026, 1, 12) + timedelta(days=chance.randrange(90))
        end = start + timedelta(days=chance.randrange(1, 25))
        said |= _days(start, end)
    if chance.random() < 0.12:
        said["continues_application"] = chance.choice(before)
    if chance.random() < 0.12:
        said |= chance.choice(WRONG)
    return said


def _days(start: date, end: date) -> dict[str, object]:
    days = {"start": start.isoformat(), "end": end.isoformat()}
    return {"absence": days, "pay_periods": [{**days, "amount": "1200.00"}]}


WRONG = (
    {"employer": "9000013-4"}, {"employer": cast.WHOLESALER}, {"employer": "9000005-4"}, {"employer": cast.CAFE},
    {"employer": None}, {"colour": "red"}, {"absence": {"start": "2026-03-02", "end": "2026-03-01"}},
    {"reference": "no spaces, please"}, {"benefit": "unheard_of"}, {"pay_basis": "part"},
)  # fmt: skip


def stored(batch):
    """Everything that the batch wrote, without what is made by chance: keys, seals and moments of writing."""
    number_of = {row.application: row.number for row in batch.results.filter(status="accepted")}
    made = Application.objects.filter(channel="batch").select_related("person").order_by("reference", "pk")
    return {
        "rows": [_result(row, number_of) for row in batch.results.order_by("number")],
        "applications": [_columns(one, number_of) for one in made],
        "versions": [
            (number_of[one.application_id], one.number, one.content, one.estimate, one.basis, one.problems, one.reason)
            for one in ApplicationVersion.objects.filter(application__in=number_of).order_by("application__reference")
        ],
        "history": sorted(
            (number_of[one.application_id], one.verb, one.source, one.target, one.role, str(one.client_id),
             str(one.acting_organisation_id), str(one.mandate), str(one.at), one.version, one.reason)
            for one in StatusChange.objects.filter(application__in=number_of)
        ),
        "events": sorted(
            (one.type, number_of.get(one.application), str(one.organisation), one.status, str(one.at))
            for one in Event.objects.exclude(application__isnull=False, application__in=BEFORE)
        ),
        "people": Person.objects.count(),
    }  # fmt: skip


BEFORE: list[object] = []


def _result(row, number_of):
    return row.number, row.reference, row.status, number_of.get(row.application, row.application), row.problems


def _columns(one, number_of):
    told = {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}
    told |= {"id": number_of[one.pk], "person_id": one.person and one.person.identity_code}
    told["continues_id"] = str(number_of.get(one.continues_id, one.continues_id))
    told["content_hash"] = bytes(one.content_hash)
    return told


def there_before():
    """Applications that rows will meet, one of them withdrawn, and wages of one of the people."""
    people = [identity_code(500 + number) for number in range(4)]
    made = []
    for number, code in enumerate(people):
        start = date(2026, 1, 5) + timedelta(days=20 * number)
        pay = _days(start, start + timedelta(days=20))
        said = claim(1, **pay)["employee"] | {"personal_identity_code": code}
        made.append(_sent(example("sickness_allowance", reference=f"row-{number}", employee=said, **pay)))
    withdraw(application_id=made[0].pk, reason="A mistake.", by=cast.by_web(), at=cast.AT)
    ReportVersion.objects.create(
        organisation=cast.employer(), person=made[1].person, report_id="one", version=1, status=1, current=True,
        payment_date=date(2025, 10, 31), period_start=date(2025, 10, 1), period_end=date(2025, 10, 31), wages="3456.78",
        received_at=cast.AT,
    )  # fmt: skip
    BEFORE[:] = [one.pk for one in made]
    return [str(one.pk) for one in made]


def _sent(body):
    said = read_claim(body, allow_temporary=True)
    filing = Filing(channel="api", by=cast.by_client(), at=cast.AT)
    return submit(organisation=cast.employer(), claim=said, filing=filing)


def outcome(said, way):
    """Of the file worked through in one way, undone again."""
    with transaction.atomic():
        batch = received(*said)
        way(batch)
        batch.refresh_from_db()
        assert batch.status == "finished"
        found = stored(batch)
        transaction.set_rollback(True)
    return found


def by_chunks(_batch):
    while work_next(at=cast.AT):
        pass


def row_by_row(batch):
    claimed = receive_rows.claim_next(at=cast.AT)
    for row in rows(batch.body, content_type=batch.content_type):
        receive_rows._keep(claimed, [receive_row(row, batch=claimed, at=cast.AT)])
    receive_rows._end(claimed, status="finished", at=cast.AT)


@pytest.mark.parametrize("seed", SEEDS)
def test_chunks_end_as_rows_sent_one_by_one(seed, monkeypatch):
    """Expected: whatever the rows say, and wherever the chunks begin, the same is accepted, rejected and a duplicate,
    with the same words, and the same rows are stored."""
    said = file_of(seed, there_before())
    one_by_one = outcome(said, row_by_row)
    statuses = {row[2] for row in one_by_one["rows"]}
    assert statuses == {"accepted", "rejected", "duplicate"}
    monkeypatch.setattr(receive_rows, "CHUNK", CHUNKS[seed % len(CHUNKS)])
    assert outcome(said, by_chunks) == one_by_one


def test_a_file_taken_whole_ends_as_rows_sent_one_by_one(monkeypatch):
    monkeypatch.setattr(receive_whole, "CHUNK", 7)
    good = [claim(1), *(_of_person(number) for number in range(30)), claim(1, reference="again")]
    whole = outcome_of(good, "all_or_nothing")
    assert whole == outcome_of(good, "partial")
    assert [row[2] for row in whole["rows"]] == ["accepted"] * 31 + ["duplicate"]


def outcome_of(said, mode):
    with transaction.atomic():
        batch = received(*said, mode=mode)
        by_chunks(batch)
        batch.refresh_from_db()
        found = stored(batch)
        transaction.set_rollback(True)
    return found


def _of_person(number, **changes):
    employee = {"personal_identity_code": identity_code(700 + number), "given_name": "A", "family_name": "B"}
    return claim(1, **{"reference": f"person-{number}", "employee": employee} | changes)


def test_the_number_of_queries_does_not_grow_with_the_rows():
    received(*(_of_person(number) for number in range(60)))
    by_chunks(None)  # from now on they are known
    counts = []
    for size, day in ((5, date(2025, 9, 1)), (60, date(2025, 11, 3))):
        again = _days(day, day + timedelta(days=20))
        received(*(_of_person(number, reference=f"{day}-{number}", **again) for number in range(size)))
        batch = receive_rows.claim_next(at=cast.AT)
        with CaptureQueriesContext(connection) as asked:
            receive_rows.work_batch(batch, at=cast.AT)
        counts.append(len(asked))
        assert batch.results.filter(status="accepted").count() == size
    assert counts[1] == counts[0] <= 30


def test_every_row_written_names_client_organisation_and_mandate():
    received(*(_of_person(number) for number in range(3)), claim(1, employer=cast.CAFE))
    by_chunks(None)
    by = cast.client_system()
    for model in (Application, ApplicationVersion, StatusChange):
        written = model.objects.filter(client=by)
        assert written.count() == 4
        assert {one.acting_organisation for one in written} == {by.organisation}
        assert len({one.mandate for one in written if one.mandate}) == 2


def test_a_clash_with_somebody_elses_person_falls_back_to_rows(monkeypatch):
    """Expected: somebody else is faster in between; the chunk is undone, and every row finds its way by itself."""
    gather, code = chunks.Gathered.gather, identity_code(701)

    def somebody_else_comes(self, asked):
        gather(self, asked)
        Person.objects.get_or_create(identity_index=Person.index_of(code), defaults={"identity_code": code})

    monkeypatch.setattr(chunks.Gathered, "gather", somebody_else_comes)
    batch = received(*(_of_person(number) for number in range(3)))
    by_chunks(batch)
    batch.refresh_from_db()
    assert (batch.status, batch.done, batch.accepted) == ("finished", 3, 3)
    assert BatchRow.objects.count() == Application.objects.count() == 3
    assert Event.objects.filter(type="application.submitted").count() == 3
