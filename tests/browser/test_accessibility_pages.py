"""Every page beside the main journey: against WCAG 2.2 AA by day and night, on a small screen, light to load."""

from collections.abc import Iterator
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from employers.applications import draft as drafts
from employers.applications.models import Application
from employers.benefits.claim import Employee
from tests import cast
from tests.applications import files, findings_there, threads
from tests.browser.benefits import come_in
from tests.browser.journey import to_receipt
from tests.browser.test_accessibility import violations
from tests.notifications import places
from tests.organisations import programs

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("sandbox", "guidance", "april"),
]
EERO = Employee(personal_identity_code="010190-901R", given_name="Eero", family_name="Esimerkki")
LARGEST = 100_000  # bytes of a page with its styles and pictures, before they are packed
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LOADED = """performance.getEntries().filter(one => ["navigation", "resource"].includes(one.entryType))
            .map(one => [one.name, one.decodedBodySize])"""
PUBLIC = (
    "",
    "other-employers/",
    "signed-out",
    "guidance/which-benefit/",
    "guidance/do-i-need-a-mandate/",
    "guidance/is-it-worth-it/",
    "rates/",
)
OF_THE_EMPLOYER = (
    "",
    "applications/",
    "payments/",
    "data/",
    "people/",
    "people/give/person/",
    "machines/",
    "machines/new/",
    "rights-asked/",
    "rights-asked/new/",
    "account/",
    "account/change/",
    "account/agree/decisions/",
    "notifications/",
    "messages/",
    "ask/",
    "upload/",
    "list/",
    "findings/",
    "findings/differences/",
    "findings/aside/",
    "register/",
)


def pages() -> Iterator[str]:
    """With a draft, a message, a document, an account that waits, an absence that goes on after the pay."""
    yield from PUBLIC
    yield from what_was_found()
    made, employer = places.of_routes(), f"employers/{cast.employer().pk}"
    one = cast.sent()
    Application.objects.filter(pk=one.pk).update(pay_ends=one.absence_end)
    thread = threads.answered(threads.asked(one))
    draft, correction = begun(), begun(corrects=one)
    files.checked(draft)
    yield f"messages/{thread.pk}/"
    yield from (f"{employer}/{name}" for name in OF_THE_EMPLOYER)
    yield from (f"{employer}/account/confirm/{made['change']}/", f"{employer}/notifications/{made['address_id']}/")
    kiln = programs.of_routes()
    yield from (f"{employer}/machines/{kiln['machine_id']}/{name}" for name in ("", "secrets/new/", "keys/new/"))
    yield f"{employer}/people/asked/{kiln['asked_id']}/"
    yield from (f"mail/confirm/{made['address_token']}/", f"mail/stop/{made['stop_token']}/")
    yield from (f"applications/{one.pk}/{name}/" for name in ("receipt", "withdraw", "attachments", "pay-end"))
    yield from (f"apply/{draft.pk}/attachments/", f"apply/{draft.pk}/delete/", f"apply/{correction.pk}/correction/")


def what_was_found() -> Iterator[str]:
    """With something on each of the pages that list findings."""
    one = findings_there.finding(1)
    findings_there.finding(40, benefit="family_leave_compensation", deadline=date(2026, 5, 20), estimated_amount=None)
    findings_there.finding(2, status="dismissed", dismissed_because="other", dismissed_at=cast.AT)
    findings_there.difference(cast.sent(reference="differs", employee=EERO))
    yield f"employers/{one.organisation_id}/findings/"
    yield "clients/"


def begun(corrects: Application | None = None) -> drafts.Draft:
    content = {"body": {}, "done": [], "annual_income": None}
    return drafts.begin(
        organisation=cast.employer(),
        user=cast.user("Aino"),
        benefit="sickness_allowance",
        content=content,
        at=cast.AT,
        corrects=corrects,
    )


def wrong(page: Page) -> list[str]:
    found = violations(page) + (["too wide at 1280"] if page.evaluate(TOO_WIDE) else [])
    page.emulate_media(color_scheme="dark")
    axe = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
    found += [f"dark: {node['html']}" for one in axe for node in one["nodes"]]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 568})
    found += ["too wide at 320"] if page.evaluate(TOO_WIDE) else []
    page.set_viewport_size({"width": 1280, "height": 720})
    return found


def heavy(page: Page, base: str) -> list[str]:
    loaded = page.evaluate(LOADED)
    found = [f"from elsewhere: {name}" for name, _size in loaded if not name.startswith((base, "data:"))]
    size = sum(size for _name, size in loaded)
    return found + ([f"{size} bytes"] if size >= LARGEST or not size else [])


def test_every_other_page_reads_well_and_is_light(live_server, open_page) -> None:
    page = open_page(reduced_motion="reduce")  # colours that are on their way are nobody's to judge
    come_in(page, f"{live_server.url}/fi")
    found = {}
    for path in pages():
        answered = page.goto(f"{live_server.url}/fi/{path}")
        assert answered.status == 200, path
        found[path] = heavy(page, live_server.url) + wrong(page)
    assert {path: told for path, told in found.items() if told} == {}
    assert len(found) > 30


def test_a_whole_application_without_javascript(live_server, open_page) -> None:
    page = open_page(java_script_enabled=False)
    assert [*to_receipt(page, live_server.url, "sv")][-1] == "receipt"
    assert Application.objects.count() == 1
