"""A draft looked at: which page comes next, what the rules say of it so far, what it would give."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from employers.applications import known
from employers.applications.assess import Assessment, assess
from employers.applications.facts import own_wages
from employers.applications.models import LIVE, Application, Draft
from employers.applications.views import shown
from employers.applications.views.days_alone import days_alone
from employers.applications.views.doors import allow_temporary
from employers.benefits import rules
from employers.benefits.claim import Income
from employers.benefits.problems import Problem
from employers.intake.forms.base import Body, Step
from employers.intake.forms.pages import pages_of
from employers.intake.forms.steps import EarlierStep
from employers.intake.forms.who import EmployeeStep, KnownPerson
from employers.intake.serializers import Unreadable, read_claim, read_estimate
from employers.organisations.identifiers import masked
from employers.organisations.models import Organisation
from employers.people.models import Person
from employers.people.queries import known_person
from employers.records import clock

MOST_EARLIER = 5
CHECK = "check"


def form_for(step: str, draft: Draft, *, data: Any = None) -> Step:
    shape, kept = pages_of(draft.benefit)[step], content(draft)
    options: Body = {}
    if issubclass(shape, EarlierStep):
        options = {"earlier": earlier_choices(draft)}
    elif issubclass(shape, EmployeeStep):
        options = {"people": known_people(draft.organisation)}
    if data is not None:
        return shape(data, **options)
    return shape.from_body(_with_known_days({**kept["body"], "annual_income": kept["annual_income"]}), **options)


def known_people(organisation: Organisation) -> list[KnownPerson]:
    return [
        KnownPerson(id=str(key), words=_person_words(told["employee"], told["employment"]), **told)
        for key, told in known.people(organisation).items()
    ]


def _person_words(employee: Body, employment: Body) -> str:
    """Whom one knows by name; the code only tells two of the same name apart."""
    name = f"{employee['given_name']} {employee['family_name']}, {masked(employee['personal_identity_code'])}"
    if not employment.get("start"):
        return name
    day = _written(date.fromisoformat(employment["start"]))
    return _("%(name)s, employed since %(day)s") % {"name": name, "day": day}


def _with_known_days(body: Body) -> Body:
    """Pay is for the days of the absence, unless somebody says otherwise."""
    days = body.get("absence") or {}
    if body.get("pay_periods") or not (days.get("start") and days.get("end")):
        return body
    return {**body, "pay_periods": [{"start": days["start"], "end": days["end"]}]}


def content(draft: Draft) -> Body:
    return {"body": {}, "done": [], "annual_income": None, **draft.content}


def with_answers(kept: Body, step: str, form: Step) -> Body:
    """The draft's content with the answers of one page in it."""
    body = form.into(kept.get("body", {}))
    return {**kept, "body": body, "done": list(dict.fromkeys([*kept.get("done", []), step])), **form.extra()}


def order(benefit: str) -> list[str]:
    """The pages of the way, without the last one where the answers are checked."""
    return list(pages_of(benefit))


def way(draft: Draft) -> list[str]:
    """The pages that this draft asks: all of them, or those that were not known when it was begun."""
    asked = content(draft).get("way")
    return [step for step in order(draft.benefit) if asked is None or step in asked]


def next_step(draft: Draft, step: str) -> str:
    """The page after this one; after the last one, `check`, and so from a page that was known already."""
    asked = [*way(draft), CHECK]
    return asked[asked.index(step) + 1] if step in asked[:-1] else first_open(draft)


def step_before(draft: Draft, step: str) -> str | None:
    asked = [*way(draft), CHECK]
    place = asked.index(step) if step in asked else len(asked) - 1
    return asked[place - 1] if place else None


def progress(draft: Draft, step: str) -> Body:
    """Where one is on the way, with a class for each page of it: behind, here, ahead; and every page with an answer.

    A page that was known already is none of the way.
    """
    asked, done = [*way(draft), CHECK], content(draft)["done"]
    here = asked.index(step) if step in asked else None
    answered = [{"step": one, "name": section_name(draft.benefit, one)} for one in order(draft.benefit) if one in done]
    return {
        "steps": [_state(at, len(asked) if here is None else here) for at in range(len(asked))],
        "number": None if here is None else here + 1,
        "count": len(asked),
        "answered": answered,
        "step": step,
    }


def _state(place: int, here: int) -> str:
    return "is-done" if place < here else "is-here" if place == here else ""


def first_open(draft: Draft) -> str:
    return next(iter(unanswered(draft)), CHECK)


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
    organisation, old, filing_day = draft.organisation, draft.corrects, filed_on(draft, on=on)
    assessment = assess(claim, on=on, organisation=organisation, income=income, filing=False, replaces=old)
    filed = assess(claim, on=filing_day, organisation=organisation, income=income, filing=True, replaces=old)
    return assessment, [*assessment.errors, *_only_when_filed(filed, assessment), *filed.warnings]


def filed_on(draft: Draft, *, on: date) -> date:
    """What was sent or claimed in the register before is in time or late by the day of that."""
    first = draft.corrects.submitted_at if draft.corrects else draft.told_at
    return min(clock.day_of(first), on) if first else on


def _only_when_filed(filed: Assessment, estimated: Assessment) -> list[Problem]:
    """Errors of an application that no estimate has. What is not said yet is asked by its own page."""
    return [one for one in filed.errors if one not in estimated.errors and one.code != "required"]


def readable(draft: Draft, *, reference: str) -> Any:
    """The claim as it will be sent. Raises Unreadable."""
    body = {**content(draft)["body"], "employer": draft.organisation.business_id, "benefit": draft.benefit}
    return read_claim({**body, "reference": reference}, allow_temporary=allow_temporary())


def beside(draft: Draft, *, on: date, without: Collection[str] = ()) -> Body:
    """The estimate and the warnings beside a question, once days are known. `without`: problem codes.

    Before the pay is known the estimate tells the days alone: waiting period, first payable day, last day to apply.
    """
    body = content(draft)["body"]
    if not body.get("absence") and not body.get("details"):
        return {}
    assessment, found = assessed(draft, on=on)
    problems = [problem for problem in found if problem.code not in without and _was_asked(draft, problem)]
    warnings = [
        problem for problem in problems if problem.severity == "warning" and problem.code != shown.ASKS_FOR_INCOME
    ]
    return {
        "estimate": _estimate(draft, assessment, on=on),
        "warnings": shown.sentences(warnings),
        "warned": warnings,
        "codes": [problem.code for problem in problems],
    }


def _estimate(draft: Draft, assessment: Assessment | None, *, on: date) -> Body | None:
    body = content(draft)["body"]
    estimate = assessment.estimate if assessment else None
    if estimate and (body.get("pay_periods") or "pay" not in pages_of(draft.benefit)):
        return shown.estimate(estimate.as_dict(), on=on)
    return days_alone(draft, body, on=on)


def person_of(draft: Draft) -> Person | None:
    """Whom it is about, where we know that person already."""
    code = (content(draft)["body"].get("employee") or {}).get("personal_identity_code")
    return known_person(code) if code else None


def earlier_applications(draft: Draft) -> list[Application]:
    """The same employer's latest about the same person: those an absence can continue."""
    person = person_of(draft)
    if person is None:
        return []
    found = Application.objects.filter(
        LIVE,
        organisation=draft.organisation,
        person=person,
        benefit__in=_family(draft.benefit),
        absence_end__isnull=False,
    )
    others = found.exclude(pk=draft.corrects_id) if draft.corrects_id else found
    return list(others.order_by("-absence_end")[:MOST_EARLIER])


def can_go_on(application: Application) -> bool:
    """An absence that had an end, of a benefit that asks what it continues."""
    return application.absence_end is not None and "earlier" in pages_of(application.benefit)


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
