"""A draft is resumed elsewhere, by somebody else, after signing out; two at once lose nothing."""

from playwright.sync_api import expect

from employers.applications.models import Application, Draft
from tests.browser.journeys.visitor import ABSENCE, CERTIFICATE, EMPLOYEE, FINNISH_FIRST, MARKS, PAY
from tests.browser.journeys.visitor import visit as visit

pytestmark = MARKS


@FINNISH_FIRST
def test_begun_by_one_and_sent_by_another_elsewhere(visit, language: str) -> None:
    """Aino begins and signs out; Gunilla of the payroll firm goes on at another computer and sends."""
    aino = visit(language).at_the_bakery().begin()
    aino.answer(EMPLOYEE).answer(ABSENCE, save=False)
    aino.page.click("form .actions button")
    aino.press("Sign out").sees("You have signed out")
    gunilla = visit(language, java_script_enabled=False).at_the_bakery("Gunilla")
    gunilla.follow("Go on: %(name)s", name="Maija Mallikas")
    assert gunilla.page.url.endswith("/earlier/"), "where Aino stopped"
    gunilla.answer({"earlier": "no"}).answer(PAY).answer(CERTIFICATE).answer({"payment_specifier": "KP 12"})
    gunilla.sees("Check your answers").press("Send the application").sees("Your application has been sent")
    assert Application.objects.get().reference in gunilla.text
    assert aino.arrive("employers/").page.url.partition("/sign-in")[1], "signed out is out"


@FINNISH_FIRST
def test_two_at_one_page_choose_whose_answers_stay(visit, language: str) -> None:
    aino = visit(language).at_the_bakery().begin().answer(EMPLOYEE)
    gunilla = visit(language).at_the_bakery("Gunilla").follow("Go on: %(name)s", name="Maija Mallikas")
    assert gunilla.page.url == aino.page.url
    aino.answer(ABSENCE)
    gunilla.answer(ABSENCE | {"absence.end": "3.4.2026"})
    gunilla.sees("%(name)s changed this page while you had it open", name="Aino Esimerkki")
    gunilla.sees("Their answers", "Your answers")
    assert "10.4.2026" in gunilla.text
    assert gunilla.page.input_value("[name='absence.end']") == "3.4.2026", "nothing typed is lost"
    gunilla.press("Save my answers")
    assert gunilla.page.url.endswith("/earlier/")
    assert Draft.objects.get().content["body"]["absence"]["end"] == "2026-04-03"
    aino.page.click("a.back")
    assert aino.page.input_value("[name='absence.end']") == "3.4.2026"


@FINNISH_FIRST
def test_a_copy_and_a_draft_thrown_away(visit, language: str) -> None:
    aino = visit(language).at_the_bakery().begin().answer(EMPLOYEE).follow("Go on later")
    cards = aino.page.locator("main li", has=aino.page.locator("a[href$='/delete/']"))
    expect(cards).to_have_count(1)
    cards.locator("form[action$='/copy/'] button").click()
    aino.page.locator(".who-employer a").click()
    expect(cards).to_have_count(2)
    cards.first.locator("a[href$='/delete/']").click()
    aino.page.click("main form .actions button")
    aino.sees("The unfinished application was deleted.")
    expect(cards).to_have_count(1)
