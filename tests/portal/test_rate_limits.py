"""How often a client may call: told with every answer, the same for all processes, and never in the way of anybody."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from employers.organisations.models import ClientSystem
from employers.records import clock, rates
from employers.records.models_rates import RateCount
from employers.records.rates import Rate
from portal.sandbox import data
from tests.machine import KEY, Machine, body

POLICY = '"read";q=200;w=4, "write";q=200;w=10'
SLOW = Rate(per_second=0.001, burst=10)  # nothing comes back while a test runs


def left_of(answer) -> tuple[str, int]:
    name, _, rest = answer.headers["RateLimit"].partition(";")
    return name.strip('"'), int(rest.removeprefix("r=").partition(";")[0])


@pytest.mark.usefixtures("sandbox")
class TestEveryAnswer:
    def test_tells_what_is_left(self, settings):
        machine = Machine()
        assert machine.get("employers").headers["RateLimit-Policy"] == POLICY
        settings.API_READS_PER_SECOND = settings.API_WRITES_PER_SECOND = 0.001
        RateCount.objects.all().delete()
        first, second = machine.get("employers"), machine.get("employers")
        assert (left_of(first), left_of(second)) == (("read", 199), ("read", 198))
        assert left_of(machine.submit()) == ("write", 199)

    def test_whatever_it_is(self):
        """200, 201, its replay, and each no: by a call, by the framework before any call, by no address at all."""
        machine = Machine()
        answers = {
            200: machine.get("employers"),
            201: machine.submit(),
            400: machine.post("applications", body()),
            403: Machine("sandbox-agency").get("employers"),
            404: machine.get("nothing"),
            405: machine.delete("employers"),
            406: machine.get("employers", {"Accept": "text/csv"}),
            415: machine.post("applications", body(), key=KEY + "2", kind="text/plain"),
            422: machine.submit(2, benefit="none"),
        }
        assert {status: answer.status_code for status, answer in answers.items()} == {one: one for one in answers}
        replayed, foreign = machine.submit(), machine.get("applications/01a20070-0000-7000-8000-000000000000")
        assert replayed.headers["Idempotency-Replayed"] == "true"
        outside = Machine().http.get("/api/nothing", headers=machine.headers())
        for answer in (*answers.values(), replayed, foreign, outside, machine.get("codes")):
            assert answer.headers["RateLimit-Policy"] == POLICY
            assert left_of(answer)[0] in ("read", "write")

    def test_nobodys_token_is_told_nothing(self):
        answer = Client().get("/api/v1/employers", headers={"Authorization": "Bearer nobodys"})
        assert answer.status_code == 401
        assert "RateLimit" not in answer.headers

    def test_a_question_that_has_to_be_posted_is_a_read(self):
        machine = Machine()
        assert left_of(machine.post("estimates", body()))[0] == "read"
        assert left_of(machine.post("applications/validate", body()))[0] == "read"

    def test_what_is_counted_costs_one_query(self):
        """The client without limits asks the same, and the count is all that is less."""
        assert len(queries("sandbox-payroll")) == len(queries("sandbox-bench")) + 1

    def test_a_call_that_nobody_serves_costs_two(self):
        """Whose token it is, and the count."""
        machine = Machine()
        assert machine.token
        with CaptureQueriesContext(connection) as seen:
            assert machine.get("nothing").status_code == 404
        assert len(seen) == 2


def queries(client_id: str) -> list[str]:
    machine = Machine(client_id)
    machine.get("employers")
    with CaptureQueriesContext(connection) as seen:
        machine.get("employers")
    return [query["sql"] for query in seen]


@pytest.mark.usefixtures("sandbox")
class TestTooMany:
    @pytest.fixture(autouse=True)
    def slow(self, settings):
        settings.API_BURST, settings.API_READS_PER_SECOND, settings.API_WRITES_PER_SECOND = 2, 0.01, 0.01

    def test_the_third_of_two_is_told_to_wait(self):
        machine = Machine()
        assert [machine.get("employers").status_code for _ in range(2)] == [200, 200]
        answer = machine.get("employers")
        assert (answer.status_code, answer.json()["code"], answer.json()["origin"]) == (429, "rate-limited", "caller")
        assert 95 <= int(answer.headers["Retry-After"]) <= 100
        assert left_of(answer) == ("read", 0)
        assert answer.headers["Content-Type"] == "application/problem+json"

    def test_reads_do_not_use_up_writes(self):
        machine = Machine()
        assert [machine.get("nothing").status_code for _ in range(3)] == [404, 404, 429]
        assert machine.submit().status_code == 201

    def test_another_client_of_the_same_firm_has_its_own(self):
        assert [Machine().get("employers").status_code for _ in range(3)] == [200, 200, 429]
        assert [Machine("sandbox-bench").get("employers").status_code for _ in range(5)] == [200] * 5
        assert "RateLimit" not in Machine("sandbox-bench").get("employers").headers
        assert Machine("sandbox-other").get("employers").status_code == 200

    def test_what_was_refused_did_nothing(self):
        machine = Machine()
        sent = [machine.submit(number, reference=f"row-{number}", absence=days(number)) for number in range(3)]
        assert sent[2].status_code == 429
        settings_of("sandbox-payroll", burst=50)
        again = machine.submit(2, reference="row-2", absence=days(2))
        assert "Idempotency-Replayed" not in again.headers

    def test_a_client_can_have_figures_of_its_own(self):
        settings_of("sandbox-payroll", burst=7, reads_per_second=70, writes_per_second=1)
        answer = Machine().get("employers")
        assert answer.headers["RateLimit-Policy"] == '"read";q=7;w=1, "write";q=7;w=7'
        assert left_of(answer) == ("read", 6)
        settings_of("sandbox-payroll", burst=7, reads_per_second=None)  # 100 s each: nothing comes back meanwhile
        RateCount.objects.all().delete()
        assert [Machine().get("employers").status_code for _ in range(8)] == [200] * 7 + [429]

    def test_time_gives_it_back(self):
        machine = Machine()
        assert [machine.get("employers").status_code for _ in range(3)][-1] == 429
        with connection.cursor() as cursor:  # a hundred seconds, one call's worth, are over
            cursor.execute("UPDATE employers_ratecount SET full_at = full_at - interval '100 s' WHERE key LIKE '%read'")
        assert [machine.get("employers").status_code for _ in range(2)] == [200, 429]


def days(number: int) -> dict[str, str]:
    return {"start": "2026-03-02", "end": f"2026-04-{10 - number:02}"}


def settings_of(client_id: str, **figures: int | None) -> None:
    ClientSystem.objects.filter(application__client_id=client_id).update(**figures)


@pytest.mark.django_db(transaction=True)
class TestSharedByAll:
    def test_never_more_than_allowed_under_32_at_once(self):
        """32 threads with connections of their own ask ten times each for what ten of them can have."""
        with ThreadPoolExecutor(32) as pool:
            found = list(pool.map(ten_times, range(32)))
        assert sum(found) == SLOW.burst

    def test_never_more_than_allowed_over_http(self, settings):
        data.load(at=clock.now())
        settings.API_BURST, settings.API_READS_PER_SECOND = 10, 0.001
        machine = Machine()
        assert machine.token
        with ThreadPoolExecutor(32) as pool:
            statuses = list(pool.map(lambda _number: asked(machine), range(64)))
        assert (statuses.count(200), statuses.count(429)) == (10, 54)

    def test_a_count_that_fails_refuses_nobody(self):
        data.load(at=clock.now())
        machine = Machine()
        with no_table():
            answers = [machine.get("employers") for _ in range(3)]
            asked_anew = Machine("sandbox-other").ask_for_token({"grant_type": "client_credentials"})
        assert [answer.status_code for answer in answers] == [200, 200, 200]
        assert answers[0].headers["RateLimit-Policy"] == POLICY
        assert asked_anew.status_code == 200


def ten_times(_number: int) -> int:
    try:
        return sum(rates.take("everybody", SLOW).admitted for _ in range(10))
    finally:
        connection.close()


def asked(machine: Machine) -> int:
    try:
        return Client().get("/api/v1/employers", headers=machine.headers()).status_code
    finally:
        connection.close()


@contextmanager
def no_table():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE employers_ratecount RENAME TO away")
        try:
            yield
        finally:
            cursor.execute("ALTER TABLE away RENAME TO employers_ratecount")


@pytest.mark.django_db
class TestTheTable:
    def test_it_is_unlogged(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'employers_ratecount'")
            assert cursor.fetchone() == ("u",)

    def test_a_gap_that_is_no_whole_microsecond_costs_no_call(self):
        """Seven in 3 hours: each of them is rounded, and none is lost."""
        rate = Rate(per_second=7 / 10_000, burst=7)
        assert [rates.take("odd", rate).admitted for _ in range(8)] == [True] * 7 + [False]

    def test_full_buckets_are_forgotten_and_others_kept(self):
        rates.take("slow", SLOW)
        rates.take("fast", Rate(per_second=1e6, burst=10))
        assert rates.forget() == 1
        assert list(RateCount.objects.values_list("key", flat=True)) == ["slow"]
