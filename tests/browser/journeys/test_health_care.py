"""Occupational health care: one fills it in and may not send it, another looks at it and sends it."""

from playwright.sync_api import expect

from employers.applications.models import Application
from employers.intake.forms.pages import pages_of
from tests.browser.benefits import example
from tests.browser.journeys.visitor import FINNISH_FIRST, MARKS
from tests.browser.journeys.visitor import visit as visit
from tests.pages import UNASKED, typed

pytestmark = MARKS
HEALTH = "occupational_health_reimbursement"


@FINNISH_FIRST
def test_filled_in_by_one_and_sent_by_another(visit, language: str) -> None:
    ilona = visit(language, java_script_enabled=False).at_the_bakery("Ilona")
    expect(ilona.page.locator("input[name='benefit']"), "nothing but health care is theirs").to_have_count(1)
    ilona.begin(HEALTH)
    for shape in pages_of(HEALTH).values():
        ilona.answer(UNASKED | typed(shape.from_body(example(HEALTH))))
    ilona.sees("Check your answers", "You have no right to send it")
    assert "Jonas Exempel" in ilona.text
    ilona.press("Mark as ready to be sent").sees("ready to be sent")
    assert not Application.objects.exists()
    jonas = visit(language).at_the_bakery("Jonas").sees("ready to be sent")
    jonas.go("main a[href$='/check/']").press("Send the application").sees("Your application has been sent")
    assert Application.objects.get().reference in jonas.text
