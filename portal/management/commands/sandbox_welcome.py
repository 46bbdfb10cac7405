"""Who can sign in to the sandbox, what to try with it and with the simulated Incomes Register.

Printed by `make run`; every command works as printed.
"""

import json
import os
import shlex
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from employers.records import clock
from portal.sandbox import cast
from portal.sandbox.register import data

EMPLOYER = "9000004-6"  # the bakery of 19: it let the payroll firm apply

TOKEN = (
    "TOKEN=$(curl -s -u sandbox-payroll:sandbox-payroll-secret -d grant_type=client_credentials {base}/oauth/token"
    """ | python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])'); echo "$TOKEN" """
).rstrip()
POST = (
    """curl -s {base}/api/v1/{path} -H "Authorization: Bearer $TOKEN" """
    """-H 'Content-Type: application/json' {more}-d '{body}'"""
)
PLAYED = ".venv/bin/python manage.py conformance --base-url {base}    # docs/conformance.md"
ASK = 'ask() {{ curl -s --cacert {keys}/authority.crt --cert {keys}/connection.crt --key {keys}/connection.key "$@"; }}'
REGISTER = (
    ASK,
    "ask -d broken {url}/sandbox/behaviour      # it is down; try bad_signature or wrong_window, too",
    "ask -d well {url}/sandbox/behaviour        # and well again",
    """ask -d '{{"now": "{night}"}}' {url}/sandbox/clock    # nights pass: what is due is extracted""",
    "ask -X POST {url}/sandbox/clock            # back again",
)


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        base = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
        self.stdout.write(f"People, at {base}/fi/sign-in:")
        for person in cast.PEOPLE:
            self.stdout.write(f"  {person.name:<18}{person.language}  {_acts_for(person)}")
        officials = " and ".join(cast.OFFICIALS)
        self.stdout.write(f"\nOfficials, at {base}/admin/: {officials}, password {cast.OFFICIAL_PASSWORD}")
        self.stdout.write(f"  what came from the Incomes Register: {base}/admin/employers/registersync/")
        self.stdout.write(f"\nE-mails are not sent: each is a file in {settings.VAR_DIR / 'mail'}")
        self.stdout.write("\nMachine clients (secret: the name followed by -secret):")
        self.stdout.write("  " + ", ".join(client.client_id for client in cast.CLIENTS))
        self.stdout.write("\nThree calls to try, in this order:\n")
        for call in _calls(base):
            self.stdout.write(call + "\n")
        self.stdout.write(f"A vendor's whole integration, played: {PLAYED.format(base=base)}\n")
        self._register()

    def _register(self) -> None:
        url, keys, night = settings.REGISTER_URL, settings.REGISTER_FOLDER, clock.now() + timedelta(days=2)
        self.stdout.write(f"\nThe simulated Incomes Register, at {url} and {settings.REGISTER_SFTP_URL}")
        self.stdout.write("It demands a client certificate. Make it misbehave, or let nights pass:\n")
        for line in REGISTER:
            self.stdout.write(line.format(url=url, keys=shlex.quote(str(keys)), night=night.isoformat("T", "minutes")))
        self.stdout.write("\ndocs/incomes-register.md hands it a payer's message, and tells what each misbehaviour is.")


def _acts_for(person: cast.Person) -> str:
    names = {organisation.business_id: organisation for organisation in cast.ORGANISATIONS}
    acting = [f"{names[item].name} ({names[item].employees})" for item in (*person.heads, *person.mandates)]
    acting += [f"every customer of {names[item].name}" for item in person.represents]
    return ", ".join(acting) or "may act for nobody"


def _calls(base: str) -> list[str]:
    today = clock.today()
    estimate = {"benefit": "sickness_allowance", "annual_income": "40000.00", "pay_basis": "full", **_absence(today)}
    employee = _employee(EMPLOYER, on=today)
    application = {
        "employer": EMPLOYER,
        "benefit": "sickness_allowance",
        "reference": "sandbox-grant-1",
        "employee": {
            "personal_identity_code": employee.identity_code,
            "given_name": employee.given_name,
            "family_name": employee.family_name,
        },
        "employment": {"start": employee.employed_from.isoformat()},
        "pay_basis": "full",
        "certificate": "electronic",
        **_absence(today),
    }
    key = "-H 'Idempotency-Key: first-try-of-the-sandbox' "
    return [
        TOKEN.format(base=base),
        POST.format(base=base, path="estimates", more="", body=json.dumps(estimate)),
        POST.format(base=base, path="applications", more=key, body=json.dumps(application)),
    ]


def _employee(business_id: str, *, on: date) -> data.Person:
    """Somebody whose wages the register knows, and who was not ill: the first application can be granted."""
    employees = next(one.employees for one in cast.ORGANISATIONS if one.business_id == business_id)
    payer = data.Payer(business_id=business_id, employees=employees, rich=True)
    month = _month_before(on)
    well = (number for number in range(employees) if not _was_away(payer, number, month))
    return data.person(payer, next(well))


def _was_away(payer: data.Payer, number: int, month: date) -> bool:
    return any(slip.sick or slip.leaves for slip in data.versions(payer, number, month))


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _absence(today: date) -> dict[str, Any]:
    """Long enough to be paid, recent enough to be in time; the first of a month, so that a restart says the same."""
    start = _month_before(today)
    end = start + timedelta(days=27)
    period = {"start": start.isoformat(), "end": end.isoformat()}
    return {"absence": period, "pay_periods": [{**period, "amount": "2900.00"}]}
