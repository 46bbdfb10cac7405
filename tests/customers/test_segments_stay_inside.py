"""An employer never learns a segment, and a segment never decides anything."""

import json
from contextlib import contextmanager
from pathlib import Path

import grimp
import pytest
from django.db import transaction
from django.test import Client
from django.utils.translation import override

from customers.segments.models import SegmentAssignment
from customers.segments.rules import segments
from employers.applications.assess import assess
from employers.applications.decide import decide
from employers.applications.models import Decision
from employers.benefits.claim import Income
from employers.organisations.views.sign_in import BACKEND
from employers.people.record import person_for
from portal.sandbox import data
from tests import cast
from tests.customers import walk
from tests.feeds import until_shown
from tests.machine import Machine, body
from tests.pages import identified

ROOT = Path(__file__).parents[2]
LANGUAGES = ("fi", "sv", "en")
SEGMENTS = [None, *(segment.code for segment in segments())]


def in_segment(code):
    """The person of the example, in a segment or in none yet."""
    person = person_for(cast.claim().employee.personal_identity_code)
    if code:
        SegmentAssignment.objects.create(
            person=person, segment=code, previous="steady", sliding=True, reasons=[],
            assigned_on=cast.AT.date(), valid_from=cast.AT.date(),
        )  # fmt: skip


class TestNothingIsDecidedByIt:
    def test_employers_import_nothing_of_customers(self):
        graph = grimp.build_graph("employers", "customers", cache_dir=None)
        assert graph.find_shortest_chains("employers", "customers") == set()

    def test_employers_reach_no_table_of_customers(self):
        """Not by SQL, not by a model's name, not through a relation back."""
        files = [path for path in (ROOT / "employers").rglob("*") if path.suffix in (".py", ".sql", ".html")]
        told = ("customers_", "customers.segment", "segmentassignment", "SegmentAssignment")
        assert [str(path) for path in files if any(word in path.read_text() for word in told)] == []
        related = [field.related_model._meta.app_label for field in cast.Application._meta.related_objects]
        assert "customers" not in related

    @pytest.mark.usefixtures("sandbox")
    def test_estimate_check_and_decision_are_the_same_in_every_segment(self):
        said = set()
        for code in SEGMENTS:
            with rolled_back():
                in_segment(code)
                said.add((assessed(), answered(), decided()))
        assert len(said) == 1


def assessed():
    found = assess(
        cast.claim(), on=cast.AT.date(), organisation=cast.employer(), income=Income(annual=None), filing=True
    )
    return json.dumps([found.estimate.as_dict(), [problem.as_dict() for problem in found.problems]])


def answered():
    answer = Machine().post("applications/validate", body())
    assert answer.status_code == 200
    return answer.content


def decided():
    application = cast.sent()
    income = Income(after_deduction=cast.claim().pay_periods[0].amount)
    decide(
        application_id=application.pk, outcome="granted", reason="", by=cast.by_official(), at=cast.AT, income=income
    )
    decision = Decision.objects.get(application=application)
    return json.dumps([str(decision.amount), decision.calculation, decision.differences, str(decision.appeal_until)])


@contextmanager
def rolled_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def anybody():
    return Client(raise_request_exception=False)


def signed_in(name):
    browser = anybody()
    browser.force_login(cast.user(name), backend=BACKEND)
    return identified(browser)


@pytest.mark.django_db(transaction=True)
class TestNobodyIsTold:
    def test_no_answer_holds_a_segment(self):
        """Every address, every caller, every language, real data behind: no code, no name."""
        data.load(at=cast.AT)
        examples = walk.everything_in_place()
        told = set(SegmentAssignment.objects.filter(superseded=False).values_list("segment", flat=True))
        assert {"changing", "supported"} <= told
        shown, leaked, callers = set(), {}, (machines(), browsers())
        for route, address in (*every_address(examples), *walk.particular()):
            for who, answer in every_answer(callers, route, address):
                assert answer.status_code < 500, (who, address)
                seen = walk.leaks(content(answer), answer.get("Content-Type", ""))
                if seen and route not in TOLD_TO_ALL:
                    leaked[who, address] = seen
                if answer.status_code < 300:
                    shown.add(route)
        assert leaked == {}
        assert not unseen(shown), "\n".join(sorted(unseen(shown)))

    def test_the_walk_would_notice(self):
        """The agency's own feed, walked the same way, is full of it."""
        data.load(at=cast.AT)
        walk.everything_in_place()
        until_shown(SegmentAssignment)
        feed = Machine("sandbox-agency").get("customers/feedback")
        assert {"changing", "supported"} <= walk.leaks(feed.content, feed["Content-Type"])
        assert walk.leaks(b"<p>muuttuva arki</p>", "text/html") == {"Muuttuva arki"}


def test_no_guidance_names_a_segment():
    for file in (ROOT / "employers/guidance/topics").glob("*.toml"):
        assert walk.leaks(file.read_bytes(), "text/plain") == set(), file


# The one exception: shares that the agency publishes, of at least a thousand persons, the same for everyone.
TOLD_TO_ALL = {"api/v1/benchmarks"}

# Shown to nobody here: the agency's own, what moves the sandbox, and what only redirects.
NOT_SHOWN = {
    "api/v1/customers/feedback", "api/v1/agency/openapi.json", "api/v1/sandbox/reset", "api/v1/sandbox/clock",
    "", "language/setlang/", "readyz", "fi/estimate/result/",
}  # fmt: skip
ACTIONS = (
    "/apply/", "/delete/", "/cancel/", "/remove/", "/notifications/calendar/", "sign-out", "/helped/", "/copy/",
    "/take-back/", "/correct/", "/new/<slug:how>/", "/send/", "/size/",
    "sign-in/begin", "sign-in/back", "suomi-fi/", "suomi-fi/return", "suomi-fi/leave", "portal-jwks.json",
)  # fmt: skip  # POST alone, or a step on the way to another host
ONLY_POSTED = (
    "/secret",
    "/test",
    "/replay",
    "oauth/token",
    "/answers",
    "/withdrawal",
    "/pay-reports",
    "/submission",
    "/bank-account",
)


def unseen(shown):
    with override("fi"):
        routes = list(walk.routes())
    return {
        route
        for route in routes
        if route not in shown and route not in NOT_SHOWN and not route.endswith(ACTIONS + ONLY_POSTED)
    }


def every_address(examples):
    with override("fi"):  # addresses begin with the language that is active
        routes = list(walk.routes())
    for route in routes:
        for address in walk.addresses(route, examples):
            yield route, address


def every_answer(callers, route, address):
    machines, browsers = callers
    if address.startswith("/api/v1/"):
        yield from calls(machines, route, address.removeprefix("/api/v1/"))
    else:
        yield from pages(browsers, address)


def machines():
    """One asks in each language: the names looked for are those of all three, whatever was asked in."""
    clients = ("sandbox-payroll", "sandbox-large", "sandbox-other")
    return {(who, said): Machine(who, language=said) for who, said in zip(clients, LANGUAGES, strict=True)}


def browsers():
    return {(name, said): signed_in(name) for name, said in zip(("Aino", "Bo", "Cecilia"), LANGUAGES, strict=True)}


def calls(machines, route, call):
    for who, machine in machines.items():
        yield who, machine.get(call)
        if route == "api/v1/batches":
            yield who, machine.post(call, walk.LINES, key=walk.fresh_key(), kind="application/x-ndjson")
        if route in walk.POSTED:
            yield who, machine.post(call, walk.POSTED[route], key=walk.fresh_key())
        if route in walk.TAKEN_BACK:
            yield who, machine.delete(call)
            walk.opened_again()
    yield "anybody", anybody().get(f"/api/v1/{call}")


def pages(browsers, address):
    for (name, language), browser in browsers.items():
        yield (name, language), browser.get(in_language(address, language))
        if address.endswith("/estimate/sickness-allowance/"):
            yield (name, language), browser.post(in_language(address, language), walk.ASKED)
        if address.endswith("/set-aside/"):
            yield (name, language), browser.post(in_language(address, language), walk.picked())
    yield "anybody", anybody().get(address)


def in_language(address, language):
    """Addresses of pages are listed in the language that is active."""
    return address.replace("/fi/", f"/{language}/", 1) if address.startswith("/fi/") else address


def content(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content
