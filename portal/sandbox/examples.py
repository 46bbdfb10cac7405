"""An example for every kind of address, from what the demonstration left behind and a little beside it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model, QuerySet

from employers.applications.attach import attach
from employers.applications.draft import begin
from employers.applications.message import About, answer_thread, open_thread
from employers.applications.models import Application, Draft, InformationRequest
from employers.applications.models_register import Finding
from employers.applications.models_threads import Thread
from employers.applications.views.drafted import order
from employers.benefits import rules
from employers.guidance.models import GuidanceTopic
from employers.notifications import letters
from employers.organisations import change_account
from employers.organisations.access import Actor
from employers.organisations.models import Mandate, Organisation, User
from employers.organisations.models_account import AccountChange, Address
from employers.records import clock

BUSINESS_ID = "9000004-6"
IBAN = "FI2112345600000785"
OWN_PAGES = ("", "receipt/", "withdraw/", "pay-report/", "attachments/")


def looking() -> User:
    """Whoever heads the employer."""
    return User.objects.filter(register_roles__organisation__business_id=BUSINESS_ID)[0]


def examples(user: User) -> dict[str, list[str]]:
    """By the variable's name; what the demonstration left nothing of is left out."""
    organisation = _organisation()
    by = Actor(role="employer", user=user, principal=organisation)
    sent = Application.objects.filter(organisation=organisation)
    address, thread = _address(organisation), _thread(organisation, by)
    found: dict[str, list[Any]] = {
        "organisation_id": [organisation.pk],
        "application_id": [_key(sent.filter(decision__isnull=False)) or _key(sent)],
        "request_id": [_key(InformationRequest.objects.filter(application__in=sent))],
        "finding_id": _findings(organisation),
        "right_id": [_key(Mandate.objects.filter(principal=organisation, agent_user__isnull=False))],
        "thread_id": [thread.pk],
        "address_id": [address.pk],
        "address_token": [letters.address_token(address.pk)],
        "stop_token": [letters.stop_token(address.pk, "decision")],
        "change": [change_account.token(_change(organisation, by))],
        "what": ["decisions", "register"],
        "whom": ["person", "firm", "representative"],
        "slug": list(GuidanceTopic.objects.values_list("slug", flat=True)[:1]),
        "benefit": ["sickness-allowance", "occupational-health-reimbursement"],
        "year": [clock.today().year],
    }
    return {name: [str(value) for value in values if value] for name, values in found.items() if any(values)}


def matters() -> Iterator[str]:
    """The pages of an application of every status, of one whose pay ends, and the questions that wait for an answer."""
    sent = Application.objects.filter(organisation__business_id=BUSINESS_ID)
    by_status = sent.order_by("status", "outcome", "-id").distinct("status", "outcome")
    for one in by_status:
        yield from (f"applications/{one.pk}/{page}" for page in OWN_PAGES)
    for one in sent.filter(pay_ends__isnull=False).order_by("-id")[:1]:
        yield from (f"applications/{one.pk}/{page}" for page in ("", "pay-end/"))
    for finding in Finding.objects.filter(application__in=sent, kind="mismatch", status="open")[:1]:
        yield f"applications/{finding.application_id}/"
    asked = InformationRequest.objects.filter(application__in=sent.filter(status="information_requested"))
    yield from (f"applications/{one.application_id}/requests/{one.pk}/" for one in asked[:1])


def drafts(user: User) -> Iterator[str]:
    """Every page of a fresh draft of every benefit; of the first one also its documents."""
    organisation = _organisation()
    for number, benefit in enumerate(rules.BENEFITS):
        content: dict[str, Any] = {"body": {}, "done": [], "annual_income": None}
        draft = begin(organisation=organisation, user=user, benefit=benefit, content=content, at=clock.now())
        yield from _pages_of(draft, [*order(benefit), "check", *([] if number else ["attachments", "delete"])])
        if not number:
            by = Actor(role="employer", user=user, principal=organisation)
            attach(to=draft, name="palkat.csv", content=b"kuukausi;palkka\n3;2800\n", by=by, at=clock.now())
    for correction in Draft.objects.filter(organisation=organisation, corrects__isnull=False)[:1]:
        yield f"apply/{correction.pk}/correction/"


def _pages_of(draft: Draft, steps: Iterable[str]) -> Iterator[str]:
    return (f"apply/{draft.pk}/{step}/" for step in steps)


def _organisation() -> Organisation:
    return Organisation.objects.get(business_id=BUSINESS_ID)


def _address(organisation: Organisation) -> Address:
    words = {"language": "fi", "added_at": clock.now(), "confirmed_at": clock.now()}
    return Address.objects.get_or_create(organisation=organisation, email="palkat@esimerkki.example", defaults=words)[0]


def _change(organisation: Organisation, by: Actor) -> AccountChange:
    return change_account.ask(organisation=organisation, iban=IBAN, by=by, at=clock.now())


def _thread(organisation: Organisation, by: Actor) -> Thread:
    """With an answer that nobody has read."""
    text, at = "Mistä näen työntekijän vuositulon?", clock.now()
    thread = open_thread(
        organisation=organisation,
        about=About(benefit="sickness_allowance", step="pay"),
        text=text,
        language="fi",
        by=by,
        at=at,
    )
    official = User.objects.filter(is_staff=True).order_by("pk")[0]
    said = "Haemme tulotiedot tulorekisteristä. Sinun ei tarvitse ilmoittaa niitä."
    answer_thread(thread_id=thread.pk, text=said, by=Actor(role="official", user=official), at=at)
    return thread


def _findings(organisation: Organisation) -> list[Any]:
    """One of each benefit that could be claimed."""
    open_ones = Finding.objects.filter(organisation=organisation, status="open", kind="unclaimed")
    return list(open_ones.order_by("benefit", "-pk").distinct("benefit").values_list("pk", flat=True))


def _key(rows: QuerySet[Any]) -> Any:
    row: Model | None = rows.order_by("-pk").first()
    return row.pk if row else None
