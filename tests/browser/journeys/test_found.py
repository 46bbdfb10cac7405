"""Whoever acts for several employers: from all that is left unclaimed to one finding, and to its receipt."""

from datetime import date

from django.db import transaction
from playwright.sync_api import expect

from employers.applications.models import Application
from employers.applications.models_register import Finding
from tests import cast
from tests.applications.findings_there import difference, finding
from tests.applications.reports import EERO, absence, report, reviewed, year_of_wages
from tests.browser.journeys.visitor import FINNISH_FIRST, MARKS
from tests.browser.journeys.visitor import visit as visit

pytestmark = MARKS


def found() -> Finding:
    leave = absence(date(2026, 3, 2), date(2026, 3, 27))
    with transaction.atomic():
        reviewed(*year_of_wages(code=EERO), report("march", leave, code=EERO))
    return Finding.objects.get(benefit="sickness_allowance")


@FINNISH_FIRST
def test_from_every_employer_to_the_receipt_of_one_finding(visit, language: str) -> None:
    one = found()
    finding(business_id=cast.CAFE, deadline=date(2026, 6, 1))
    aino = visit(language).sign_in_as("Aino").arrive("employers/")
    aino.follow("See what all of them could still claim").sees("What your employers could still claim")
    expect(aino.page.locator("main .clients a").first, "the least time first").to_have_text(cast.employer().name)
    aino.follow("By name")
    aino.go(aino.page.get_by_role("link", name=cast.employer().name))
    aino.sees("Claim paid absences", "Not applied for")
    aino.go(f"main a[href$='/findings/{one.pk}/']").press("Send as an application")
    aino.sees("Your application has been sent")
    assert Application.objects.get().reference in aino.text
    one.refresh_from_db()
    assert one.status == "covered"


@FINNISH_FIRST
def test_a_difference_is_left_and_taken_back(visit, language: str) -> None:
    one = difference()
    aino = visit(language).at_the_bakery().go("main a[href$='/findings/differences/']")
    aino.press("Leave it as it is").press("Leave it as it is")
    aino.sees("Choose a reason.")
    aino.page.locator(".error-summary a").click()
    assert aino.page.evaluate("document.activeElement.name") == "because", "the summary leads to the first button"
    aino.page.check("[name='because'][value='both_right']")
    aino.press("Leave it as it is").sees("Nothing differs: what you have applied for and what you have reported "
                                         "say the same.")  # fmt: skip
    aino.follow("Set aside").press("Take back")
    one.refresh_from_db()
    assert one.status == "open"
