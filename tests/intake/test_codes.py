"""Every code has a severity, words, a page with cause, fix and example in three languages, and a true example."""

import ast
import copy
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from employers.benefits.provisions import PROVISIONS
from employers.intake import causes, codes, documents, example_lines, examples, sentences, telling
from employers.records import events
from tests.intake.thirteen import example
from tests.machine import Machine

ROOT = Path(__file__).parents[2]
CODES, DOCUMENTS = set(codes.every_code()), set(documents.TITLES)
SAID_BY = {"Refusal": 1, "invalid_at": 1, "Problem": 1, "problem": 1, "say": 2, "slip": 1}  # the place of the code
KEBAB = re.compile(r"[a-z]+(-[a-z]+)*")


def calls_of(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = SAID_BY.get(name, 99)
            if len(node.args) > place:
                yield name, node.args[place]


def said_in_the_source() -> set[tuple[str, str]]:
    """By whom and what: of a choice between codes all of them."""
    found = set()
    for app in ("employers", "customers", "portal"):
        for path in set((ROOT / app).rglob("*.py")) - set((ROOT / "portal/conformance").rglob("*.py")):  # a client
            for name, argument in calls_of(ast.parse(path.read_text())):
                choice = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
                found |= {(name, one.value) for one in choice if isinstance(one, ast.Constant)}
    return found


class TestEveryCode:
    def test_that_the_source_says_is_known(self):
        said = said_in_the_source()
        refusals = {code for name, code in said if name == "Refusal"}
        problems = {code for name, code in said if name != "Refusal" and code}
        assert len(refusals) > 20
        assert len(problems) > 60
        assert refusals - DOCUMENTS == set()
        assert problems - CODES == set()

    def test_has_words_a_cause_and_an_example(self):
        assert set(sentences.SENTENCES) == set(causes.CAUSES) == CODES
        assert set(documents.TITLES) == set(documents.ADVICE) == set(causes.WHY) == DOCUMENTS
        assert set(examples.OF_CLAIMS) | set(example_lines.OF_ERRORS) == CODES
        assert set(examples.OF_CLAIMS) & set(example_lines.OF_ERRORS) == set()
        assert set(example_lines.OF_DOCUMENTS) == DOCUMENTS

    def test_has_a_severity_and_a_stable_form(self):
        assert set(codes.every_code().values()) == {"error", "warning"}
        assert [code for code in CODES if not code.replace("_", "a").isalnum() or code != code.lower()] == []
        assert [code for code in DOCUMENTS if not KEBAB.fullmatch(code)] == []

    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    def test_has_a_page_that_says_cause_fix_and_example(self, language):
        for code in (*sorted(DOCUMENTS), *sorted(CODES)):
            answer = Client().get(f"/api/v1/problems/{code}", headers={"Accept-Language": language})
            with translation.override(language):
                page = telling.page(code)
                assert page is not None
            text = answer.content.decode()
            assert (answer.status_code, answer.headers["Content-Language"]) == (200, language), code
            assert page.cause
            assert page.fix
            assert text.count("<pre") >= 2, code
            assert "%" not in page.cause + page.fix.replace(" %", ""), code

    def test_has_its_rule_from_the_sources_of_the_law(self):
        assert set(PROVISIONS) <= CODES
        known = sources()
        for code, rule in PROVISIONS.items():
            places = re.findall(r"\d+:\d+|\d+ a? ?§", rule)
            assert [place for place in places if place.split("-")[0] not in known] == [], code


def sources() -> str:
    """What the parameters and the modules of the rules name as theirs, with spans written out."""
    law = ROOT / "employers/benefits"
    told = [path.read_text() for path in (*law.rglob("*.toml"), *law.glob("*.py")) if path.stem != "provisions"]
    return "\n".join(told)


class TestThePage:
    def test_has_a_switch_of_its_own_for_the_language(self):
        swedish = Client().get("/api/v1/problems/late?language=sv", headers={"Accept-Language": "en"})
        assert swedish.headers["Content-Language"] == "sv"
        assert '<html lang="sv">' in swedish.content.decode()
        for language in ("fi", "sv", "en"):
            assert f'href="/api/v1/problems/late?language={language}"' in swedish.content.decode()

    def test_does_not_take_another_language(self):
        answer = Client().get("/api/v1/problems/late?language=de", headers={"Accept-Language": "en"})
        assert (answer.status_code, answer.headers["Content-Language"]) == (200, "en")

    def test_shows_what_is_sent_what_is_answered_and_what_is_right(self):
        with translation.override("en"):
            page = telling.page("before_start")
        assert page is not None
        assert '"end": "2026-02-10"' in page.wrong
        assert '"pointer": "/absence/end"' in page.answer
        assert '"end": "2026-04-10"' in page.right


def changed(body: dict, members: examples.Members) -> dict:
    body = copy.deepcopy(body)
    for path, value in members.items():
        *above, last = path.split(".")
        place = body
        for name in above:
            place = place[int(name)] if isinstance(place, list) else place[name]
        if value is examples.LEFT_OUT:
            place.pop(last, None)
        else:
            place[int(last) if isinstance(place, list) else last] = value
    return body


@pytest.mark.usefixtures("sandbox")
class TestEveryExampleIsTrue:
    def test_it_leads_to_the_code_at_the_place_and_is_in_order_without(self):
        """All are sent: what is shown as wrong is answered with the code, and what is shown as right without it."""
        machine, untrue = Machine("sandbox-bench"), []
        for code, shown in examples.OF_CLAIMS.items():
            wrong, right = (
                {(one["pointer"], one["code"]): one for one in told(machine, shown.benefit, members)}
                for members in (shown.wrong, shown.right)
            )
            found = wrong.get((shown.pointer, code))
            if found is None or found["severity"] != codes.every_code()[code] or code in {one for _, one in right}:
                untrue.append((code, list(wrong), list(right)))
            assert found is None or (found["rule"], found["help"]) == (
                PROVISIONS.get(code),
                f"/api/v1/problems/{code}",
            )
        assert untrue == []


def told(machine: Machine, benefit: str, members: examples.Members) -> list[dict]:
    answer = machine.post("applications/validate", changed(example(benefit), members)).json()
    return answer.get("errors") or answer.get("problems") or []


@pytest.mark.usefixtures("sandbox")
class TestTheList:
    def test_tells_severity_rule_and_page_of_each(self):
        found = Client().get("/api/v1/codes").json()
        problems = {one["code"]: one for one in found["problems"]}
        assert set(problems) == CODES
        assert problems["late"]["rule"] == PROVISIONS["late"]
        assert problems["date_invalid"]["rule"] is None
        assert problems["late"]["type"] == "/api/v1/problems/late"
        assert {one["type"] for one in found["documents"]} == {f"/api/v1/problems/{code}" for code in DOCUMENTS}

    def test_tells_events_reasons_sectors_and_the_rights_of_health_care(self):
        found = Client().get("/api/v1/codes").json()
        assert [one["code"] for one in found["events"]] == [*dict.fromkeys(one["code"] for one in found["events"])]
        assert {one["code"] for one in found["events"]} == set(events.PUBLIC)
        reasons = {(one["kind"], one["code"]) for one in found["dismissal_reasons"]}
        assert {("unclaimed", "no_claim_wanted"), ("mismatch", "both_right")} <= reasons
        assert [one["code"] for one in found["sectors"]] == list("ABCDEFGHIJKLMNOPQRSTU")
        calls = {one["call"]: one for one in found["calls"]}
        assert calls["POST /applications"]["occupational_health"] == ["occupational_health_send"]
