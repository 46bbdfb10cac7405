"""The sandbox's sign-in: choose who to be. An identification service takes its place elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from employers.intake.words import right_name
from employers.organisations import rights
from employers.organisations.views.sign_in import after_sign_in, remember_next, sign_in
from portal.sandbox import cast


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Who is chosen by place in the cast: an identity code stays out of pages and addresses."""
    if request.method == "POST":
        return _chosen(request)
    remember_next(request)
    return render(request, "portal/sandbox/sign_in.html", {"people": _people()})


def _chosen(request: HttpRequest) -> HttpResponse:
    try:
        person = cast.PEOPLE[int(request.POST.get("person", ""))]
    except (ValueError, IndexError):
        return render(request, "portal/sandbox/sign_in.html", {"people": _people()}, status=400)
    user = sign_in(request, person.identity_code)
    if user is None:
        return render(request, "portal/sandbox/sign_in.html", {"people": _people()}, status=503)
    return after_sign_in(request, user)


def _people() -> list[dict[str, object]]:
    return [
        {"number": number, "name": person.name, "language": person.language, "may": list(_may(person))}
        for number, person in enumerate(cast.PEOPLE)
    ]


def _may(person: cast.Person) -> list[dict[str, object]]:
    """For whom, and what; every right is told as none in particular."""
    names = {item.business_id: item for item in cast.ORGANISATIONS}
    held = dict.fromkeys(person.heads, rights.RIGHTS) | person.mandates
    return [
        {"employer": names[business_id], "rights": [] if set(some) == set(rights.RIGHTS) else map(right_name, some)}
        for business_id, some in held.items()
    ]
