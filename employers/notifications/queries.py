"""What a mail tells of its matter on the day it is sent: looked up then, and nothing where the matter is over."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language

from employers.applications import lifecycle
from employers.applications.expire import KEPT_FOR
from employers.applications.models import Application, Draft, InformationRequest
from employers.applications.models_register import Finding
from employers.applications.models_threads import Message
from employers.notifications import letters
from employers.notifications.letters import Facts
from employers.notifications.models import Mail
from employers.notifications.models_webhooks import WebhookEndpoint
from employers.organisations import change_account
from employers.organisations.access import employers_of_user
from employers.organisations.models_account import AccountChange, Address
from employers.organisations.models_clients import RightsRequest

OURS = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")  # a reference of our making: one of an employer's own may hold a name
DAYS = {"en": "j F Y"}

Tell = Callable[[Address, list[Any]], Facts | None]


def may_hear(address: Address, code: str, *, on: date) -> bool:
    """A person's own address hears what its person may see; one that several read, everything."""
    if address.user is None:
        return True
    right = letters.KINDS[code].right
    return employers_of_user(address.user, on=on, right=right).filter(pk=address.organisation_id).exists()


def is_wanted(address: Address, code: str) -> bool:
    return letters.KINDS[code].always or code not in address.opted_out


def facts(mail: Mail) -> Facts | None:
    """In the active language. None: there is nothing left to tell."""
    return TELL[mail.kind](mail.address, mail.ids)


def open_questions() -> QuerySet[InformationRequest]:
    """Asked and not answered."""
    return InformationRequest.objects.filter(
        application__status=lifecycle.INFORMATION_REQUESTED, items__answered_at__isnull=True
    ).distinct()


def open_findings(organisation: UUID) -> QuerySet[Finding]:
    return Finding.objects.filter(organisation=organisation, status=Finding.State.OPEN, kind="unclaimed")


def written(day: date) -> str:
    return date_format(day, DAYS.get(get_language() or "", "j.n.Y"))


def _question(address: Address, ids: list[Any]) -> Facts | None:
    """`ids`: of the request, or of the application that was asked about."""
    about = open_questions().filter(Q(pk__in=ids) | Q(application__in=ids))
    asked = about.select_related("application").order_by("-pk").first()
    if asked is None:
        return None
    return Facts(
        path=reverse("answers", args=[asked.application_id, asked.pk]),
        reference=reference(asked.application),
        day=written(asked.due),
    )


def _applications(address: Address, ids: list[Any]) -> Facts | None:
    about = list(Application.objects.filter(pk__in=ids).order_by("pk"))
    if not about:
        return None
    if len(about) > 1:
        return Facts(path=reverse("applications", args=[address.organisation_id]), count=len(about))
    return Facts(path=about[0].get_absolute_url(), reference=reference(about[0]))


def _findings(address: Address, ids: list[Any]) -> Facts | None:
    """All that are open, unless all the news is where applications differ: then nothing more is unclaimed."""
    if ids and Finding.objects.filter(pk__in=ids, kind=Finding.Kind.MISMATCH).count() == len(ids):
        return None
    return _unclaimed(address, open_findings(address.organisation_id))


def _deadline(address: Address, ids: list[Any]) -> Facts | None:
    return _unclaimed(address, open_findings(address.organisation_id).filter(pk__in=ids))


def _unclaimed(address: Address, findings: QuerySet[Finding]) -> Facts | None:
    found = list(findings.order_by("deadline"))
    if not found:
        return None
    return Facts(path=_employer(address), count=len(found), day=written(found[0].due))


def _message(address: Address, ids: list[Any]) -> Facts | None:
    """`ids`: of the thread."""
    written = Message.objects.filter(thread__in=ids, role=Message.Role.OFFICIAL, read_at__isnull=True)
    unread = written.select_related("thread__application").first()
    if unread is None:
        return None
    about = unread.thread.application
    return Facts(path=unread.thread.get_absolute_url(), reference=reference(about) if about else "")


def _draft(address: Address, ids: list[Any]) -> Facts | None:
    """The second of the ids is the moment of the last change: one that was touched since is not about to go."""
    draft = Draft.objects.filter(pk=ids[0], application__isnull=True).first()
    if draft is None or draft.changed_at.isoformat() != ids[1]:
        return None
    return Facts(path=_employer(address), day=written((draft.changed_at + KEPT_FOR).date()))


def _incomplete(address: Address, ids: list[Any]) -> Facts | None:
    waiting = Draft.objects.filter(pk__in=ids, application__isnull=True).count()
    return Facts(path=_employer(address), count=waiting) if waiting else None


def _mandate(address: Address, ids: list[Any]) -> Facts:
    return Facts(path=_employer(address))


def _webhook_disabled(address: Address, ids: list[Any]) -> Facts | None:
    if not WebhookEndpoint.objects.filter(pk__in=ids, state=WebhookEndpoint.State.DISABLED).exists():
        return None
    return Facts(path=reverse("employers"))


def _rights_asked(address: Address, ids: list[Any]) -> Facts | None:
    """Nobody hears of one that was answered meanwhile."""
    waiting = RightsRequest.objects.filter(pk__in=ids, status=RightsRequest.State.WAITING).first()
    return Facts(path=reverse("answer-rights", args=[address.organisation_id, waiting.pk])) if waiting else None


def _account_asked(address: Address, ids: list[Any]) -> Facts | None:
    change = AccountChange.objects.filter(pk__in=ids, status=AccountChange.State.WAITING).first()
    if change is None:
        return None
    return Facts(path=reverse("account-confirm", args=[address.organisation_id, change_account.token(change)]))


def _account_changed(address: Address, ids: list[Any]) -> Facts:
    return Facts(path=reverse("account", args=[address.organisation_id]))


def _address(address: Address, ids: list[Any]) -> Facts | None:
    if address.confirmed_at or address.removed_at:
        return None
    return Facts(path=reverse("address-confirm", args=[letters.address_token(address.pk)]))


def _employer(address: Address) -> str:
    return reverse("employer", args=[address.organisation_id])


def reference(application: Application) -> str:
    return application.reference if OURS.fullmatch(application.reference) else ""


TELL: Mapping[str, Tell] = {
    "question": _question,
    "question_reminder": _question,
    "deadline": _deadline,
    "findings": _findings,
    "pay_ended": _applications,
    "decision": _applications,
    "payment": _applications,
    "message": _message,
    "claim_incomplete": _incomplete,
    "draft_expires": _draft,
    "mandate": _mandate,
    "webhook_disabled": _webhook_disabled,
    "rights_asked": _rights_asked,
    "account_asked": _account_asked,
    "account_changed": _account_changed,
    "address": _address,
}
