"""Ask about this: the adviser answers in the admin, the employer reads the answer in the thread."""

from employers.applications.models_threads import Thread
from tests.browser.journeys.visitor import EMPLOYEE, FINNISH_FIRST, MARKS
from tests.browser.journeys.visitor import visit as visit

pytestmark = MARKS


@FINNISH_FIRST
def test_asked_beside_a_question_answered_by_an_adviser_read_by_the_employer(visit, language: str) -> None:
    aino = visit(language).at_the_bakery().begin().answer(EMPLOYEE).follow("Ask about this")
    aino.press("Send the question")
    assert aino.told_at("text")
    aino.answer({"text": "KP 12?", "share": ["yes"]}).sees("Your question was sent. The answer comes here.")
    adviser = visit(language).sign_in_as_official()
    adviser.page.goto(f"{adviser.base}/admin/employers/thread/")
    adviser.go("#result_list tbody th a")
    shown = adviser.page.inner_text("body")
    assert "KP 12?" in shown
    assert "Maija" in shown
    assert "010190-9123" not in shown
    adviser.page.fill("[name='text']", "KP 13.")
    adviser.go("form[action$='/answer/'] input.default")
    thread = Thread.objects.get()
    assert thread.waits_since is None
    aino.go(".employer-nav a[href$='/messages/']").go(f"main a[href$='/messages/{thread.pk}/']")
    aino.sees("Adviser", "Sickness allowance")
    assert "KP 13." in aino.text
    aino.answer({"text": "KP 14."}).sees("Your message was sent. The answer comes here.")
    assert thread.messages.count() == 3
