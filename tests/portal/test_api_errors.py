"""Problem documents: one shape for every no, whatever said it, and a page behind every code."""

import io
import logging
import re
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import translation

from employers.benefits.problems import CATALOGUE, Problem
from employers.intake import codes, documents, sentences, words
from employers.organisations import api as organisations
from portal.logs import formatter
from tests.machine import Machine

pytestmark = pytest.mark.usefixtures("sandbox")

CODE = "010190-9123"
MEMBERS = {"type", "code", "title", "detail", "status", "instance", "trace_id", "origin", "errors"}


def is_problem(answer, status: int, code: str) -> bool:
    found = answer.json()
    return (
        answer.headers["Content-Type"] == "application/problem+json"
        and set(found) >= MEMBERS
        and (answer.status_code, found["status"], found["code"]) == (status, status, code)
        and found["type"] == f"/api/v1/problems/{code}"
        and found["instance"] == answer.request["PATH_INFO"]
        and bool(found["trace_id"])
    )


def test_an_address_that_does_not_exist():
    assert is_problem(Machine().get("nothing"), 404, "not-found")
    assert is_problem(Machine().http.get("/api/nothing"), 404, "not-found")


def test_a_page_that_does_not_exist_is_a_page():
    answer = Machine().http.get("/en/nothing/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")


def test_a_method_that_an_address_does_not_know():
    answer = Machine().post("employers", {})
    assert is_problem(answer, 405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"]
    for method in ("put", "patch", "delete"):
        call = getattr(Machine().http, method)
        assert call("/api/v1/applications", headers=Machine().headers()).status_code == 405


def test_an_answer_in_another_format():
    assert is_problem(Machine().get("employers", {"Accept": "text/csv"}), 406, "not-acceptable")


def test_a_database_that_is_away(monkeypatch):
    """Fault 5: 503 with Retry-After, never a 500."""

    def away(self: object, request: object) -> None:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(organisations.Employers, "get", away)
    answer = Machine().get("employers")
    assert is_problem(answer, 503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json()["origin"] == "portal"


def test_what_nobody_foresaw_tells_its_trace_id_and_nothing_else(monkeypatch):
    def broken(self: object, request: object) -> None:
        raise RuntimeError("010190-9123")

    monkeypatch.setattr(organisations.Employers, "get", broken)
    answer = Machine().get("employers")
    assert answer.status_code == 500
    assert list(answer.json()) == ["trace_id"]
    assert b"010190" not in answer.content


def test_the_trace_id_is_the_one_in_the_log(caplog):
    answer = Machine().get("nothing")
    assert answer.json()["trace_id"] in caplog.text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_words_follow_accept_language(language):
    answer = Machine(language=f"{language};q=0.9, de").get("nothing")
    with translation.override(language):
        assert answer.json()["title"] == words.title("not-found")
    assert answer.headers["Content-Language"] == language


def test_every_code_has_a_page():
    http = Machine().http
    for code in (*documents.TITLES, *codes.every_code()):
        assert http.get(f"/api/v1/problems/{code}").status_code == 200, code


def test_every_code_has_a_sentence_of_its_own():
    assert set(codes.every_code()) - set(sentences.SENTENCES) == set()
    assert set(sentences.SENTENCES) - set(codes.every_code()) == set()
    assert set(documents.TITLES) == set(documents.ADVICE)
    assert set(CATALOGUE) <= set(codes.every_code())


def test_a_sentence_holds_what_the_problem_knows():
    late = Problem("absence.start", "late", "warning", {"last_day": "2026-05-04"})
    with translation.override("en"):
        assert "4 May 2026" in words.sentence(late)
        assert "200" in words.sentence(Problem("limit", "limit_too_large", "error", {"most": 200}))
        assert "%" not in "".join(words.sentence(Problem("", code)) for code in codes.every_code())


SAID = {
    "documents": re.compile(r'Refusal\(\s*\d+,\s*"([a-z-]+)"'),
    "codes": re.compile(r'(?:invalid_at\(|Problem\(|say\(problems,)\s*[^,()]+,\s*"([a-z_]+)"'),
}


def test_every_code_in_the_source_has_words():
    source = "\n".join(
        path.read_text() for app in ("employers", "customers", "portal") for path in Path(app).rglob("*.py")
    )
    refusals, problems = (set(pattern.findall(source)) for pattern in SAID.values())
    assert len(refusals) > 10
    assert len(problems) > 10
    assert refusals - set(documents.TITLES) == set()
    assert problems - set(codes.every_code()) == set()


def test_a_code_that_does_not_exist_has_no_page():
    assert Machine().http.get("/api/v1/problems/nothing").status_code == 404


def test_a_post_to_the_page_of_a_problem_hears_of_the_method():
    http = Client(enforce_csrf_checks=True)
    assert http.get("/api/v1/problems/late").status_code == 200
    assert http.post("/api/v1/problems/late").status_code == 405


@pytest.mark.parametrize("call", [f"employers/{CODE}", f"applications/by-key/{CODE}-{CODE}", f"nothing/{CODE}"])
def test_an_identity_code_in_an_address_is_repeated_nowhere(call):
    """It should not be there; but a caller's mistake must not spread it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter())
    logging.getLogger().addHandler(handler)
    try:
        answer = Machine().get(f"{call}?employer={CODE}")
        logging.getLogger("anywhere").error("a line with %s", CODE, exc_info=ValueError(CODE))
    finally:
        logging.getLogger().removeHandler(handler)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert CODE not in answer.content.decode()
    assert "a line with" in written.getvalue()
    assert "ValueError" in written.getvalue()
    assert CODE not in written.getvalue()
