"""Sending: once, tried again with growing pauses, given up in the end, never by two at a time."""

from datetime import timedelta

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models.functions import Now

from employers.notifications import deliver
from employers.notifications.models import Mail
from employers.organisations.models import Mandate
from tests import cast
from tests.notifications.mails import LATER, delivered
from tests.notifications.places import address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]


class Unreachable(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError


def waiting(kind: str = "mandate", **changes) -> Mail:
    facts = {"key": f"{kind}:{Mail.objects.count()}", "kind": kind, "created_at": cast.AT, "next_at": cast.AT}
    return Mail.objects.create(**{"address": changes.pop("address", None) or address(), **facts, **changes})


def test_a_mail_is_sent_once_with_a_number_of_its_own():
    mail = waiting()
    (sent,) = delivered()
    assert delivered() == []
    mail.refresh_from_db()
    assert (mail.status, mail.sent_at, mail.attempts) == ("sent", cast.AT + LATER, 1)
    assert sent.extra_headers["Message-ID"] == f"<{mail.pk}@127.0.0.1>"


def test_the_mail_can_be_stopped_by_one_click_without_signing_in(client):
    mail = waiting("decision", ids=[str(cast.sent().pk)])
    (sent,) = delivered()
    url = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert url in sent.body
    path = url.removeprefix("http://127.0.0.1:8000")
    strict = type(client)(enforce_csrf_checks=True)
    assert strict.get(path).status_code == 200
    mail.address.refresh_from_db()
    assert mail.address.opted_out == []  # a scanner that opens links stops nothing
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    mail.address.refresh_from_db()
    assert mail.address.opted_out == ["decision"]


def test_what_was_stopped_meanwhile_is_not_sent():
    mail = waiting("decision", ids=[str(cast.sent().pk)])
    mail.address.opted_out = ["decision"]
    mail.address.save()
    assert delivered() == []
    mail.refresh_from_db()
    assert mail.status == "not_needed"


def test_what_is_over_is_not_told():
    waiting("message", ids=["01a20070-0000-7000-8000-000000000000"])
    waiting("question", ids=[str(cast.sent().pk)], address=address("b@example.fi"))
    assert delivered() == []
    assert {*Mail.objects.values_list("status", flat=True)} == {"not_needed"}


def test_pauses_grow_and_in_the_end_it_is_given_up(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    mail, at, tried = waiting(), cast.AT, []
    while mail.status == "waiting":
        assert deliver.deliver_next(at=at)
        assert not deliver.deliver_next(at=at)
        mail.refresh_from_db()
        tried.append(mail.next_at - at)
        at = mail.next_at
    assert tried[:-1] == deliver.PAUSES
    assert (mail.status, mail.error) == ("failed", "ConnectionRefusedError")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver.try_again(mail.pk, at=at)
    assert len(delivered(at=at)) == 1
    with pytest.raises(deliver.NotFailed):
        deliver.try_again(mail.pk, at=at)


def test_nobody_takes_what_another_worker_is_sending():
    mail = waiting()
    assert deliver._take(at=cast.AT)
    assert deliver._take(at=cast.AT) is None
    Mail.objects.update(lease_until=Now() - timedelta(seconds=1))  # that worker was killed
    (sent,) = delivered()
    assert sent.extra_headers["Message-ID"] == f"<{mail.pk}@127.0.0.1>"  # a second copy would carry the same


def test_a_mail_that_takes_its_workers_with_it_is_given_up():
    mail = waiting(attempts=len(deliver.PAUSES) + 1)
    assert delivered() == []
    mail.refresh_from_db()
    assert (mail.status, mail.error) == ("failed", "worker_lost")


def test_the_address_stays_out_of_the_log(settings, capfd):
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    waiting()
    deliver.deliver_next(at=cast.AT)
    told = "".join(capfd.readouterr())
    assert "palkat" not in told


@pytest.mark.parametrize(("rights", "comes"), [(["apply"], False), (["view_decisions"], True), (None, False)])
def test_a_persons_own_address_hears_what_the_person_may_see(rights, comes):
    """Bo may read decisions, until his right is another one or has ended."""
    bo = Mandate.objects.get(agent_user=cast.user("Bo"))
    if rights:
        bo.rights = rights
    else:
        bo.valid_until = cast.AT.date() - timedelta(days=1)
    bo.save()
    own = address("bo@example.fi", user=cast.user("Bo"))
    waiting("decision", ids=[str(cast.sent().pk)], address=own)
    assert bool(delivered()) is comes


@pytest.mark.parametrize(("language", "subject"), [("fi", "fi"), ("sv", "sv"), ("en", "A decision has come")])
def test_a_mail_is_in_the_language_of_its_address(language, subject):
    waiting("decision", ids=[str(cast.sent().pk)], address=address(language=language))
    (sent,) = delivered()
    assert f"/{language}/applications/" in sent.body
    if language == "en":
        assert sent.subject == subject


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_two_mails_not_one_twice(sandbox):
    waiting()
    with transaction.atomic():
        assert deliver._take(at=cast.AT)
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT id FROM employers_mail WHERE status = 'waiting' FOR UPDATE SKIP LOCKED")
                assert cursor.fetchall() == []
        finally:
            other.close()
