"""The public estimate: nobody is signed in, no personal data is asked, nothing is stored but in the session."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from employers.applications.assess import Assessment, assess
from employers.applications.views import shown
from employers.applications.views.guide import topics_beside
from employers.benefits.problems import Problem, errors
from employers.intake.forms.base import Body
from employers.intake.forms.estimate import EstimateForm
from employers.intake.serializers import Unreadable, read_estimate
from employers.organisations import rights
from employers.organisations.access import employers_of_user
from employers.organisations.views import signed_in, user_of
from employers.records import clock

BENEFIT = "sickness_allowance"
ASKED = "estimate"  # session key: what was asked, in the shape of an estimate's body


@require_http_methods(["GET", "HEAD", "POST"])
def estimate(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        body = form.body(benefit=BENEFIT)
        _assessment, problems = judged(body)
        form.take(errors(problems))
        if form.is_valid():
            request.session[ASKED] = body
            return redirect("estimate-result")
    context = {"form": form, "errors": form.found_wrong(), "topics": topics_beside("estimate", benefit=BENEFIT)}
    return render(request, "employers/applications/estimate.html", context)


@require_GET
def result(request: HttpRequest) -> HttpResponse:
    body = request.session.get(ASKED)
    if not body:
        return redirect("estimate")
    assessment, problems = judged(body)
    if assessment is None or assessment.estimate is None:
        return redirect("estimate")
    return render(request, "employers/applications/estimate_result.html", _result(body, assessment, problems))


@require_GET
@signed_in
def apply_new(request: HttpRequest) -> HttpResponse:
    """For whom to apply with what was estimated."""
    found = employers_of_user(user_of(request), on=clock.today(), right=rights.APPLY).order_by("name")
    context = {"found": list(found), "benefit": BENEFIT, "kept": ASKED in request.session}
    return render(request, "employers/applications/apply_new.html", context)


def judged(body: Body) -> tuple[Assessment | None, list[Problem]]:
    try:
        claim, income = read_estimate(body, allow_temporary=False)
    except Unreadable as unreadable:
        return None, unreadable.problems
    assessment = assess(claim, on=clock.today(), organisation=None, income=income, filing=False)
    return assessment, assessment.problems


def _form(request: HttpRequest) -> EstimateForm:
    if request.method == "POST":
        return EstimateForm(request.POST)
    return EstimateForm(initial=EstimateForm.initial_from(request.session.get(ASKED, {})))


def _result(body: Body, assessment: Assessment, problems: list[Problem]) -> dict[str, Any]:
    assert assessment.estimate is not None
    on = clock.today()
    return {
        "absence": body["absence"],
        "estimate": shown.estimate(assessment.estimate.as_dict(), on=on),
        "warnings": shown.sentences(problem for problem in problems if problem.code != shown.ASKS_FOR_INCOME),
        "topics": topics_beside("estimate", benefit=BENEFIT, codes=[problem.code for problem in problems]),
    }
