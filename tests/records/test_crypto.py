"""Sealed data: bound to its place, found by a keyed index, opened by the key that sealed it."""

import os
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection

from employers.people.models import Person
from employers.people.queries import known_person
from employers.people.record import person_for
from employers.records import crypto

# The check character does not cover the separator: these are two people.
ONE, OTHER = "100190-999P", "100190Y999P"


def test_what_is_sealed_opens_in_its_place():
    sealed = crypto.seal(ONE, bound_to="table.column.row")
    assert ONE.encode() not in sealed
    assert crypto.unseal(sealed, bound_to="table.column.row") == ONE


def test_the_same_text_is_never_sealed_the_same():
    assert crypto.seal(ONE, bound_to="x") != crypto.seal(ONE, bound_to="x")


@pytest.mark.parametrize("elsewhere", ["table.column.another", "table.another.row", "another.column.row", ""])
def test_a_moved_value_does_not_open(elsewhere):
    with pytest.raises(InvalidTag):
        crypto.unseal(crypto.seal(ONE, bound_to="table.column.row"), bound_to=elsewhere)


def test_a_changed_value_does_not_open():
    sealed = bytearray(crypto.seal(ONE, bound_to="x"))
    sealed[-1] ^= 1
    with pytest.raises(InvalidTag):
        crypto.unseal(bytes(sealed), bound_to="x")


def test_old_values_open_after_the_keys_rotated(settings):
    sealed = crypto.seal(ONE, bound_to="x")
    settings.IDENTITY_KEYS = {"fresh": os.urandom(32), **settings.IDENTITY_KEYS}
    assert crypto.unseal(sealed, bound_to="x") == ONE
    assert crypto.seal(ONE, bound_to="x").startswith(b"fresh\0")


def test_a_value_of_a_key_nobody_holds_says_so(settings):
    sealed = crypto.seal(ONE, bound_to="x")
    settings.IDENTITY_KEYS = {"fresh": os.urandom(32)}
    with pytest.raises(crypto.UnknownKey):
        crypto.unseal(sealed, bound_to="x")


def test_the_index_tells_people_apart_by_the_separator_alone():
    assert crypto.index(ONE, purpose="person") != crypto.index(OTHER, purpose="person")
    assert crypto.index(ONE, purpose="person") == crypto.index(ONE, purpose="person")


def test_the_index_of_one_purpose_says_nothing_of_another(settings):
    before = crypto.index(ONE, purpose="person")
    assert before != crypto.index(ONE, purpose="user")
    settings.INDEX_KEY = os.urandom(32)
    assert before != crypto.index(ONE, purpose="person")


@pytest.mark.django_db
def test_two_people_who_differ_in_the_separator_are_two_rows():
    assert person_for(ONE) != person_for(OTHER)
    assert known_person(ONE).identity_code == ONE
    assert known_person(OTHER).identity_code == OTHER


@pytest.mark.django_db
def test_a_code_copied_to_another_row_does_not_open():
    owner, thief = person_for(ONE), person_for(OTHER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_code FROM employers_person WHERE id = %s", [owner.pk])
        [stored] = cursor.fetchone()
        assert ONE.encode() not in bytes(stored)
        cursor.execute("UPDATE employers_person SET identity_code = %s WHERE id = %s", [stored, thief.pk])
    with pytest.raises(InvalidTag):
        _ = Person.objects.get(pk=thief.pk).identity_code


@pytest.mark.django_db
def test_a_sealed_column_is_written_through_its_model_only():
    person = person_for(ONE)
    with pytest.raises(TypeError):
        Person.objects.filter(pk=person.pk).update(identity_code=OTHER)
    with pytest.raises(TypeError):
        Person.objects.filter(identity_code=ONE).exists()


@pytest.mark.django_db
def test_a_list_that_shows_no_code_opens_none(settings):
    person_for(ONE)
    settings.IDENTITY_KEYS = {"fresh": os.urandom(32)}
    [person] = Person.objects.all()
    assert person.pk
    with pytest.raises(crypto.UnknownKey):
        _ = person.identity_code


def test_another_row_of_the_same_person_is_sealed_anew():
    one, other = (Person(id=uuid4(), identity_code=ONE) for _ in range(2))
    field = Person._meta.get_field("identity_code")
    assert field.sealed(ONE, one.pk) != field.sealed(ONE, other.pk)
