"""The documentation of the machine interface, as somebody reads it who has never heard of us."""

import re

import pytest

from employers.intake import catalogue
from portal.docs import OTHERS, resources
from portal.guides import GUIDES
from portal.marks import marked

TOPICS = (*GUIDES, *OTHERS, *resources())
ENGLISH = {"Accept-Language": "en"}


def shown(client, topic="", language="en"):
    answer = client.get(f"/api/docs/{topic}", headers={"Accept-Language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_way_leads_to_every_page_and_call(client):
    page = shown(client)
    assert {f"/api/docs/{topic}" for topic in TOPICS} <= set(re.findall(r'href="([^"#]+)', page))
    for topic, resource in resources().items():
        calls = shown(client, topic)
        for call in resource["calls"]:
            assert f'href="/api/docs/{topic}#{call["id"]}"' in page
            assert f'id="{call["id"]}"' in calls


@pytest.mark.parametrize("topic", ["", *TOPICS])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_page_stands_in_every_language_and_without_scripts(client, topic, language):
    page = shown(client, topic, language)
    assert f'<html lang="{language}">' in page
    assert "<script" not in page
    assert page.count("<h1>") == 1
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("topic", [topic for topic in GUIDES if GUIDES[topic].example])
def test_a_guide_shows_its_programs(client, topic):
    page = shown(client, topic)
    for ending in ("sh", "py", "mjs"):
        assert f"<code>{GUIDES[topic].example}.{ending}</code>" in page
    assert "Idempotency-Key" in page or "/events" in page


def test_calls_named_in_guides_are_there(client):
    """A guide that names a call which does not exist would be worse than none."""
    text = " ".join(str(part) for guide in GUIDES.values() for _, texts in guide.parts for part in texts)
    named = set(re.findall(r"`((?:GET|POST|PUT|PATCH|DELETE) /[^`]+)`", text))
    assert named
    assert named <= {call["name"] for resource in resources().values() for call in resource["calls"]}


def test_codes_named_in_guides_are_there():
    text = " ".join(str(part) for guide in GUIDES.values() for _, texts in guide.parts for part in texts)
    named = set(re.findall(r"`([a-z]+-[a-z-]+)`", text))
    known = {one["code"] for one in catalogue.every_code()["documents"]}
    assert {name for name in named - known if not name.startswith(("sandbox-", "webhook-"))} == set()


def test_every_code_has_a_line_and_a_page(client):
    page = shown(client, "codes")
    known = catalogue.every_code()
    codes = [one["code"] for one in (*known["documents"], *known["problems"])]
    assert [code for code in codes if f'href="/api/v1/problems/{code}"' not in page] == []
    assert client.get(f"/api/v1/problems/{codes[0]}").status_code == 200


def test_the_changelog_has_dates(client):
    page = shown(client, "changes")
    assert re.search(r"<h2>20\d\d-\d\d-\d\d</h2>", page)
    assert re.search(r"<li>[^-]", page), "what stands in a list is shown in one"
    assert ">- " not in page


def test_what_holds_for_every_call_is_a_list(client):
    page = shown(client, "conventions")
    assert "<li><strong>Lists.</strong>" in page
    assert "<code>limit_too_large</code>" in page


def test_a_call_is_told_with_what_it_takes_and_gives(client):
    page = shown(client, "calls-findings")
    for part in ("<code>facts</code>", "<code>deadline_before</code>", "<code>409</code>", "finding-closed"):
        assert part in page
    assert "<code>dry_run</code>" in shown(client, "calls-incomes-register")


def test_a_page_nobody_wrote_is_not_there(client):
    assert client.get("/api/docs/nothing", headers=ENGLISH).status_code == 404
    assert client.post("/api/docs/errors").status_code in (403, 405)


def test_marks_are_shown_and_nothing_else_gets_through():
    assert marked("`GET /x` **now** <b>") == "<code>GET /x</code> <strong>now</strong> &lt;b&gt;"
    assert marked('[It](https://it.test/?"a)') == '<a href="https://it.test/?&quot;a">It</a>'
    assert marked("[It](javascript:alert)") == "[It](javascript:alert)"


def test_a_page_of_a_code_shows_marks_as_the_guides_do(client):
    page = client.get("/api/v1/problems/validation-failed", headers=ENGLISH).content.decode()
    assert "<code>errors</code>" in page
    assert "`" not in page


def test_where_words_are_english_the_page_says_so(client):
    for language, says in (("fi", True), ("sv", True), ("en", False)):
        page = client.get("/api/docs/calls-incomes-register", headers={"accept-language": language}).content.decode()
        assert ('<p class="quiet">' in page) is says


@pytest.mark.parametrize("topic", ["", "limits"])
def test_the_switch_of_languages_switches_and_holds_for_the_next_page(client, topic):
    page = client.get(f"/api/docs/{topic}?language=sv", headers=ENGLISH)
    assert '<html lang="sv">' in page.content.decode()
    assert page.headers["Content-Language"] == "sv"
    assert '<html lang="sv">' in client.get("/api/docs/errors", headers=ENGLISH).content.decode()


def test_a_language_that_we_do_not_speak_changes_nothing(client):
    page = client.get("/api/docs/?language=de", headers=ENGLISH)
    assert '<html lang="en">' in page.content.decode()
    assert not page.cookies
