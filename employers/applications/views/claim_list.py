"""Many applications for one benefit, filled in row by row on one page. What is typed is kept with every button."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from employers.applications import known
from employers.applications import preview as previews
from employers.applications.look import WRONG
from employers.applications.queries import last_before
from employers.applications.views import looked
from employers.applications.views.doors import saw
from employers.applications.views.guide import topics_beside
from employers.benefits.problems import Problem
from employers.intake.forms.base import Body, Step
from employers.intake.forms.sitting import BENEFITS, SittingStep, step_for
from employers.intake.models_previews import Preview
from employers.intake.words import benefit_name
from employers.organisations import rights
from employers.organisations.access import Actor
from employers.organisations.identifiers import masked
from employers.organisations.models import Organisation
from employers.organisations.views.doors import acting_for, user_of
from employers.people.models import Employment
from employers.people.queries import known_person
from employers.records import clock

MOST_PEOPLE = 300


@require_http_methods(["GET", "HEAD", "POST"])
@acting_for(rights.APPLY)
def start(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    """Choose the benefit, or go on with a list that was begun."""
    if request.method == "POST":
        return _begun(request, organisation)
    lists = looked.previews_of(organisation).filter(kind=Preview.Kind.LIST).select_related("user").defer("found")
    context = {
        "organisation": organisation,
        "benefits": [{"code": code, "name": benefit_name(code)} for code in BENEFITS],
        "lists": [{"list": one, "benefit": benefit_name(one.content["benefit"])} for one in lists[:10]],
        "topics": topics_beside("start", organisation=organisation),
    }
    return render(request, "employers/applications/claim_list_start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acting_for(rights.APPLY)
def rows(request: HttpRequest, organisation: Organisation, by: Actor, preview_id: UUID) -> HttpResponse:
    one = looked.one_preview(organisation, preview_id, user=user_of(request))
    if one.kind != Preview.Kind.LIST:
        raise Http404
    if one.status == Preview.Status.SENT:
        return redirect(one)
    people, ids = _people(organisation)
    saw(ids, by=by, purpose="application", action="list")
    shape = step_for(one.content["benefit"])
    if request.method == "POST":
        form = shape(request.POST, people=people)
        answer = _after_a_button(one, form) or _checked(one, form)
        if answer:
            return answer
    else:
        form = _as_typed(shape(one.content["typed"], people=people), add=one.content.get("empty", False))
        _tell_what_was_found(one, form)
    return render(request, "employers/applications/claim_list.html", _context(organisation, one, form, people))


def _begun(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    benefit = request.POST.get("benefit", "")
    if benefit not in BENEFITS:
        raise Http404
    user = user_of(request)
    contact = known.contact(user, organisation) or {}
    typed = {f"contact.{name}": said for name, said in contact.items() if said} | {"insurer_case": "none"}
    content = {"benefit": benefit, "typed": typed, "common": {}, "rows": []}
    one = previews.begin_list(organisation=organisation, user=user, content=content, at=clock.now())
    return redirect("claim-list-rows", organisation_id=organisation.pk, preview_id=one.pk)


def _after_a_button(one: Preview, form: SittingStep) -> HttpResponse | None:
    """A row more or less, or only kept: nothing is judged."""
    changed = form.after_a_button() or (form.as_typed() if "keep" in form.data else None)
    if changed is None:
        return None
    _keep(one, {"typed": _typed(changed), "empty": "add" in form.data})
    return redirect("claim-list-rows", organisation_id=one.organisation_id, preview_id=one.pk)


def _checked(one: Preview, form: SittingStep) -> HttpResponse | None:
    """None where something cannot be read: the page says what. What was typed is kept all the same."""
    typed = _typed(_as_typed(form))
    if not form.is_valid():
        _keep(one, {"typed": typed})
        return None
    benefit = one.content["benefit"]
    said = [_gone_on(row.entry(), benefit=benefit, organisation=one.organisation) for row in form.rows]
    _keep(one, {"typed": typed, "common": {"benefit": benefit, **form.common()}, "rows": said})
    checked = previews.check(preview_id=one.pk, at=clock.now())
    if any(row["status"] == WRONG for row in checked.found):
        return redirect("claim-list-rows", organisation_id=one.organisation_id, preview_id=one.pk)
    return redirect(checked)


def _keep(one: Preview, changes: Body) -> None:
    content = {**one.content, "common": {}, "rows": [], "empty": False, **changes}
    previews.keep_list(preview_id=one.pk, content=content, at=clock.now())


def _as_typed(form: SittingStep, *, add: bool = False) -> SittingStep:
    """As it was filled in, nothing judged. `add`: with an empty row below."""
    again = form.as_typed(add=add)
    assert isinstance(again, SittingStep)
    return again


def _typed(form: Step) -> dict[str, Any]:
    """As a browser would send it again."""
    shown = {path: one[name].value() for path, one, name in form.paths()}
    return {path: "on" if value is True else value for path, value in shown.items() if value not in (None, "", False)}


def _gone_on(said: Body, *, benefit: str, organisation: Organisation) -> Body:
    """The id of the employee's latest application before these days, where the absence goes on."""
    goes_on = said.pop("goes_on", False)
    person = known_person(said["employee"]["personal_identity_code"]) if goes_on else None
    if person is None:
        return said
    first = looked.day(said["absence"]["start"])
    last = last_before(first, benefit=benefit, organisation=organisation, person=person) if first else None
    return {**said, "continues_application": str(last.pk)} if last else said


def _tell_what_was_found(one: Preview, form: SittingStep) -> None:
    """Beside its row, as long as the list is as it was checked."""
    if one.status != Preview.Status.CHECKED:
        return
    for row in one.found:
        kept = [Problem(each["field"], each["code"], each["severity"], each["params"]) for each in row["problems"]]
        form.beside(row["number"] - 1, kept)


def _people(organisation: Organisation) -> tuple[dict[str, Body], list[UUID | None]]:
    """Whom the register knows as employed here, by the words they are chosen by; two of the same words are neither."""
    told = Employment.objects.filter(organisation=organisation, given_name__isnull=False, family_name__isnull=False)
    found: dict[str, Body] = {}
    ids: list[UUID | None] = []
    for one in told.select_related("person").order_by("-id")[:MOST_PEOPLE]:
        code = one.person.identity_code
        days = {"start": one.start and one.start.isoformat(), "end": one.end and one.end.isoformat()}
        employee = {"personal_identity_code": code, "given_name": one.given_name, "family_name": one.family_name}
        words = f"{one.given_name} {one.family_name}, {masked(code)}"
        found[_single(words, found)] = {"employee": employee, "employment": days}
        ids.append(one.person_id)
    return dict(sorted(found.items())), ids


def _single(words: str, taken: dict[str, Body]) -> str:
    number = sum(one == words or one.startswith(f"{words} (") for one in taken)
    return f"{words} ({number + 1})" if number else words


def _context(organisation: Organisation, one: Preview, form: SittingStep, people: dict[str, Body]) -> Body:
    states = [looked.STATES[row["status"]] for row in one.found] if one.status == Preview.Status.CHECKED else []
    codes = [problem["code"] for row in one.found for problem in row["problems"]]
    return {
        "organisation": organisation,
        "preview": one,
        "benefit": benefit_name(one.content["benefit"]),
        "form": form,
        "rows": [
            {"form": row, "number": number + 1, "state": states[number] if number < len(states) else None}
            for number, row in enumerate(form.rows)
        ],
        "errors": form.found_wrong() if form.is_bound else [],
        "totals": looked.totals(one.found),
        "people": people,
        "until": looked.until(one),
        "title": _("Apply for many, row by row"),
        "topics": topics_beside(
            "absence", benefit=one.content["benefit"], organisation=organisation, codes=dict.fromkeys(codes)
        ),
    }
