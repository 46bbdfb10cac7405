"""An employer of hundreds: a file looked through in the page, a list filled in row by row, findings claimed at once."""

from datetime import date

from django.db import transaction
from playwright.sync_api import expect

from employers.applications.models import Application
from employers.applications.receive_rows import work_next
from tests import cast
from tests.applications.reports import AINO, EERO, absence, report, reviewed, year_of_wages
from tests.browser.journeys.visitor import MARKS, SWEDISH_FIRST, Visitor
from tests.browser.journeys.visitor import visit as visit
from tests.intake.files import CODES, cells, csv_file

pytestmark = MARKS
HUNDREDS = "9000006-2"  # 400 employees; Elli has every right
OUTSIDE = {"pay_periods.1.end": "2026-04-12"}
COMMON = {"pay_basis": "full", "certificate": "electronic", "insurer_case": "none", "contact.name": "KP"}


def at_hundreds(visitor: Visitor) -> Visitor:
    visitor.sign_in_as("Elli").arrive("employers/")
    return visitor.go(visitor.page.get_by_role("link", name=cast.employer(HUNDREDS).name))


def worked() -> None:
    while work_next(at=cast.AT):
        pass


def send(visitor: Visitor) -> Visitor:
    visitor.go("form[action$='/send/'] button.button")
    expect(visitor.page.locator("form[action$='/send/']")).to_have_count(0)
    worked()
    visitor.page.reload()
    return visitor.sees("What was sent", "All of it has been gone through.")


@SWEDISH_FIRST
def test_a_file_is_looked_through_and_what_is_fine_is_sent(visit, language: str) -> None:
    elli = at_hundreds(visit(language)).follow("Many employees from a file")
    elli.press("Look through the file")
    assert elli.told_at("document")
    rows = cells(1, employer=HUNDREDS), cells(2, employer=HUNDREDS, **OUTSIDE)
    file = {"name": "palkat.csv", "mimeType": "text/csv", "buffer": csv_file(*rows)}
    elli.page.set_input_files("input[type=file]", file)
    elli.press("Look through the file").sees("Look through before you send", "Row by row")
    assert "pay_periods.1.end" in elli.text, "what is wrong stands at its column"
    assert CODES[1] not in elli.text
    assert Application.objects.count() == 0
    with elli.page.expect_download() as downloading:
        elli.link("Rows to be corrected, CSV").click()
    assert downloading.value.path().read_bytes().count(b"pay_periods.1.end") > 1
    send(elli)
    assert Application.objects.get().channel == "batch"
    elli.go("main table a[href*='/applications/']").sees("Where the application stands")


@SWEDISH_FIRST
def test_a_list_is_filled_in_row_by_row(visit, language: str) -> None:
    elli = at_hundreds(visit(language, java_script_enabled=False)).follow("Many employees in a list")
    elli.go("button[name='benefit'][value='sickness_allowance']")
    for number, name in enumerate(("Maija", "Eero")):
        said = {"start": "2.3.2026", "end": "10.4.2026", "amount": "3 600"}
        person = {"code": CODES[number], "given_name": name, "family_name": "Mallikas", "employed_from": "2.5.2019"}
        if number:
            elli.press("Add a row")
        elli.page.locator("fieldset.row").nth(number).locator("details").first.evaluate("one => one.open = true")
        elli.answer({f"rows.{number}.{path}": value for path, value in (said | person).items()}, save=False)
    elli.answer(COMMON | {"rows.1.end": "1.3.2026"}, save=False).press("Check all rows")
    wrong = elli.page.locator("fieldset.row").nth(1)
    expect(wrong.locator(".error, .field-notice").first, "beside what has to be corrected").to_be_visible()
    elli.answer({"rows.1.end": "27.3.2026"}, save=False).press("Check all rows")
    send(elli)
    assert Application.objects.filter(channel="batch").count() == 2


@SWEDISH_FIRST
def test_findings_are_claimed_at_once(visit, language: str) -> None:
    leave = absence(date(2026, 3, 2), date(2026, 3, 27))
    with transaction.atomic():
        told = [
            one
            for code in (AINO, EERO)
            for one in (
                *year_of_wages(code=code, payer=HUNDREDS),
                report(f"march {code}", leave, code=code, payer=HUNDREDS),
            )
        ]
        reviewed(*told, payer=HUNDREDS)
    elli = at_hundreds(visit(language)).go("main a[href$='/findings/']")
    elli.page.locator("[name='chosen']").first.uncheck()
    elli.page.locator("[name='chosen']").first.check()
    for name in ("pay_basis", "certificate", "insurer_case"):
        if elli.page.locator(f"[name='{name}']").count():
            elli.page.check(f"[name='{name}'][value='{COMMON[name]}']")
    elli.press("Claim the chosen").sees("Check what you claim")
    elli.go("button[name='sure']").sees("What was sent")
    assert Application.objects.count() == 2
