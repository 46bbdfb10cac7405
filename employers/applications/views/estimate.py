"""The public estimate: nobody is signed in, no personal data is asked, nothing is stored but in the session."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from employers.applications.assess import Assessment, assess
from employers.applications.views import shown
from employers.applications.views.choice import benefit_of, groups, slug_of
from employers.applications.views.guide import topics_beside
from employers.benefits.problems import Problem, errors
from employers.intake.forms.base import Body
from employers.intake.forms.estimate import EstimateForm, estimate_form
from employers.intake.serializers import Unreadable, read_estimate
from employers.intake.words import benefit_name
from employers.organisations import rights
from employers.organisations.access import employers_with_any
from employers.organisations.views.doors import signed_in, user_of
from employers.records import clock

ASKED = "estimate"  # session key: what was asked, in the shape of an estimate's body
KEPT = ("absence", "pay_periods", "details")  # how much is paid is asked anew: the estimate only assumed it


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    context = {"groups": groups(), "topics": topics_beside("start")}
    return render(request, "employers/applications/estimate_choice.html", context)


@require_GET
def special_care(request: HttpRequest) -> HttpResponse:
    """The one allowance that no employer can apply for."""
    return render(request, "employers/applications/special_care.html")


@require_http_methods(["GET", "HEAD", "POST"])
def estimate(request: HttpRequest, benefit: str) -> HttpResponse:
    code = benefit_of(benefit)
    form = _form(request, code)
    again = form.after_a_button() if request.method == "POST" else None
    if request.method == "POST" and not again and form.is_valid():
        body = form.body(benefit=code)
        _assessment, problems = judged(body)
        form.take(errors(problems))
        if form.is_valid():
            request.session[ASKED] = body
            return redirect("estimate-result", benefit=benefit)
    return render(request, "employers/applications/estimate.html", _questions(code, again or form))


@require_GET
def result(request: HttpRequest, benefit: str) -> HttpResponse:
    code, body = benefit_of(benefit), request.session.get(ASKED) or {}
    assessment, problems = judged(body) if body.get("benefit") == code else (None, [])
    if assessment is None or assessment.estimate is None:
        return redirect("estimate-of", benefit=benefit)
    return render(request, "employers/applications/estimate_result.html", _result(body, assessment, problems))


@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """Where the result stood when there was one benefit: whatever was asked last."""
    code = (request.session.get(ASKED) or {}).get("benefit")
    return redirect("estimate-result", benefit=slug_of(code)) if code else redirect("estimate")


@require_GET
@signed_in
def apply_new(request: HttpRequest) -> HttpResponse:
    """For whom to apply with what was estimated; without an estimate an employer's page tells what there is."""
    code = (request.session.get(ASKED) or {}).get("benefit")
    if not code:
        return redirect("employers")
    found = employers_with_any(user_of(request), on=clock.today(), needed=rights.to_prepare(code)).order_by("name")
    context = {"found": list(found), "code": code, "slug": slug_of(code), "benefit": benefit_name(code)}
    return render(request, "employers/applications/apply_new.html", context)


def kept_for(request: HttpRequest, benefit: str) -> Body:
    """What a draft begins with when this benefit was estimated last. It is taken once."""
    asked = request.session.pop(ASKED, {})
    if asked.get("benefit") != benefit:
        return {}
    body = {name: asked[name] for name in KEPT if name in asked}
    return {"body": body, "annual_income": asked.get("annual_income")}


def judged(body: Body) -> tuple[Assessment | None, list[Problem]]:
    try:
        claim, income = read_estimate(body, allow_temporary=False)
    except Unreadable as unreadable:
        return None, unreadable.problems
    assessment = assess(claim, on=clock.today(), organisation=None, income=income, filing=False)
    return assessment, assessment.problems


def _form(request: HttpRequest, code: str) -> EstimateForm:
    shape, asked = estimate_form(code), request.session.get(ASKED) or {}
    if request.method == "POST":
        return shape(request.POST)
    return shape.from_body(asked if asked.get("benefit") == code else {})  # type: ignore[return-value]


def _questions(code: str, form: Any) -> dict[str, Any]:
    return {
        "form": form,
        "errors": form.found_wrong(),
        "benefit": benefit_name(code),
        "topics": topics_beside("estimate", benefit=code, codes=form.codes()),
    }


def _result(body: Body, assessment: Assessment, problems: list[Problem]) -> dict[str, Any]:
    """Only what the form asked is warned about; the rest is asked when one applies."""
    assert assessment.estimate is not None
    code, form = body["benefit"], estimate_form(body["benefit"]).from_body(body)
    told = [problem for problem in problems if not problem.field or form.knows(problem.field)]
    return {
        "benefit": benefit_name(code),
        "slug": slug_of(code),
        "absence": body.get("absence"),
        "asks_income": "annual_income" in form.fields,
        "estimate": shown.estimate(assessment.estimate.as_dict(), on=clock.today()),
        "warnings": shown.sentences(problem for problem in told if problem.code != shown.ASKS_FOR_INCOME),
        "topics": topics_beside("estimate", benefit=code, codes=[problem.code for problem in told]),
    }
