"""The call about an employer's bank account. A program asks for another one; a person of the employer confirms it."""

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.benefits.problems import Problem
from employers.intake import detail_values, values
from employers.notifications.forms import SEPA
from employers.organisations.calls import Caller, body_of, caller_of, employer_in_path
from employers.organisations.change_account import NoAddress, SameAccount, ask
from employers.organisations.models import Organisation
from employers.organisations.models_account import CONFIRM_WITHIN, AccountChange
from employers.organisations.reached import waiting_change
from employers.records import doorbell
from employers.records.problem import Refusal, invalid

IN_USE, WAITING = "in_use", AccountChange.State.WAITING


class BankAccount(APIView):
    def put(self, request: Request, business_id: str) -> Response:
        """Ask for the account. Said again, it is asked for once."""
        caller = caller_of(request)
        employer = employer_in_path(caller, business_id)
        iban = account_in(body_of(request))
        waiting = waiting_change(employer, at=caller.at)
        if waiting is None or waiting.iban != iban:
            waiting = _asked(caller, employer, iban)
        return Response(_waiting(employer, waiting) if waiting else _in_use(employer))


def account_in(body: Any) -> str:
    """Without spaces, of a country that euros go to. Raises the 422."""
    problems: list[Problem] = []
    found = values.shape({"iban": _account}, required=("iban",))(body, "", problems)
    if problems:
        raise invalid(problems)
    return str(found["iban"])


def _account(value: Any, path: str, problems: values.Problems) -> Any:
    read = detail_values.account(value.upper() if isinstance(value, str) else value, path, problems)
    if read and read[:2] not in SEPA.split():
        return values.say(problems, path, "iban_invalid")
    return read


def _asked(caller: Caller, employer: Organisation, iban: str) -> AccountChange | None:
    """None where it is the account that is in use."""
    if employer.iban == iban:
        return None
    try:
        change = ask(organisation=employer, iban=iban, by=caller.actor(employer), at=caller.at)
    except SameAccount:  # it was confirmed just now
        employer.refresh_from_db()
        return None
    except NoAddress:
        raise Refusal(409, "nobody-to-confirm") from None
    doorbell.ring()
    return change


def _in_use(employer: Organisation) -> dict[str, Any]:
    return {
        "iban_ending": employer.iban[-4:],
        "status": IN_USE,
        "asked_at": None,
        "confirm_until": None,
        **_of_employer(employer),
    }


def _waiting(employer: Organisation, change: AccountChange) -> dict[str, Any]:
    return {
        "iban_ending": change.last_four,
        "status": WAITING,
        "asked_at": change.asked_at,
        "confirm_until": change.asked_at + CONFIRM_WITHIN,
        **_of_employer(employer),
    }


def _of_employer(employer: Organisation) -> dict[str, Any]:
    """When the account in use was taken into use, and above which sum two officials send the first payment to it."""
    return {"changed_at": employer.iban_changed_at, "four_eyes": {"above": f"{settings.FOUR_EYES_ABOVE:.2f}"}}
