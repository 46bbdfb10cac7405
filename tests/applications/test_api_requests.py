"""Questions, answers, decisions over HTTP."""

from datetime import date, timedelta

import pytest

from employers.applications.ask import ask
from employers.applications.decide import decide
from employers.applications.models import Application, InformationRequest
from employers.benefits.claim import Income
from employers.records import clock
from employers.records.models import ReadLog
from tests.cast import by_official
from tests.machine import KEY, Machine, codes

NOWHERE = "01a2006e-87d8-74b6-aab1-46b3f694a12f"

pytestmark = pytest.mark.usefixtures("sandbox")


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def application(machine) -> Application:
    return Application.objects.get(pk=machine.submit().json()["id"])


@pytest.fixture
def asked(application) -> InformationRequest:
    items = [("pay_detail", "Was the bonus included?"), ("certificate", "")]
    at = clock.now()
    due = clock.day_of(at) + timedelta(days=14)
    return ask(application_id=application.pk, items=items, due=due, by=by_official(), at=at)


def answers(machine: Machine, asked: InformationRequest, content: object, key: str = KEY):
    return machine.post(f"applications/{asked.application_id}/requests/{asked.pk}/answers", content, key=key)


def test_what_is_asked_has_the_standard_words_and_the_officials_own(machine, asked):
    [request] = machine.get(f"applications/{asked.application_id}/requests").json()["items"]
    assert (request["id"], request["due"]) == (str(asked.pk), asked.due.isoformat())
    assert [item["code"] for item in request["items"]] == ["pay_detail", "certificate"]
    assert request["items"][0]["text"].endswith("\nWas the bonus included?")
    assert not any(item["answered"] for item in request["items"])
    assert ReadLog.objects.filter(action="requests", person=asked.application.person_id).count() == 1


def test_the_last_answer_sends_the_application_back(machine, asked):
    first, second = asked.items.all()
    one = answers(machine, asked, {"answers": [{"item": str(first.pk), "text": "Yes."}]})
    assert one.status_code == 201
    assert [item["answered"] for item in one.json()["items"]] == [True, False]
    assert machine.get(f"applications/{asked.application_id}").json()["status"] == "information_requested"
    two = answers(machine, asked, {"answers": [{"item": str(second.pk), "text": "By post."}]}, key=f"{KEY}-2")
    assert two.status_code == 201
    assert ReadLog.objects.filter(action="answer", person=asked.application.person_id).count() == 2
    assert machine.get(f"applications/{asked.application_id}").json()["status"] == "in_handling"


def test_answers_take_effect_once(machine, asked):
    content = {"answers": [{"item": str(item.pk), "text": "Yes."} for item in asked.items.all()]}
    first, again = answers(machine, asked, content), answers(machine, asked, content)
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert answers(machine, asked, content, key="").json()["code"] == "idempotency-key-missing"
    assert codes(answers(machine, asked, content, key=f"{KEY}-3")) == [("/answers/0/item", "already_answered")]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({}, ("/answers", "required")),
        ({"answers": []}, ("/answers", "answers_missing")),
        ({"answers": [{"item": "x", "text": "y"}]}, ("/answers/0/item", "id_invalid")),
        ({"answers": [{"item": NOWHERE, "text": "y"}]}, ("/answers/0/item", "unknown_item")),
        ({"answers": [{"item": NOWHERE}]}, ("/answers/0/text", "required")),
        ({"answers": "yes"}, ("/answers", "invalid_type")),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_taken(machine, asked, content, error):
    answer = answers(machine, asked, content)
    assert (answer.status_code, codes(answer)) == (422, [error])
    assert not asked.items.filter(answered_at__isnull=False).exists()


def test_a_request_of_another_application_is_not_found(machine, asked):
    other = machine.submit(1, employer="9000006-2", reference="other").json()["id"]
    answer = machine.post(f"applications/{other}/requests/{asked.pk}/answers", {}, key=KEY)
    assert answer.status_code == 404


def test_before_the_decision_there_is_none(machine, application):
    answer = machine.get(f"applications/{application.pk}/decision")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-decided")


def test_a_decision_tells_why_it_differs_and_how_to_appeal(machine, application):
    income = Income(after_deduction=40000)
    decide(application_id=application.pk, outcome="granted", reason="", by=by_official(), at=clock.now(), income=income)
    found = machine.get(f"applications/{application.pk}/decision").json()
    assert (found["outcome"], found["amount"]) == ("granted", "1678.54")
    assert found["differences"][-1]["line"] == "to_employer"
    assert all(" " in difference["why"] for difference in found["differences"])
    assert date.fromisoformat(found["appeal"]["until"]) > clock.today()
    assert str(date.fromisoformat(found["appeal"]["until"]).year) in found["appeal"]["text"]
    [payment] = found["payments"]
    assert (payment["amount"], payment["status"]) == ("1678.54", "waiting")
    assert ReadLog.objects.filter(action="decision", person=application.person_id).count() == 1


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_answer_says_something(machine, asked, text):
    """Blanks would close the question, and the official would have nothing."""
    answer = answers(machine, asked, {"answers": [{"item": str(asked.items.all()[0].pk), "text": text}]})
    assert (answer.status_code, codes(answer)) == (422, [("/answers/0/text", "required")])
    assert not asked.items.exclude(answered_at=None).exists()


def test_one_body_answers_a_question_once(machine, asked):
    item = str(asked.items.all()[0].pk)
    answer = answers(machine, asked, {"answers": [{"item": item, "text": "a"}, {"item": item.upper(), "text": "b"}]})
    assert (answer.status_code, codes(answer)) == (422, [("/answers/1/item", "already_answered")])
    assert not asked.items.exclude(answered_at=None).exists()
