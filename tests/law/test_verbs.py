"""A figure is entered by one official and approved by another; then it never changes."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from employers.law.approve import OwnFigure, approve
from employers.law.enter import SourceMissing, UnknownFigure, WaitsAlready, WrongFigure
from employers.law.models import ConfirmedValue
from employers.law.queries import NotWaiting
from employers.law.withdraw import withdraw
from tests.law.officials import AT, CEILING, LIMIT, approved, entered, official

pytestmark = pytest.mark.django_db


def test_a_second_official_approves():
    value = entered()
    assert value.state == "waiting"
    approve(value_id=value.pk, by=official("bertil"), at=AT)
    value.refresh_from_db()
    assert (value.state, value.approved_by.name, value.approved_at) == ("approved", "Bertil", AT)


def test_nobody_approves_what_they_entered():
    value = entered()
    with pytest.raises(OwnFigure):
        approve(value_id=value.pk, by=official("anna"), at=AT)
    value.refresh_from_db()
    assert value.state == "waiting"


@pytest.mark.parametrize("by", ["anna", "bertil"])
def test_either_takes_back_what_waits(by):
    value = withdraw(value_id=entered().pk, by=official(by), at=AT)
    assert (value.state, value.withdrawn_by.username) == ("withdrawn", by)
    assert entered().state == "waiting"


@pytest.mark.parametrize("verb", [approve, withdraw])
@pytest.mark.parametrize("before", [approve, withdraw])
def test_what_is_ended_is_ended(before, verb):
    value = entered()
    before(value_id=value.pk, by=official("bertil"), at=AT)
    with pytest.raises(NotWaiting):
        verb(value_id=value.pk, by=official("bertil"), at=AT)


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"value": Decimal("-1")}, ["value: negative"]),
        ({"value": Decimal(295000)}, ["value: unlikely"]),
        ({"value": Decimal("2950.00")}, ["value: unlikely"]),
        ({"value": Decimal(0)}, ["value: unlikely"]),
        ({"value": Decimal("29500.005")}, ["value: decimals"]),
        ({"start": date(2027, 1, 2)}, ["start: midyear"]),
        ({"start": date(2019, 1, 1)}, ["start: too_early"]),
        ({"start": date(2029, 1, 1)}, ["start: too_late"]),
        ({"start": date(2027, 2, 1), "value": Decimal(1)}, ["start: midyear", "value: unlikely"]),
        ({"name": "sickness.waiting_weekdays", "value": Decimal("9.5")}, ["value: decimals"]),
        ({"name": "sickness.rate", "value": Decimal(70)}, ["value: unlikely"]),
    ],
)
def test_slips_of_the_keyboard_are_refused(changes, faults):
    with pytest.raises(WrongFigure) as refused:
        entered(**changes)
    assert str(refused.value).split(", ") == faults
    assert not ConfirmedValue.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"start": date(2026, 1, 1)},
        {"start": date(2028, 1, 1)},
        {"name": CEILING, "start": date(2022, 1, 1), "value": Decimal("451.20")},
        {"name": CEILING, "start": date(2025, 1, 1), "value": Decimal("502.90")},
        {"name": "sickness.rate", "start": date(2026, 8, 1), "value": Decimal("0.65")},
        {"name": "sickness.waiting_weekdays", "start": date(2027, 4, 1), "value": Decimal(10)},
    ],
)
def test_what_can_be_right_is_entered(changes):
    assert entered(**changes).state == "waiting"


@pytest.mark.parametrize("name", ["sickness.no_such_thing", "", "segments.window_months", "sickness.relapse_days"])
def test_a_name_that_no_file_knows_is_refused(name):
    with pytest.raises(UnknownFigure):
        entered(name=name)


def test_a_figure_has_a_source():
    with pytest.raises(SourceMissing):
        entered(reference="  ")


def test_one_value_waits_for_a_day():
    entered()
    with pytest.raises(WaitsAlready):
        entered(value=Decimal(29600), by="bertil")
    assert ConfirmedValue.objects.count() == 1


def test_the_database_refuses_an_approval_of_ones_own():
    value = entered()
    with pytest.raises(IntegrityError, match="confirmed_value_second_official"), transaction.atomic():
        ConfirmedValue.objects.filter(pk=value.pk).update(approved_by=value.entered_by, approved_at=AT)


def test_the_database_refuses_half_an_approval():
    value = entered()
    with pytest.raises(IntegrityError, match="confirmed_value_approval_whole"), transaction.atomic():
        ConfirmedValue.objects.filter(pk=value.pk).update(approved_at=AT)


@pytest.mark.parametrize("change", [{"value": 1}, {"approved_at": None, "approved_by": None}, {"name": LIMIT}])
def test_the_database_keeps_what_was_approved(change):
    value = approved()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        ConfirmedValue.objects.filter(pk=value.pk).update(**change)


@pytest.mark.parametrize("make", [entered, approved])
def test_the_database_forgets_nothing(make):
    make()
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        ConfirmedValue.objects.all().delete()
