"""Every read of a person's data leaves a row."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from employers.records.models import ReadLog
from employers.records.readlog import Reader, log_each, log_reads

AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
READER = Reader(kind="client", id=uuid4(), organisation=uuid4(), principal=uuid4(), mandate=uuid4())

pytestmark = pytest.mark.django_db


def test_one_row_a_person_in_one_statement():
    people = [uuid4() for _ in range(50)]
    with CaptureQueriesContext(connection) as captured:
        log_reads([*people, *people], reader=READER, purpose="application", action="list", at=AT)
    assert len([query for query in captured if "INSERT" in query["sql"]]) == 1
    assert set(ReadLog.objects.values_list("person", flat=True)) == set(people)
    assert ReadLog.objects.count() == 50


def test_a_row_tells_who_for_whom_by_what_right_and_why():
    log_reads([uuid4()], reader=READER, purpose="application", action="read", at=AT)
    row = ReadLog.objects.get()
    assert (row.actor_kind, row.actor, row.organisation) == ("client", READER.id, READER.organisation)
    assert (row.principal, row.mandate) == (READER.principal, READER.mandate)
    assert (row.purpose, row.action, row.hits, row.at) == ("application", "read", 1, AT)


def test_a_list_of_several_employers_names_each():
    other = Reader(kind="client", id=READER.id, organisation=READER.organisation, principal=uuid4())
    person = uuid4()
    log_each([(person, READER), (person, other)], purpose="application", action="list", at=AT)
    assert set(ReadLog.objects.values_list("principal", flat=True)) == {READER.principal, other.principal}


def test_nothing_shown_leaves_nothing():
    log_reads([], reader=READER, purpose="application", action="list", at=AT)
    assert not ReadLog.objects.exists()
