"""Benefits of every shape, from the employer's page to the receipt, and an estimate from the choice to its sum."""

from dataclasses import replace

import pytest

from employers.applications.models import Application
from employers.benefits.claim import from_json
from employers.intake.serializers import read_claim
from tests.browser.benefits import answer, come_in, example, to_receipt_of
from tests.browser.journey import SAVE, go

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("sandbox", "guidance", "april"),
]


@pytest.mark.parametrize(
    ("benefit", "language", "pages"),
    [
        ("parental_allowance", "fi", 9),
        ("family_leave_compensation", "sv", 8),
        ("annual_leave_compensation", "fi", 6),
        ("occupational_health_reimbursement", "sv", 9),
    ],
)
def test_applied_for_without_javascript(live_server, open_page, benefit: str, language: str, pages: int) -> None:
    page, base = open_page(java_script_enabled=False), f"{live_server.url}/{language}"
    come_in(page, base)
    seen = []
    for name in to_receipt_of(page, base, benefit):
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("h1").count() == 1
        assert page.locator(".error-summary").count() == 0
        seen.append(name)
    assert len(seen) == pages
    application = Application.objects.get()
    assert application.reference in page.inner_text("main")
    said, expected = from_json(application.versions.get().content), read_claim(example(benefit), allow_temporary=True)
    assert replace(said, reference="", certificate=None) == replace(expected, reference="", certificate=None)


@pytest.mark.parametrize(
    ("language", "slug", "answers", "told"),
    [
        ("fi", "infectious-disease-allowance", {"details.monthly_pay": "3000"}, "3\u00a0600,00\u00a0€"),
        ("sv", "donor-allowance", {"details.earnings_lost": "1200"}, "1\u00a0200,00\u00a0€"),
    ],
)
def test_estimated_from_the_choice_to_the_sum(
    live_server, open_page, language: str, slug: str, answers: dict, told: str
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{live_server.url}/{language}/estimate/")
    go(page, f"main a[href$='/estimate/{slug}/']")
    days = {"absence.start": "2.3.2026", "absence.end": "10.4.2026", "pay": "3600"}
    for path, value in (days | answers).items():
        answer(page, path, value)
    go(page, SAVE)
    assert told in page.inner_text(".big")
