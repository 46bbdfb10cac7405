"""Officials see a run of the register, what it could not read and the alarms; one button runs the window again."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from employers.income_register.alarm import Kind, raise_alarm
from employers.income_register.models import QuarantinedReport, RegisterSync
from employers.income_register.models_subscriptions import RegisterAlarm, RegisterSubscription
from employers.organisations.models import User
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")
AT = cast.AT
STATUS = RegisterSync.Status


@pytest.fixture
def official(client):
    client.force_login(cast.official(), backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def subscription():
    made = RegisterSubscription.objects.create(
        kind=302, status="active", modified_from=AT - timedelta(days=9), valid_from=AT.date()
    )
    made.organisations.set([cast.employer(cast.BAKERY), cast.employer(cast.CAFE)])
    return made


def make_run(**facts):
    of_one = {} if "subscription" in facts else {"organisation": cast.employer(cast.BAKERY)}
    window = {"window_from": AT - timedelta(days=1), "window_until": AT}
    return RegisterSync.objects.create(**{"requested_at": AT, "status": "finished", **of_one, **window, **facts})


def address(row, name="change"):
    return reverse(f"admin:employers_{row._meta.model_name}_{name}", args=[row.pk])


def page(client, where):
    response = client.get(where)
    assert response.status_code == 200
    return response.content.decode()


def again(client, row):
    return client.post(address(row, "again"), follow=True).content.decode()


def test_a_running_one_shows_how_far_it_is(official):
    body = page(official, address(make_run(status="running", read=400, promised=1000)))
    assert "400 of 1000 reports read" in body
    assert '<progress id="progress" value="400" max="1000">' in body
    assert "Run this window again" not in body


def test_an_ended_one_shows_counts_timings_findings_and_what_could_not_be_read(official):
    run = make_run(reports=1200, findings=7, timings={"fetch": 1.5, "stage": 12.25})
    QuarantinedReport.objects.create(
        organisation=run.organisation, sync=run, report_id="odd-one", reason="Payer", at=AT
    )
    raise_alarm(Kind.QUARANTINE, about=run.organisation.business_id, sync_id=run.pk, at=AT)
    body = page(official, address(run))
    for shown in ("1200", ">7<", "12.25 s", 'value="1.5" max="12.25"', "odd-one", "reports that could not be read"):
        assert shown.lower() in body.lower(), shown


def test_the_page_takes_as_many_queries_for_many_rows_as_for_few(official):
    run = make_run()

    def queries():
        with CaptureQueriesContext(connection) as seen:
            page(official, address(run))
        return len(seen)

    def plant(numbers):
        for number in numbers:
            QuarantinedReport.objects.create(
                organisation=run.organisation, sync=run, report_id=f"r{number}", reason="Payer", at=AT
            )
            raise_alarm(Kind.GAP, about=str(number), sync_id=run.pk, at=AT)

    plant(range(2))
    few = queries()
    plant(range(2, 20))
    assert queries() == few


def test_the_button_asks_for_the_same_window_once(official):
    run = make_run()
    assert "The window is read again." in again(official, run)
    again(official, run)
    made = RegisterSync.objects.get(status="waiting")
    assert (made.window_from, made.window_until, made.organisation) == (
        run.window_from,
        run.window_until,
        run.organisation,
    )
    assert (made.again, made.by_user) == (True, cast.official())


def test_what_runs_is_not_run_again(official):
    assert "has not ended yet" in again(official, make_run(status="running"))
    assert RegisterSync.objects.count() == 1


def test_nobody_is_read_who_does_not_let_it(official):
    run = make_run()
    type(run.organisation).objects.update(register_access=False)
    assert "No employer of this run" in again(official, run)
    assert RegisterSync.objects.count() == 1


def test_a_file_that_failed_is_read_again_as_a_file(official, subscription):
    again(official, make_run(subscription=subscription, source="103_1_a.xml", status="failed"))
    made = RegisterSync.objects.get(status="waiting")
    assert (made.subscription, made.source, made.again) == (subscription, "103_1_a.xml", False)


def test_of_a_file_that_was_kept_whoever_had_unreadable_reports_is_asked_for(official, subscription):
    run = make_run(subscription=subscription, source="103_1_a.xml")
    body = again(official, run)
    assert "for 2 employers" in body
    RegisterSync.objects.filter(status="waiting").delete()
    bakery = cast.employer(cast.BAKERY)
    report = QuarantinedReport.objects.create(organisation=bakery, sync=run, report_id="r", reason="Payer", at=AT)
    assert "Run this window again" in page(official, address(report))
    again(official, report)
    assert RegisterSync.objects.get(status="waiting").organisation == bakery


def test_alarms_are_listed_while_they_are_open(official):
    raise_alarm(Kind.GAP, about="9000004-6", at=AT, facts={"begins": "2026-01-02T09:00:00+00:00"})
    where = reverse("admin:employers_registeralarm_changelist")
    assert "begins: 2 Jan 2026 11:00" in page(official, where)
    RegisterAlarm.objects.update(cleared_at=AT)
    assert "2 Jan 2026" not in page(official, where)
    assert "2 Jan 2026" in page(official, f"{where}?state=cleared")


@pytest.mark.parametrize(("status", "label"), [("wanted", "Order"), ("ordered", "Ask what became"), ("active", "End")])
def test_a_subscription_shows_the_button_of_its_state(official, subscription, status, label):
    RegisterSubscription.objects.update(status=status)
    body = page(official, address(subscription))
    assert [one for one in (">Order<", ">Ask what became of it<", ">End<") if one in body] == [
        f">{label}<" if label != "Ask what became" else ">Ask what became of it<"
    ]


def test_a_register_that_does_not_answer_is_told(official, subscription, settings):
    settings.REGISTER_URL = "http://127.0.0.1:9"
    RegisterSubscription.objects.update(status="wanted")
    where = reverse("admin:employers_registersubscription_do", args=[subscription.pk, "order"])
    body = official.post(where, follow=True).content.decode()
    assert "does not answer now" in body
    subscription.refresh_from_db()
    assert subscription.status == "wanted"
    assert subscription.ordered_at is not None  # it is tried again by itself


@pytest.mark.parametrize("where", ["again", "change"])
def test_nobody_but_an_official_comes_here(client, where):
    assert client.post(address(make_run(), where)).status_code == 302
    assert RegisterSync.objects.count() == 1


def test_whoever_may_only_look_has_nothing_read_anew(client):
    looker = User.objects.create(username="looker", is_staff=True)
    looker.user_permissions.set(Permission.objects.filter(codename__in=["view_registersync", "view_quarantinedreport"]))
    client.force_login(looker, backend="django.contrib.auth.backends.ModelBackend")
    run = make_run()
    report = QuarantinedReport.objects.create(organisation=run.organisation, sync=run, report_id="1", reason="x", at=AT)
    client.cookies["django_language"] = "en"
    assert not any("Run this window again" in page(client, address(row)) for row in (run, report))
    assert [client.post(address(row, "again")).status_code for row in (run, report)] == [403, 403]
    assert RegisterSync.objects.count() == 1
