"""A draft looked at: which page comes next, what the rules say of it so far, what it would give."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from employers.applications.assess import Assessment, assess
from employers.applications.models import LIVE, Application, Draft
from employers.applications.queries import own_wages
from employers.applications.views import shown
from employers.applications.views.doors import allow_temporary
from employers.benefits import rules
from employers.benefits.claim import Income
from employers.benefits.problems import Problem
from employers.intake.forms.base import Body, Step
from employers.intake.forms.pages import pages_of
from employers.intake.forms.steps import EarlierStep
from employers.intake.serializers import Unreadable, read_claim, read_estimate
from employers.people.queries import known_person

MOST_EARLIER = 5


def form_for(step: str, draft: Draft, *, data: Any = None) -> Step:
    shape, body = pages_of(draft.benefit)[step], content(draft)["body"]
    options: Body = {"earlier": earlier_choices(draft)} if issubclass(shape, EarlierStep) else {}
    if data is not None:
        return shape(data, **options)
    return shape.from_body({**body, "annual_income": draft.content.get("annual_income")}, **options)


def content(draft: Draft) -> Body:
    return {"body": {}, "done": [], "annual_income": None, **draft.content}


def with_answers(kept: Body, step: str, form: Step) -> Body:
    """The draft's content with the answers of one page in it."""
    body = form.into(kept.get("body", {}))
    return {**kept, "body": body, "done": list(dict.fromkeys([*kept.get("done", []), step])), **form.extra()}


def order(benefit: str) -> list[str]:
    """The pages of the way, without the last one where the answers are checked."""
    return list(pages_of(benefit))


def next_step(benefit: str, step: str) -> str:
    """The page after this one; after the last one, `check`."""
    way = [*order(benefit), "check"]
    return way[way.index(step) + 1]


def step_before(benefit: str, step: str) -> str | None:
    way = [*order(benefit), "check"]
    place = way.index(step)
    return way[place - 1] if place else None


def states(benefit: str, step: str) -> list[str]:
    """A class for each page of the way: behind, here, ahead."""
    way = [*order(benefit), "check"]
    here = way.index(step)
    return ["is-done" if place < here else "is-here" if place == here else "" for place in range(len(way))]


def first_open(draft: Draft) -> str:
    return next(iter(unanswered(draft)), "check")


def section_name(benefit: str, step: str) -> str:
    return str(pages_of(benefit)[step].section)


def place_of(benefit: str, path: str) -> str:
    """The page that asks about this path; the last one for what none asks."""
    pages = pages_of(benefit)
    return next((step for step, shape in pages.items() if shape().knows(path)), order(benefit)[-1])


def assessed(draft: Draft, *, on: date) -> tuple[Assessment | None, list[Problem]]:
    """What the rules say of the answers so far, and what they would give."""
    kept = content(draft)
    about = {"employer": draft.organisation.business_id, "benefit": draft.benefit}
    assumed = {"pay_basis": "full"} if "pay" in pages_of(draft.benefit) else {}
    try:
        claim, typed = read_estimate(
            {**assumed, **kept["body"], **about, "annual_income": kept["annual_income"]},
            allow_temporary=allow_temporary(),
        )
    except Unreadable as unreadable:
        return None, unreadable.problems
    income = typed if typed != Income() else own_wages(claim, organisation=draft.organisation)
    assessment = assess(claim, on=on, organisation=draft.organisation, income=income, filing=False)
    filed = assess(claim, on=on, organisation=draft.organisation, income=income, filing=True)
    return assessment, [*assessment.errors, *_only_when_filed(filed, assessment), *filed.warnings]


def _only_when_filed(filed: Assessment, estimated: Assessment) -> list[Problem]:
    """Errors of an application that no estimate has. What is not said yet is asked by its own page."""
    return [one for one in filed.errors if one not in estimated.errors and one.code != "required"]


def readable(draft: Draft, *, reference: str) -> Any:
    """The claim as it will be sent. Raises Unreadable."""
    body = {**content(draft)["body"], "employer": draft.organisation.business_id, "benefit": draft.benefit}
    return read_claim({**body, "reference": reference}, allow_temporary=allow_temporary())


def beside(draft: Draft, *, on: date, without: Collection[str] = ()) -> Body:
    """The estimate and the warnings beside a question, once days and pay are known. `without`: problem codes."""
    body = content(draft)["body"]
    if not body.get("absence") and not body.get("details"):
        return {}
    assessment, found = assessed(draft, on=on)
    problems = [problem for problem in found if problem.code not in without and _was_asked(draft, problem)]
    warnings = [
        problem for problem in problems if problem.severity == "warning" and problem.code != shown.ASKS_FOR_INCOME
    ]
    paid = body.get("pay_periods") or "pay" not in pages_of(draft.benefit)
    estimate = assessment.estimate if assessment and paid else None
    return {
        "estimate": shown.estimate(estimate.as_dict(), on=on) if estimate else None,
        "warnings": shown.sentences(warnings),
        "codes": [problem.code for problem in problems],
    }


def earlier_applications(draft: Draft) -> list[Application]:
    """The same employer's latest about the same person: those an absence can continue."""
    employee = content(draft)["body"].get("employee") or {}
    person = known_person(employee.get("personal_identity_code") or "")
    if person is None:
        return []
    found = Application.objects.filter(
        LIVE,
        organisation=draft.organisation,
        person=person,
        benefit__in=_family(draft.benefit),
        absence_end__isnull=False,
    )
    return list(found.order_by("-absence_end")[:MOST_EARLIER])


def _family(benefit: str) -> list[str]:
    """Benefits that go on from each other: those paid by the day of one group."""
    groups = {code: getattr(declared, "terms", None) for code, declared in rules.BENEFITS.items()}
    own = groups[benefit]
    return [code for code, terms in groups.items() if own and terms and terms.group == own.group]


def _was_asked(draft: Draft, problem: Problem) -> bool:
    """Nobody is warned about a page that is still to come."""
    return not problem.field or place_of(draft.benefit, problem.field) in content(draft)["done"]


def earlier_choices(draft: Draft) -> list[tuple[str, str]]:
    found = earlier_applications(draft)
    return [(str(one.pk), _("Yes, %(absence)s") % {"absence": earlier_words(one)}) for one in found]


def earlier_words(application: Application) -> str:
    start, end = application.absence_start, application.absence_end
    if start is None or end is None:
        return application.reference
    days = {"start": _written(start), "end": _written(end)}
    return _("the absence of %(start)s–%(end)s (%(reference)s)") % {**days, "reference": application.reference}


def chosen_words(draft: Draft) -> str:
    chosen = content(draft)["body"].get("continues_application")
    offered = earlier_applications(draft) if chosen else []
    return next((earlier_words(one) for one in offered if str(one.pk) == chosen), "")


def _written(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def unanswered(draft: Draft) -> Iterable[str]:
    done = content(draft)["done"]
    return [step for step in order(draft.benefit) if step not in done]
